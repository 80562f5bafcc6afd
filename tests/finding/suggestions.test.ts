import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { helpCounts, questions } from '../../src/database/schema.ts'
import type { Reader } from '../../src/database/types.ts'
import { ALLOWED, answerSomething, askSomething, newKey, plantCategory, verifiedExpert } from '../fixtures.ts'
import { build, form, signedIn, textOf } from '../helper.ts'

const LIKE = {
  title: 'How long does sciatica last?',
  body: 'The sciatica began three weeks ago and goes down to my calf.',
}
const UNLIKE = {
  title: 'Which pillow is best for a stiff neck?',
  body: 'I wake up with it every morning since we moved house.',
}

test('while somebody writes they are shown what has been answered', async (t) => {
  const { suggest } = await buildWithAnswer(t)

  const page = await suggest(LIKE)
  assert.equal(page.statusCode, 200)
  assert.match(textOf(page), /Perhaps this has been answered already .* Will my sciatica go away\?/)
  assert.match(textOf(page), /Vera Lund It often settles within weeks/)
  assert.match(page.body, /target="_blank"/)
  assert.doesNotMatch(page.body, /<html/)
})

test('where nothing is like it, nothing is shown', async (t) => {
  const { suggest } = await buildWithAnswer(t)

  assert.equal((await suggest(UNLIKE)).body.trim(), '')
  assert.equal((await suggest({})).body.trim(), '')
})

test('questions that wait for an answer are not suggested', async (t) => {
  const { database, suggest } = await buildWithAnswer(t)
  await askSomething(database, { title: 'Does sciatica go away with rest?' })

  assert.doesNotMatch((await suggest(LIKE)).body, /with rest/)
})

test('nothing that can be written breaks the suggestions', async (t) => {
  const { suggest } = await buildWithAnswer(t)

  for (const text of ['\0', '"', '🙂', '%_', '\u202e', '\ud800', '-', 'sciatica '.repeat(10_000), '('.repeat(2_000)])
    assert.equal((await suggest({ title: text, body: text })).statusCode, 200, text.slice(0, 20))
})

test('what is written to be looked up is in no log', async (t) => {
  const lines: string[] = []
  const { app, suggest } = await buildWithAnswer(t)
  t.mock.method(app.log, 'error', (error: Error) => lines.push(`${error.message} ${error.stack}`))
  const failing = { select: () => assert.fail('sciatica') } as unknown as Reader
  t.mock.getter(app.database, 'read', () => failing)

  await suggest(LIKE)
  await app.inject('/search?q=sciatica')
  assert.equal(lines.length, 2)
  assert.doesNotMatch(lines.join('\n'), /sciatica/)
})

test('markup in what is suggested is text', async (t) => {
  const { database, suggest, answer } = await buildWithAnswer(t)
  const { id } = await askSomething(database, { title: 'Is <img src=x onerror=alert(1)> bad for lumbago?' })
  await answer(id, 'No, `<script>alert(1)</script>` is not.')

  const { body } = await suggest({ title: 'Is img bad for lumbago?' })
  assert.match(body, /Is &lt;img src=x onerror=alert\(1\)&gt; bad/)
  assert.doesNotMatch(body, /<img|<script/)
})

test('suggestions are not for whoever asks for them without end', async (t) => {
  const { suggest } = await buildWithAnswer(t)

  for (let count = 0; count < 60; count += 1) await suggest({ title: 'x' })
  assert.equal((await suggest({ title: 'x' })).statusCode, 429)
})

test('the form shows what is like a sentence it is opened with', async (t) => {
  const { app } = await buildWithAnswer(t)

  const { body } = await app.inject(`/ask?${new URLSearchParams({ title: LIKE.title })}`)
  assert.match(body, /Will my sciatica go away/)
})

test('without JavaScript a question that may be answered already is held once, and then posted', async (t) => {
  const { database, post } = await buildWithAnswer(t)

  const held = await post(LIKE)
  assert.equal(held.statusCode, 200)
  assert.match(textOf(held), /Will my sciatica go away.*None of these: post my question/)
  assert.match(held.body, /value="How long does sciatica last\?"/)
  assert.match(held.body, /name="considered" value="yes"/)
  assert.equal((await database.read.select().from(questions)).length, 1)

  assert.equal((await post({ ...LIKE, considered: 'yes' })).statusCode, 303)
  assert.equal((await database.read.select().from(questions)).length, 2)
})

test('a question that is like no other is posted at once', async (t) => {
  const { post } = await buildWithAnswer(t)

  assert.equal((await post(UNLIKE)).statusCode, 303)
})

test('whoever has yet to sign in is not held a second time', async (t) => {
  const { app, database, path } = await buildWithAnswer(t)
  const fields = { ...LIKE, ...ALLOWED, category: path, key: newKey(), considered: 'yes', age: '18-plus' }
  const kept = await app.inject({ url: '/ask', ...form(fields) })
  const next = new URL(kept.headers.location!, 'http://x').searchParams.get('next')!
  const { cookie } = await signedIn(database)

  const { body } = await app.inject({ url: next, headers: { cookie } })
  assert.match(body, /name="considered" value="yes"/)
})

test('that a question spared somebody theirs is counted, and nothing else is kept', async (t) => {
  const { app, database, question } = await buildWithAnswer(t)

  const thank = () => app.inject({ url: `/ask/suggestions/${question.id}/thanks`, ...form({}) })
  const thanked = await thank()
  await thank()
  assert.equal(thanked.statusCode, 303)
  assert.match(thanked.headers.location!, /\/questions\/\d+\/will-my-sciatica-go-away/)
  const [row] = await database.read.select().from(helpCounts)
  assert.deepEqual(row, { day: new Date().toISOString().slice(0, 10), questionId: question.id, count: 2 })
})

test('there is no thanking for a question that is none', async (t) => {
  const { app } = await build(t)

  assert.equal((await app.inject({ url: '/ask/suggestions/999/thanks', ...form({}) })).statusCode, 404)
})

async function buildWithAnswer(t: TestContext) {
  const { app, database } = await build(t)
  const { account } = await verifiedExpert(database)
  const { cookie } = await signedIn(database)
  const { path, id: categoryId } = await plantCategory(database)
  const title = 'Will my sciatica go away?'
  const question = await askSomething(database, { title, body: 'The pain runs down my leg.', categoryId })
  const answer = (id: number, text: string) => answerSomething(database, id, account.id, text)
  await answer(question.id, 'It often settles within weeks.')
  return {
    answer,
    app,
    database,
    question,
    path,
    suggest: (fields: Record<string, string>) => app.inject({ url: '/ask/suggestions', ...form(fields) }),
    post: (fields: Record<string, string>) =>
      app.inject({ url: '/ask', ...form({ ...fields, category: path, key: newKey() }, { cookie }) }),
  }
}
