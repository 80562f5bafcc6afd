import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { drafts, questions, sessions } from '../../src/database/schema.ts'
import { ALLOWED, askSomething, newKey, plantCategory } from '../fixtures.ts'
import { build, form, signedIn } from '../helper.ts'

const written = {
  title: 'Is heat better than ice?',
  body: 'My back has been stiff since the weekend.\n\nShould it be **warm** or cold?',
  category: 'chiropractors',
}

test('a posted question stands on its page under a made-up name', async (t) => {
  const { app, cookie, database } = await buildWithAsker(t)

  const posted = await app.inject({ url: '/ask', ...form({ ...written, key: newKey() }, { cookie }) })
  assert.equal(posted.statusCode, 303)
  const page = await app.inject({ url: posted.headers.location!, headers: { cookie } })
  assert.match(page.body, /<h1 dir="auto">Is heat better than ice\?<\/h1>/)
  assert.match(page.body, /<strong>warm<\/strong>/)
  assert.doesNotMatch((await app.inject(posted.headers.location!)).body, /Ada/)
  const [question] = await database.read.select().from(questions)
  assert.equal(question!.isPseudonym, true)
})

test('whoever chooses their name is shown under it', async (t) => {
  const { app, cookie } = await buildWithAsker(t)

  const posted = await app.inject({ url: '/ask', ...form({ ...written, shownAs: 'name', key: newKey() }, { cookie }) })
  assert.match((await app.inject(posted.headers.location!)).body, /Asked by Ada/)
})

test('the same form posted five times at once makes one question', async (t) => {
  const { app, cookie, database } = await buildWithAsker(t)

  const post = { url: '/ask', ...form({ ...written, key: newKey() }, { cookie }) }
  const replies = await Promise.all([1, 2, 3, 4, 5].map(() => app.inject(post)))
  assert.deepEqual(new Set(replies.map(({ statusCode }) => statusCode)), new Set([303]))
  assert.equal(new Set(replies.map(({ headers }) => headers.location)).size, 1)
  assert.equal((await database.read.select().from(questions)).length, 1)
})

test('what is missing or too short is said at its field, and what was typed is kept', async (t) => {
  const { app, cookie } = await buildWithAsker(t)

  const page = await app.inject({
    url: '/ask',
    ...form(
      { title: ' Heat? ', body: '<b>My back</b> hurts a good deal', category: 'nowhere', key: newKey() },
      { cookie },
    ),
  })
  assert.equal(page.statusCode, 422)
  assert.match(page.body, /Please write at least 10 characters/)
  assert.match(page.body, /Please choose one of the list/)
  assert.match(page.body, /value="Heat\?"/)
  assert.match(page.body, /&lt;b&gt;My back/)
})

test('a preview shows the text and posts nothing', async (t) => {
  const { app, cookie, database } = await buildWithAsker(t)

  const page = await app.inject({ url: '/ask', ...form({ ...written, key: newKey(), action: 'preview' }, { cookie }) })
  assert.equal(page.statusCode, 200)
  assert.match(page.body, /<strong>warm<\/strong>/)
  assert.equal((await database.read.select().from(questions)).length, 0)
})

test('whoever is not signed in loses nothing: after signing in the form is as they left it', async (t) => {
  const { app, database } = await build(t)
  await plantCategory(database)

  const posted = await app.inject({
    url: '/ask',
    ...form({ ...ALLOWED, ...written, tried: 'Walking', age: '18-plus', key: newKey() }),
  })
  assert.equal(posted.statusCode, 303)
  const next = new URL(posted.headers.location!, 'http://x').searchParams.get('next')!
  const { cookie } = await signedIn(database, 'member', 'Ada')
  const page = await app.inject({ url: next, headers: { cookie } })
  assert.match(page.body, /value="Is heat better than ice\?"/)
  assert.match(page.body, /value="Walking"/)
  assert.match(page.body, /Should it be \*\*warm\*\* or cold/)

  const { cookie: stranger } = await signedIn(database, 'member', 'Eve')
  const theirs = await app.inject({ url: next, headers: { cookie: stranger } })
  assert.doesNotMatch(theirs.body, /Should it be/)
  assert.equal((await app.inject(next)).statusCode, 404)
})

test('a draft is kept, found again among my questions, and gone once it is posted', async (t) => {
  const { app, cookie, database } = await buildWithAsker(t)
  const key = newKey()

  await app.inject({ url: '/ask', ...form({ title: 'Half a thought', key, action: 'draft' }, { cookie }) })
  const mine = await app.inject({ url: '/account/questions', headers: { cookie } })
  assert.match(mine.body, /Half a thought/)
  await app.inject({ url: '/drafts', ...form({ title: 'A whole thought', key }, { cookie }) })
  const page = await app.inject({ url: `/ask?draft=${key}`, headers: { cookie } })
  assert.match(page.body, /value="A whole thought"/)
  await app.inject({ url: '/ask', ...form({ ...written, key }, { cookie }) })
  assert.equal((await database.read.select().from(drafts)).length, 0)
})

test('nobody writes over a draft of somebody else', async (t) => {
  const { app, cookie, database } = await buildWithAsker(t)
  const key = newKey()
  await app.inject({ url: '/drafts', ...form({ title: 'Mine', key }, { cookie }) })
  const { cookie: stranger } = await signedIn(database)

  const reply = await app.inject({ url: '/drafts', ...form({ title: 'Theirs', key }, { cookie: stranger }) })
  assert.equal(reply.statusCode, 403)
  const [draft] = await database.read.select().from(drafts)
  assert.equal(draft!.fields.title, 'Mine')
})

