import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { auditEvents, revisions } from '../../src/database/schema.ts'
import { answerSomething, askSomething, plantCategory, verifiedExpert } from '../fixtures.ts'
import { build, form, signedIn, textOf } from '../helper.ts'

const written = { title: 'Is heat better than ice?', body: 'I am Ada Lovelace of Marylebone, and I ache.' }
const cleaned = { ...written, body: 'I am somebody, and I ache.' }

test('what an asker takes out of a question, nobody else can read', async (t) => {
  const { app, database, asker, edit } = await buildQuestion(t)
  await edit(cleaned, 0, asker.cookie)

  const others = ['', (await signedIn(database)).cookie, (await verifiedExpert(database)).cookie]
  for (const cookie of others) {
    const headers = { cookie }
    const page = await app.inject({ url: '/questions/1/is-heat-better-than-ice', headers })
    assert.doesNotMatch(page.body, /Lovelace|revisions/)
    assert.match(textOf(page), /Edited/)
    assert.equal((await app.inject({ url: '/questions/1/revisions', headers })).statusCode, 404)
  }
  for (const { cookie } of [asker, await signedIn(database, 'moderator')])
    assert.match((await app.inject({ url: '/questions/1/revisions', headers: { cookie } })).body, /<del>.*Lovelace/)
})

test('the form says who reads old versions', async (t) => {
  const { app, asker } = await buildQuestion(t)

  const page = await app.inject({ url: '/questions/1/edit', headers: { cookie: asker.cookie } })
  assert.match(textOf(page), /What it said before can be seen only by whoever asked and by our staff\./)
})

test('an edit by staff is written down, and the asker sees that it was theirs', async (t) => {
  const { app, database, asker, edit } = await buildQuestion(t)
  const moderator = await signedIn(database, 'moderator', 'Mo')
  await edit(cleaned, 0, moderator.cookie)

  const [event] = await database.read.select().from(auditEvents)
  assert.deepEqual([event!.action, event!.actorId], ['question-edited', moderator.account.id])
  const url = '/questions/1/is-heat-better-than-ice'
  const headers = { cookie: asker.cookie }
  assert.match(textOf(await app.inject({ url, headers })), /Our staff edited it/)
  assert.match(textOf(await app.inject({ url: '/questions/1/revisions', headers })), /Changed by our staff/)
  assert.doesNotMatch(textOf(await app.inject(url)), /Our staff edited it/)
})

test('staff who edit their own question are its asker, and nothing tells of that', async (t) => {
  const { app, database } = await build(t)
  const moderator = await signedIn(database, 'moderator', 'Mo')
  await askSomething(database, { askerId: moderator.account.id, categoryId: (await plantCategory(database)).id })

  const { cookie } = moderator
  await app.inject({
    url: '/questions/1/edit',
    ...form({ ...cleaned, category: 'chiropractors', basis: '0' }, { cookie }),
  })
  assert.equal(await database.read.$count(auditEvents), 0)
  const page = await app.inject({ url: '/questions/1/revisions', headers: { cookie } })
  assert.doesNotMatch(textOf(page), /by our staff/)
})

test('staff remove one old version of an answer for good, which is written down', async (t) => {
  const { app, database, answer, rewrite } = await buildAnswer(t)
  await rewrite('The second version, with a slip in it.')
  await rewrite('The third version, without it.')
  const moderator = await signedIn(database, 'moderator', 'Mo')
  const get = (cookie = '') => app.inject({ url: `/answers/${answer.id}/revisions`, headers: { cookie } })
  assert.match((await get()).body, /slip/)
  assert.doesNotMatch((await get()).body, /Remove what it said/)

  const address = /action="(\/revisions\/\d+\?_method=DELETE)"/.exec((await get(moderator.cookie)).body)![1]!
  const removed = await app.inject({ url: address, ...form({}, { cookie: moderator.cookie }) })
  assert.equal(removed.headers.location, `/answers/${answer.id}/revisions`)
  assert.doesNotMatch((await get()).body, /slip/)
  assert.match((await get()).body, /<del>first<\/del><ins>third<\/ins>/)
  const [event] = await database.read.select().from(auditEvents)
  assert.deepEqual([event!.action, event!.subjectKind, event!.subjectId], ['version-removed', 'answer', answer.id])
})

test('nobody else removes old versions', async (t) => {
  const { app, database, expert, rewrite } = await buildAnswer(t)
  await rewrite('The second version of it.')

  const [revision] = await database.read.select().from(revisions)
  const url = `/revisions/${revision!.id}?_method=DELETE`
  for (const cookie of [expert.cookie, (await signedIn(database)).cookie])
    assert.equal((await app.inject({ url, ...form({}, { cookie }) })).statusCode, 403)
  assert.equal(await database.read.$count(revisions), 1)
})

async function buildQuestion(t: TestContext) {
  const { app, database } = await build(t)
  const asker = await signedIn(database)
  const { id: categoryId } = await plantCategory(database)
  await askSomething(database, { ...written, askerId: asker.account.id, categoryId })
  const edit = (text: typeof written, basis: number, cookie: string) =>
    app.inject({
      url: '/questions/1/edit',
      ...form({ ...text, category: 'chiropractors', basis: String(basis) }, { cookie }),
    })
  return { app, database, asker, edit }
}

async function buildAnswer(t: TestContext) {
  const { app, database } = await build(t)
  const expert = await verifiedExpert(database)
  const { id } = await askSomething(database)
  const answer = await answerSomething(database, id, expert.account.id, 'The first version, without it.')
  const url = `/answers/${answer.id}/edit`
  const rewrite = async (body: string) => {
    const page = await app.inject({ url, headers: { cookie: expert.cookie } })
    const basis = /name="basis" value="(\d+)"/.exec(page.body)![1]!
    return app.inject({ url, ...form({ body, basis }, { cookie: expert.cookie }) })
  }
  return { app, database, expert, answer, rewrite }
}
