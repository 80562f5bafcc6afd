import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { eq } from 'drizzle-orm'
import { hideAnswer, hideThread, showThread } from '../../src/answers/concealment-queries.ts'
import { findAnswer, listSearchable } from '../../src/answers/queries.ts'
import {
  accounts,
  auditEvents,
  categories,
  experts,
  outbox,
  questions,
  searchDocuments,
} from '../../src/database/schema.ts'
import { findAnyQuestion } from '../../src/questions/queries.ts'
import { countQueries } from '../count-queries.ts'
import { answerSomething, askSomething, newKey, plantCategory, verifiedExpert } from '../fixtures.ts'
import { build, form, signedIn, textOf } from '../helper.ts'

const reason = 'It names a third person.'
const body = 'Whichever eases it. Neither heals anything.'

test('a hidden question is on no page, and its own says that it was taken down', async (t) => {
  const { get, hide, paths } = await buildThread(t)
  for (const path of paths) assert.match((await get(path)).body, /[Hh]eat[ -]better/, path)

  await hide('questions')
  for (const path of paths) assert.doesNotMatch((await get(path)).body, /[Hh]eat[ -]better/, path)
  for (const path of ['', '/any-slug', '/is-heat-better-than-ice']) {
    const gone = await get(`/questions/1${path}`)
    assert.equal(gone.statusCode, 410)
    assert.match(textOf(gone), /This has been taken down.*All categories/)
    assert.doesNotMatch(gone.body, /Is heat better|QAPage/)
  }
})

test('nothing that a hidden question leads to tells what it was about', async (t) => {
  const { app, expert, get, hide, answer } = await buildThread(t)
  await hide('questions')

  for (const path of ['/questions/1/revisions', `/answers/${answer.id}/revisions`, '/questions/1/edit'])
    assert.doesNotMatch((await get(path)).body, /[Hh]eat/, path)
  assert.equal((await get(`/answers/${answer.id}/edit`, expert.cookie)).statusCode, 410)
  for (const cookie of ['', expert.cookie])
    for (const path of ['/questions/1/answers', '/questions/1/closure', '/ask/suggestions/1/thanks']) {
      const reply = await app.inject({ url: path, ...form({ body, key: newKey() }, { cookie }) })
      assert.doesNotMatch(`${reply.body} ${reply.headers.location}`, /[Hh]eat/, path)
    }
})

test('its asker and staff see it, with why it is hidden', async (t) => {
  const { asker, moderator, get, hide } = await buildThread(t)
  await hide('questions')

  for (const { cookie } of [asker, moderator]) {
    const page = await get('/questions/1', cookie)
    assert.equal(page.statusCode, 200)
    assert.match(textOf(page), /Our staff have hidden this question.*Why: It names a third person\./)
    assert.match(page.body, /noindex/)
    assert.doesNotMatch(page.body, /QAPage/)
  }
  assert.match(textOf(await get('/account/questions', asker.cookie)), /Is heat better than ice\?.*Hidden by our staff/)
})

test('the asker learns by a mail that it was hidden and why, and later that it is back', async (t) => {
  const { database, asker, hide, show } = await buildThread(t)
  await hide('questions')
  await show('questions')

  const [hidden, shown] = await database.read.select().from(outbox).orderBy(outbox.id)
  assert.equal(hidden!.recipient, asker.account.email)
  assert.equal(hidden!.subject, 'Your question has been hidden')
  assert.match(hidden!.text, /Why: It names a third person\.\n.*\/questions\/1\n/s)
  assert.equal(shown!.subject, 'Your question can be read again')
  assert.doesNotMatch(`${hidden!.text} ${shown!.text}`, /heat|ice\b/i)
})

test('counts follow what is hidden and what is shown again', async (t) => {
  const { database, hide, show } = await buildThread(t)
  const counts = async () => ({
    inCategory: (await database.read.select().from(categories))[0]!.questionCount,
    ofExpert: (await database.read.select().from(experts))[0]!.answerCount,
    found: await database.read.$count(searchDocuments),
  })
  const before = await counts()

  await hide('questions')
  assert.deepEqual(await counts(), { inCategory: 0, ofExpert: 0, found: before.found - 1 })
  await show('questions')
  assert.deepEqual(await counts(), before)
})