test('its asker edits a question, and what it said before stays readable to them', async (t) => {
  const { app, cookie, account, database } = await buildWithAsker(t)
  const { id } = await askSomething(database, { askerId: account.id })

  const edit = { ...written, title: 'Is cold better than ice?', basis: '0' }
  const saved = await app.inject({ url: `/questions/${id}/edit`, ...form(edit, { cookie }) })
  assert.match(saved.headers.location!, /is-cold-better-than-ice$/)
  const page = await app.inject({ url: `/questions/${id}/revisions`, headers: { cookie } })
  assert.match(page.body, /<del>heat<\/del>/)
  assert.match(page.body, /<ins>cold<\/ins>/)
})

test('nobody else edits it', async (t) => {
  const { app, cookie, database } = await buildWithAsker(t)
  const { id } = await askSomething(database)

  const page = await app.inject({ url: `/questions/${id}/edit`, headers: { cookie } })
  assert.equal(page.statusCode, 403)
})

test('a session that ends while somebody writes loses neither a new question nor an edit', async (t) => {
  const { app, cookie, account, database } = await buildWithAsker(t)
  const { id } = await askSomething(database, { askerId: account.id })
  const key = newKey()
  await app.inject({ url: '/drafts', ...form({ ...written, body: 'The first half.', key }, { cookie }) })
  await database.write((db) => db.delete(sessions))
  const again = await signedIn(database)
  await database.write((db) => db.update(sessions).set({ accountId: account.id }))

  for (const [url, fields] of [
    ['/ask', { ...written, key, allowed: 'yes' }],
    [`/questions/${id}/edit`, { ...written, allowed: 'yes' }],
  ] as const) {
    const reply = await app.inject({ url, ...form(fields, { cookie }) })
    const next = new URL(reply.headers.location!, 'http://x').searchParams.get('next')!
    const page = await app.inject({ url: next, headers: { cookie: again.cookie } })
    assert.match(page.body, /Should it be \*\*warm\*\* or cold/, url)
  }
})

test('a form posted twice with two texts loses neither', async (t) => {
  const { app, cookie } = await buildWithAsker(t)
  const key = newKey()
  await app.inject({ url: '/ask', ...form({ ...written, key }, { cookie }) })

  const body = 'Something else altogether, from an old tab.'
  const page = await app.inject({ url: '/ask', ...form({ ...written, body, key }, { cookie }) })
  assert.equal(page.statusCode, 409)
  assert.match(page.body, /from an old tab/)
  const [, fresh] = /name="key" value="([^"]+)"/.exec(page.body)!
  assert.equal(
    (await app.inject({ url: '/ask', ...form({ ...written, body, key: fresh! }, { cookie }) })).statusCode,
    303,
  )
})

test('what has been posted leaves no draft behind, however late it is saved', async (t) => {
  const { app, cookie, database } = await buildWithAsker(t)
  const key = newKey()
  await app.inject({ url: '/ask', ...form({ ...written, key }, { cookie }) })

  await app.inject({ url: '/drafts', ...form({ ...written, key }, { cookie }) })
  assert.equal((await database.read.select().from(drafts)).length, 0)
})

test('nobody keeps drafts without end', async (t) => {
  const { app, cookie } = await buildWithAsker(t)
  const save = async () =>
    (await app.inject({ url: '/drafts', ...form({ body: 'x', key: newKey() }, { cookie }) })).statusCode

  for (let count = 0; count < 100; count += 1) assert.equal(await save(), 204)
  assert.equal(await save(), 403)
})

test('a draft of an answer needs a question that is there', async (t) => {
  const { app, cookie } = await buildWithAsker(t)

  const fields = { body: 'An answer', questionId: '999999', key: newKey() }
  assert.equal((await app.inject({ url: '/drafts', ...form(fields, { cookie }) })).statusCode, 404)
})

test('whoever posts very often is told when to come back, and keeps the text', async (t) => {
  const { app, cookie } = await buildWithAsker(t)
  const post = () => app.inject({ url: '/ask', ...form({ ...written, considered: 'yes', key: newKey() }, { cookie }) })

  for (let count = 0; count < 20; count += 1) assert.equal((await post()).statusCode, 303)
  const late = await post()
  assert.equal(late.statusCode, 429)
  assert.ok(Number(late.headers['retry-after']) > 0)
  assert.match(late.body, /Should it be \*\*warm\*\* or cold/)
})

test('a title of invisible characters is none', async (t) => {
  const { app, cookie } = await buildWithAsker(t)

  for (const title of ['\u200b'.repeat(12), '\u200d'.repeat(12), '. . . . . . . .']) {
    const page = await app.inject({ url: '/ask', ...form({ ...written, title, key: newKey() }, { cookie }) })
    assert.equal(page.statusCode, 422)
  }
})

test('a form posted from another site is refused', async (t) => {
  const { app, cookie } = await buildWithAsker(t)

  const forged: Record<string, string>[] = [
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': '', origin: 'https://evil.example' },
  ]
  for (const headers of forged) {
    const reply = await app.inject({ url: '/ask', ...form({ ...written, key: newKey() }, { cookie, ...headers }) })
    assert.equal(reply.statusCode, 403)
  }
})

async function buildWithAsker(t: TestContext) {
  const { app, database } = await build(t)
  await plantCategory(database)
  return { app, database, ...(await signedIn(database, 'member', 'Ada')) }
}
