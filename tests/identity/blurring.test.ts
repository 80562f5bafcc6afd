import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { drafts, questions } from '../../src/database/schema.ts'
import { ALLOWED, askSomething, newKey, plantCategory } from '../fixtures.ts'
import { build, form, signedIn, textOf } from '../helper.ts'

const WRITTEN = {
  title: 'Is heat better than ice?',
  body: 'My name is Ada King and I live in LS1 4AB. My back is stiff.',
  category: 'chiropractors',
}

test('what tells who somebody is is shown before it is posted, and nothing is stored', async (t) => {
  const { post, database } = await buildWithAsker(t)

  const page = await post('/ask', { ...WRITTEN, key: newKey() })
  assert.equal(page.statusCode, 200)
  assert.match(textOf(page), /Does this say who you are\?.*A name: Ada King becomes \[name\]/)
  assert.match(page.body, /<mark data-blur="body:11-19" data-word="\[name\]">Ada King<\/mark>/)
  assert.match(page.headers['cache-control'] as string, /no-store/)
  assert.deepEqual(await database.read.select().from(questions), [])
})

test('what is ticked is replaced, and the rest stays as it was written', async (t) => {
  const { post, database } = await buildWithAsker(t)

  const shown = await post('/ask', { ...WRITTEN, key: newKey() })
  const posted = await post('/ask', { ...carried(shown.body), blur: 'body:11-19' })
  assert.equal(posted.statusCode, 303)
  const [question] = await database.read.select().from(questions)
  assert.equal(question!.body, 'My name is [name] and I live in LS1 4AB. My back is stiff.')
})

test('one press takes all of it out', async (t) => {
  const { post, database } = await buildWithAsker(t)

  const shown = await post('/ask', { ...WRITTEN, key: newKey() })
  await post('/ask', { ...carried(shown.body), blur: firstButton(shown.body) })
  const [question] = await database.read.select().from(questions)
  assert.equal(question!.body, 'My name is [name] and I live in [postal code]. My back is stiff.')
})

test('taking out all that an edit adds leaves alone what stood there before', async (t) => {
  const { post, database, account } = await buildWithAsker(t)
  const { id } = await askSomething(database, { askerId: account.id, body: WRITTEN.body })
  const edit = { ...WRITTEN, category: await pathOf(database), basis: '0' }

  const shown = await post(`/questions/${id}/edit`, { ...edit, body: `${WRITTEN.body} Call me on 07700 900123.` })
  await post(`/questions/${id}/edit`, { ...carried(shown.body), blur: firstButton(shown.body) })
  const [question] = await database.read.select().from(questions)
  assert.equal(question!.body, `${WRITTEN.body} Call me on [phone number].`)
})

test('going on without a tick changes nothing, and asks no second time', async (t) => {
  const { post, database } = await buildWithAsker(t)

  const shown = await post('/ask', { ...WRITTEN, key: newKey() })
  assert.equal((await post('/ask', carried(shown.body))).statusCode, 303)
  const [question] = await database.read.select().from(questions)
  assert.equal(question!.body, WRITTEN.body)
})

test('whoever would rather change the text finds all of it in the form', async (t) => {
  const { post } = await buildWithAsker(t)

  const shown = await post('/ask', { ...WRITTEN, tried: 'Rest', key: newKey() })
  const page = await post('/ask', { ...carried(shown.body), action: 'change' })
  assert.match(page.body, /My name is Ada King and I live in LS1 4AB/)
  assert.match(page.body, /name="tried"[^>]*value="Rest"/)
})

test('a visitor sees it before their draft is stored', async (t) => {
  const { app, database } = await buildWithAsker(t)

  const page = await app.inject({ url: '/ask', ...form({ ...WRITTEN, ...ALLOWED, key: newKey() }) })
  assert.match(textOf(page), /Does this say who you are\?/)
  assert.deepEqual(await database.read.select().from(drafts), [])
})

test('an edit points out what is new, not what stood there before', async (t) => {
  const { post, database, account } = await buildWithAsker(t)
  const { id } = await askSomething(database, { askerId: account.id, body: WRITTEN.body })
  const edit = { ...WRITTEN, category: await pathOf(database), basis: '0' }

  const page = await post(`/questions/${id}/edit`, { ...edit, body: `${WRITTEN.body} Call me on 07700 900123.` })
  assert.match(textOf(page), /A phone number: 07700 900123 becomes/)
  assert.doesNotMatch(textOf(page), /A name: Ada King/)
  assert.equal((await post(`/questions/${id}/edit`, { ...edit, body: `${WRITTEN.body} Still.` })).statusCode, 303)
})

test('what is written cannot become markup, marked or carried', async (t) => {
  const { post } = await buildWithAsker(t)

  const body = '"><script>alert(1)</script> My name is Ada<img src=x onerror=alert(1)> King. </textarea>'
  const { body: html } = await post('/ask', { ...WRITTEN, body, tried: 'Ask x@example.org"><b>', key: newKey() })
  assert.match(html, /Does this say who you are/)
  assert.doesNotMatch(html, /<script>alert|<img src=x|<b>|<\/textarea>/)
})

test('whoever asks under their name is not told of it', async (t) => {
  const { post } = await buildWithAsker(t)

  const posted = await post('/ask', {
    ...WRITTEN,
    body: 'They called me Ada Lovelace Byron. My back is stiff.',
    shownAs: 'name',
    key: newKey(),
  })
  assert.doesNotMatch(textOf(posted), /A name: Ada Lovelace becomes/)
})

const carried = (html: string) =>
  Object.fromEntries(
    [...html.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g)].map(([, name, value]) => [
      name!,
      value!.replaceAll('&#39;', "'").replaceAll('&quot;', '"').replaceAll('&amp;', '&'),
    ]),
  )

/** What somebody sends who presses Enter. */
const firstButton = (html: string) => /<button class="button" name="blur" value="([^"]*)">Take all/.exec(html)![1]!

async function pathOf(database: Awaited<ReturnType<typeof build>>['database']) {
  const { categories } = await import('../../src/database/schema.ts')
  const [row] = await database.read.select().from(categories)
  return row!.path
}

async function buildWithAsker(t: TestContext) {
  const { app, database } = await build(t)
  await plantCategory(database)
  const asker = await signedIn(database, 'member', 'Ada Lovelace')
  const post = (url: string, fields: Record<string, string>) =>
    app.inject({ url, ...form(fields, { cookie: asker.cookie }) })
  return { app, database, post, ...asker }
}