test('a hidden answer is seen by its expert and staff alone, and the question waits again', async (t) => {
  const { database, expert, asker, moderator, get, hide, show } = await buildThread(t)
  await hide('answers')

  const path = '/questions/1/is-heat-better-than-ice'
  for (const cookie of [undefined, asker.cookie]) {
    const page = await get(path, cookie)
    assert.doesNotMatch(page.body, /Neither heals/)
    assert.match(textOf(page), /No answer yet/)
    assert.match(page.body, /"answerCount":0/)
  }
  for (const { cookie } of [expert, moderator])
    assert.match(
      textOf(await get(path, cookie)),
      /Our staff have hidden this answer.*names a third person.*Neither heals/,
    )
  assert.doesNotMatch((await get(`/experts/${expert.handle}`)).body, /Is heat better/)
  assert.match((await get('/questions?status=open')).body, /Is heat better/)
  const [question] = await database.read.select().from(questions)
  assert.deepEqual([question!.answerCount, question!.answeredAt, question!.status], [0, null, 'open'])
  assert.equal((await database.read.select().from(experts))[0]!.answerCount, 0)
  assert.doesNotMatch((await listSearchable(database.read, 0, 10))[0]!.answer, /Neither/)

  await show('answers')
  assert.match((await get(path)).body, /Neither heals/)
  assert.equal((await database.read.select().from(experts))[0]!.answerCount, 1)
})

test('the expert learns by mail why an answer was hidden', async (t) => {
  const { database, expert, hide } = await buildThread(t)
  await hide('answers')

  const [mail] = await database.read.select().from(outbox)
  assert.equal(mail!.recipient, expert.account.email)
  assert.equal(mail!.subject, 'Your answer has been hidden')
  assert.match(mail!.text, /Why: It names a third person\./)
})

test('an expert cannot answer anew where their answer is hidden', async (t) => {
  const { expert, get, hide } = await buildThread(t)
  await hide('answers')

  assert.doesNotMatch((await get('/questions/1/is-heat-better-than-ice', expert.cookie)).body, /Publish the answer/)
})

test('hiding takes a reason, and is for moderators alone', async (t) => {
  const { app, asker, expert, moderator, get, answer } = await buildThread(t)
  for (const url of ['/questions/1/concealment', `/answers/${answer.id}/concealment`]) {
    for (const { cookie } of [asker, expert]) {
      assert.equal((await app.inject({ url, ...form({ reason }, { cookie }) })).statusCode, 403)
      assert.equal((await get(url, cookie)).statusCode, 403)
    }
    const page = await app.inject({ url, ...form({ reason: 'no' }, { cookie: moderator.cookie }) })
    assert.equal(page.statusCode, 422)
    assert.match(page.body, />\nno<\/textarea>/)
  }
  assert.equal((await get('/questions/1')).statusCode, 301)
  assert.equal((await get('/questions/99/concealment', moderator.cookie)).statusCode, 404)
})

test('what moderators hide and show is written down and stands on their first page', async (t) => {
  const { database, moderator, get, hide, show } = await buildThread(t)
  await hide('questions')
  await hide('answers')
  await hide('questions')

  const page = textOf(await get('/moderation', moderator.cookie))
  assert.match(page, /Hidden The answer of Vera Lund to: Is heat better.*A question: Is heat better/)
  assert.match(
    page,
    /moderator hid an answer Is heat better than ice\? It names a third person\..*moderator hid a question/,
  )
  await show('answers')
  await show('questions')
  const events = await database.read.select().from(auditEvents).orderBy(auditEvents.id)
  const actions = events.map(({ action, reason }) => [action, reason])
  assert.deepEqual(actions, [
    ['question-hidden', reason],
    ['answer-hidden', reason],
    ['answer-shown', null],
    ['question-shown', null],
  ])
  assert.match(textOf(await get('/moderation', moderator.cookie)), /Nothing is hidden\./)
})

test('an expert’s answers count right whichever of question and answer is hidden first', async (t) => {
  const { database, hide, show } = await buildThread(t)
  const count = async () => (await database.read.select().from(experts))[0]!.answerCount

  for (const kind of ['questions', 'answers', 'questions', 'answers'] as const) await hide(kind)
  assert.equal(await count(), 0)
  await show('questions')
  assert.equal(await count(), 0)
  await show('answers')
  assert.equal(await count(), 1)
})

