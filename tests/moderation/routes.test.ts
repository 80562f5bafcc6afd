import assert from 'node:assert/strict'
import { test } from 'node:test'
import { auditEvents } from '../../src/database/schema.ts'
import { askSomething } from '../fixtures.ts'
import { build, form, signedIn } from '../helper.ts'

test('a moderator learns who asked only by giving a reason, which is written down', async (t) => {
  const { app, database } = await build(t)
  const asker = await signedIn(database, 'member', 'Ada Lovelace')
  const { id } = await askSomething(database, { askerId: asker.account.id })
  const { cookie, account } = await signedIn(database, 'moderator')
  const url = `/moderation/questions/${id}/asker`

  assert.doesNotMatch((await app.inject({ url, headers: { cookie } })).body, /Lovelace/)
  const refused = await app.inject({ url, ...form({ reason: 'dunno' }, { cookie }) })
  assert.equal(refused.statusCode, 422)
  assert.doesNotMatch(refused.body, /Lovelace/)
  const page = await app.inject({ url, ...form({ reason: 'They wrote of ending their life.' }, { cookie }) })
  assert.match(page.body, /Ada Lovelace/)
  const [event] = await database.read.select().from(auditEvents)
  assert.equal(event!.actorId, account.id)
  assert.equal(event!.subjectId, id)
  assert.equal(event!.reason, 'They wrote of ending their life.')
})

test('nobody else looks behind a made-up name', async (t) => {
  const { app, database } = await build(t)
  const { id } = await askSomething(database)
  const url = `/moderation/questions/${id}/asker`

  for (const role of ['member', 'expert'] as const) {
    const { cookie } = await signedIn(database, role)
    assert.equal((await app.inject({ url, headers: { cookie } })).statusCode, 403)
    assert.equal((await app.inject({ url, ...form({ reason: 'I should like to know.' }, { cookie }) })).statusCode, 403)
  }
  assert.equal((await app.inject(url)).headers.location, `/sign-in?next=${encodeURIComponent(url)}`)
})
