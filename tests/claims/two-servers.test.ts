import assert from 'node:assert/strict'
import { test } from 'node:test'
import { eq } from 'drizzle-orm'
import { countClaims } from '../../src/claims/queries.ts'
import { experts } from '../../src/database/schema.ts'
import { askSomething, newKey, verifiedExpert } from '../fixtures.ts'
import { buildMany, form } from '../helper.ts'

const claim = (id: number, cookie: string) => ({ url: `/questions/${id}/claim`, ...form({}, { cookie }) })

test('of fifty experts at two servers on one database, exactly one takes a question', async (t) => {
  const servers = await buildMany(t, 2)
  const { database } = servers[0]!
  const { id } = await askSomething(database)
  const some = await Promise.all(Array.from({ length: 50 }, (_, index) => verifiedExpert(database, `Expert ${index}`)))

  const replies = await Promise.all(some.map(({ cookie }, index) => servers[index % 2]!.app.inject(claim(id, cookie))))
  assert.equal(replies.filter(({ statusCode }) => statusCode === 303).length, 1)
  assert.equal(replies.filter(({ statusCode }) => statusCode === 409).length, 49)
})

test('an expert at two servers takes no more at once than they wished', async (t) => {
  const servers = await buildMany(t, 2)
  const { database } = servers[0]!
  const { cookie, account } = await verifiedExpert(database)
  await database.write((db) => db.update(experts).set({ capacity: 3 }).where(eq(experts.accountId, account.id)))
  const asked = await Promise.all(Array.from({ length: 12 }, () => askSomething(database)))

  await Promise.all(asked.map(({ id }, index) => servers[index % 2]!.app.inject(claim(id, cookie))))
  assert.equal(await countClaims(database.read, account.id, new Date()), 3)
})

test('what one server gave away, the other will not have answered unknowingly', async (t) => {
  const [here, there] = await buildMany(t, 2)
  const { id } = await askSomething(here!.database)
  const [vera, ugo] = [await verifiedExpert(here!.database), await verifiedExpert(here!.database, 'Ugo Bassi')]
  await here!.app.inject(claim(id, vera.cookie))

  const fields = { body: 'Whichever eases it. Neither heals anything.', key: newKey() }
  const reply = await there!.app.inject({ url: `/questions/${id}/answers`, ...form(fields, { cookie: ugo.cookie }) })
  assert.equal(reply.statusCode, 409)
  assert.match(reply.body, /Vera Lund is answering this question until/)
})