test('hiding and showing at once, by several moderators, leaves counts that are true', async (t) => {
  const { database, moderator, answer } = await buildThread(t)
  const question = (await findAnyQuestion(database.read, 1))!
  const concealment = { hiddenById: moderator.account.id, hiddenReason: reason }
  const fresh = (await findAnswer(database.read, answer.id))!

  await Promise.all([
    ...[1, 2, 3].map(() => database.write((db) => hideThread(db, question, concealment))),
    ...[1, 2, 3].map(() => database.write((db) => hideAnswer(db, fresh, concealment))),
  ])
  await Promise.all([1, 2, 3].map(() => database.write((db) => showThread(db, question))))
  assert.equal((await database.read.select().from(categories))[0]!.questionCount, 1)
  assert.equal((await database.read.select().from(experts))[0]!.answerCount, 0)
  assert.equal((await database.read.select().from(questions))[0]!.answerCount, 0)
})

test('an answer to a question that has been hidden meanwhile is kept as a draft', async (t) => {
  const { app, database, hide } = await buildThread(t)
  const other = await verifiedExpert(database, 'Ugo Bassi')
  await hide('questions')

  const post = form({ body, key: newKey() }, { cookie: other.cookie })
  const reply = await app.inject({ url: '/questions/1/answers', ...post })
  assert.equal(reply.statusCode, 409)
  const mine = await app.inject({ url: '/account/questions', headers: { cookie: other.cookie } })
  assert.match(mine.body, /Whichever eases it/)
})

test('a hidden question that moves to another category is counted there once it is shown', async (t) => {
  const { app, database, asker, hide, show, get } = await buildThread(t)
  await plantCategory(database, 'Knees')
  await hide('questions')

  const edit = { title: 'Is heat better for knees?', body: 'For one that is stiff.', category: 'knees', basis: '0' }
  const saved = await app.inject({ url: '/questions/1/edit', ...form(edit, { cookie: asker.cookie }) })
  assert.equal(saved.statusCode, 303)
  assert.doesNotMatch((await get('/categories/knees')).body, /Is heat better/)
  await show('questions')
  assert.match((await get('/categories/knees')).body, /Is heat better for knees/)
})

test('a moderator who leaves takes nothing hidden with them', async (t) => {
  const { app, database, moderator, get, hide } = await buildThread(t)
  await signedIn(database, 'administrator')
  await hide('questions')
  await hide('answers')
  await database.write((db) => db.delete(accounts).where(eq(accounts.id, moderator.account.id)))

  assert.equal((await app.inject('/questions/1')).statusCode, 410)
  assert.equal((await get('/questions')).statusCode, 200)
})

test('the first page of moderation takes as many queries for much as for little', async (t) => {
  const few = await buildThread(t)
  const many = await buildThread(t)
  await few.hide('questions')
  await few.hide('answers')
  for (let number = 0; number < 12; number += 1) {
    const { id } = await askSomething(many.database)
    const answer = await answerSomething(many.database, id, many.expert.account.id, body)
    await many.hide('answers', answer.id)
    await many.hide('questions', id)
  }

  const count = ({ get, moderator }: typeof few) => countQueries(() => get('/moderation', moderator.cookie))
  assert.equal(await count(many), await count(few))
})

/** A question with an answer, and somebody of each kind who has to do with it. */
async function buildThread(t: TestContext) {
  const { app, database } = await build(t)
  const asker = await signedIn(database, 'member', 'Ada')
  const moderator = await signedIn(database, 'moderator')
  const expert = await verifiedExpert(database)
  const category = await plantCategory(database)
  const { id } = await askSomething(database, { askerId: asker.account.id, categoryId: category.id })
  const answer = await answerSomething(database, id, expert.account.id, body)
  const get = (url: string, cookie?: string) => app.inject({ url, headers: cookie ? { cookie } : {} })
  const { cookie } = moderator
  const addressOf = (kind: 'questions' | 'answers', number = kind === 'answers' ? answer.id : id) =>
    `/${kind}/${number}/concealment`
  return {
    app,
    database,
    asker,
    moderator,
    expert,
    answer,
    get,
    hide: (kind: 'questions' | 'answers', number?: number) =>
      app.inject({ url: addressOf(kind, number), ...form({ reason }, { cookie }) }),
    show: (kind: 'questions' | 'answers') =>
      app.inject({ url: `${addressOf(kind)}?_method=DELETE`, ...form({}, { cookie }) }),
    /** Where the question stands as long as it is not hidden. */
    paths: [
      ...['/', '/questions', '/questions?status=answered', '/questions.atom', '/sitemaps/questions-1.xml'],
      ...['/categories/chiropractors', '/categories/chiropractors.atom', `/experts/${expert.handle}`, '/search?q=heat'],
    ],
  }
}
