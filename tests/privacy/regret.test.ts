import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { eq } from 'drizzle-orm'
import {
  accounts,
  comments,
  consents,
  drafts,
  experts,
  incidents,
  outbox,
  questions,
  revisions,
  searchDocuments,
  thanks,
} from '../../src/database/schema.ts'
import { queueMail } from '../../src/notifications/queries.ts'
import { anonymiseQuestion } from '../../src/privacy/anonymity-queries.ts'
import { eraseWithdrawn, publishDue } from '../../src/privacy/publishing.ts'
import { findAnyQuestion } from '../../src/questions/queries.ts'
import { questionPath } from '../../src/questions/views.ts'
import { answerSomething, askSomething, newKey, plantCategory, verifiedExpert } from '../fixtures.ts'
import { build, form, signedIn, textOf } from '../helper.ts'

const HOUR_MS = 3_600_000
const WRITTEN = {
  title: 'Is heat better than ice?',
  body: 'My back has been stiff since the weekend.',
  category: 'chiropractors',
}

test('a question its asker sleeps on is seen by nobody else, and is nowhere', async (t) => {
  const { app, asker, moderator, path, question, get } = await buildWithPending(t)

  assert.match(textOf(await get(questionPath(question), asker)), /Only you can see this question/)
  assert.match(textOf(await get('/account/questions', asker)), /Not published yet/)
  assert.equal((await get(path, moderator)).statusCode, 404)
  assert.equal((await app.inject(path)).statusCode, 404)
  for (const url of [
    '/',
    '/questions',
    '/questions.atom',
    '/categories/chiropractors',
    '/categories/chiropractors.atom',
    '/sitemaps/questions-1.xml',
    '/search?q=heat',
  ])
    assert.doesNotMatch((await app.inject(url)).body, /Is heat better than ice/, url)
  assert.doesNotMatch((await get('/moderation', moderator)).body, /Is heat better than ice/)
})

test('it is published when its time has come, once, and waits from then on', async (t) => {
  const { app, database, path, question } = await buildWithPending(t)
  const due = new Date(question.publishAt!.getTime() + 1)

  await publishDue(database, new Date(due.getTime() - 2 * HOUR_MS))
  assert.equal((await app.inject(path)).statusCode, 404)
  await Promise.all([publishDue(database, due), publishDue(database, due)])
  const [published] = await database.read.select().from(questions)
  assert.equal((await app.inject(questionPath(published!))).statusCode, 200)
  assert.match((await app.inject('/questions.atom')).body, /Is heat better than ice/)
  assert.deepEqual([published!.createdAt, published!.waitsFrom, published!.publishAt], [due, due, null])
  const found = await database.read.select().from(searchDocuments).where(eq(searchDocuments.kind, 'question'))
  assert.equal(found.length, 1)
})

test('what it said before it was published is nobody else’s to read', async (t) => {
  const { database, asker, question, post, path } = await buildWithPending(t)

  const edit = { ...WRITTEN, body: 'My hip has been stiff since the weekend.', basis: '0' }
  assert.equal((await post(`/questions/${question.id}/edit`, asker, edit)).statusCode, 303)
  await post(`/questions/${question.id}/publication`, asker)
  assert.deepEqual(await database.read.select().from(revisions), [])
  const [published] = await database.read.select().from(questions)
  assert.equal(published!.editedAt, null)
  assert.match(path, /heat/)
})

test('one that nobody has seen is deleted without a trace', async (t) => {
  const { database, asker, question, post, get } = await buildWithPending(t)

  assert.match(textOf(await get(`/questions/${question.id}/withdrawal`, asker)), /Nobody has seen it/)
  await post(`/questions/${question.id}/withdrawal`, asker)
  assert.deepEqual(await database.read.select().from(questions), [])
})

test('only whoever asked may publish, take back or cut', async (t) => {
  const { app, question, moderator, post, get } = await buildWithPending(t)

  for (const deed of ['publication', 'withdrawal', 'anonymity']) {
    assert.equal((await post(`/questions/${question.id}/${deed}`, moderator)).statusCode, 404, deed)
    assert.equal((await app.inject({ url: `/questions/${question.id}/${deed}`, ...form({}) })).statusCode, 303, deed)
  }
  assert.equal((await get(`/questions/${question.id}/anonymity`, moderator)).statusCode, 404)
})

test('a question taken back is gone for others, with a tombstone in the feeds', async (t) => {
  const { app, database, asker, question, path, post, get } = await buildWithAnswered(t)
  const category = path.replace(/.*/, '/categories/chiropractors.atom')

  await post(`/questions/${question.id}/withdrawal`, asker)
  const gone = await app.inject(path)
  assert.equal(gone.statusCode, 410)
  assert.match(gone.body, /<meta name="robots" content="noindex/)
  for (const url of ['/questions.atom', category]) {
    const { body } = await app.inject(url)
    assert.match(body, new RegExp(`<at:deleted-entry ref="[^"]*/questions/${question.id}" when="\\d{4}-`), url)
    assert.doesNotMatch(body, /<entry>/, url)
  }
  for (const url of ['/questions', '/sitemaps/questions-1.xml', '/search?q=heat'])
    assert.doesNotMatch((await app.inject(url)).body, /heat better/, url)
  const [expert] = await database.read.select().from(experts)
  assert.equal(expert!.answerCount, 0)
  assert.match(textOf(await get(`/questions/${question.id}`, asker)), /Whoever asked this took it back/)
})

test('staff cannot show again what its asker took back', async (t) => {
  const { app, asker, moderator, question, path, post } = await buildWithAnswered(t)

  await post(`/questions/${question.id}/withdrawal`, asker)
  await post(`/questions/${question.id}/concealment?_method=DELETE`, moderator)
  assert.equal((await app.inject(path)).statusCode, 410)
})

test('one that staff had hidden can be taken back too, and its answers are not counted off twice', async (t) => {
  const { database, asker, moderator, question, post } = await buildWithAnswered(t)

  await post(`/questions/${question.id}/concealment`, moderator, { reason: 'Names a third person.' })
  await post(`/questions/${question.id}/withdrawal`, asker)
  const [expert] = await database.read.select().from(experts)
  assert.equal(expert!.answerCount, 0)
})

test('after 30 days nothing is left of what was taken back but its address', async (t) => {
  const { app, database, asker, question, path, post } = await buildWithAnswered(t)

  await post(`/questions/${question.id}/withdrawal`, asker)
  await eraseWithdrawn(database, new Date(Date.now() + 29 * 24 * HOUR_MS))
  assert.match((await findAnyQuestion(database.read, question.id))!.body, /stiff/)
  await eraseWithdrawn(database, new Date(Date.now() + 31 * 24 * HOUR_MS))
  const erased = await findAnyQuestion(database.read, question.id)
  assert.deepEqual([erased!.title, erased!.body, erased!.excerpt, erased!.tried], ['Withdrawn', '', '', null])
  assert.equal((await app.inject({ url: path, headers: { cookie: asker } })).statusCode, 410)
})

test('before the link is cut, a page says what follows', async (t) => {
  const { asker, question, get } = await buildWithAnswered(t)

  const page = textOf(await get(`/questions/${question.id}/anonymity`, asker))
  assert.match(page, /This cannot be undone/)
  assert.match(page, /You get no more mail about it.*you cannot edit it/)
})

test('once it is cut, no row leads from the question to whoever asked it', async (t) => {
  const { app, database, asker, account, question, answer, path, post, get } = await buildWithAnswered(t)
  await plantTraces(database, { accountId: account.id, questionId: question.id, answerId: answer.id })

  await post(`/questions/${question.id}/anonymity`, asker)
  const cut = await findAnyQuestion(database.read, question.id)
  assert.equal(cut!.askerId, null)
  assert.equal(cut!.isPseudonym, true)
  assert.notEqual(cut!.askerName, 'Ada Lovelace')
  assert.notEqual(cut!.submissionKey, question.submissionKey)
  assert.deepEqual(
    (await database.read.select().from(incidents)).map(({ reporterId, body }) => [reporterId, body]),
    [[null, 'It made my back worse.']],
  )
  for (const table of [drafts, thanks]) assert.deepEqual(await database.read.select().from(table), [])
  assert.deepEqual(
    (await database.read.select().from(comments)).map((row) => [row.authorId, row.authorName]),
    [[null, cut!.askerName]],
  )
  const letters = (await database.read.select().from(outbox).where(eq(outbox.accountId, account.id))).map(
    ({ subject }) => subject,
  )
  assert.deepEqual(letters, ['Something else'])
  const [given] = await database.read.select().from(consents).where(eq(consents.accountId, account.id))
  assert.equal(given!.givenAt.getTime() % 86_400_000, 0)
  const [{ createdAt } = {}] = await database.read.select().from(accounts).where(eq(accounts.id, account.id))
  assert.equal(createdAt!.getTime() % 86_400_000, 0)
  assert.equal((await app.inject(path)).statusCode, 200)
  assert.equal((await get(`/questions/${question.id}/edit`, asker)).statusCode, 403)
  assert.doesNotMatch((await get('/account/questions', asker)).body, /heat better/)
})

test('once it is cut, what they allowed says its day alone, and no page makes hours of that', async (t) => {
  const { asker, question, post, get } = await buildWithAnswered(t)
  await post(`/questions/${question.id}/anonymity`, asker)

  const { body } = await get('/account/consents', asker)
  assert.match(body, /You allowed this <time datetime="\d{4}-\d\d-\d\d">/)
  assert.doesNotMatch(body, /<time [^>]*title=/)
})

test('nobody cuts the link of somebody else', async (t) => {
  const { database, question } = await buildWithAnswered(t)
  const { account } = await signedIn(database)

  const isCut = await database.write((db) =>
    anonymiseQuestion(db, { question, accountId: account.id, now: new Date() }),
  )
  assert.equal(isCut, false)
})

test('all questions can be taken back at once', async (t) => {
  const { app, asker, path, post } = await buildWithAnswered(t)

  await post('/account/questions/withdrawal', asker)
  assert.equal((await app.inject(path)).statusCode, 410)
})

type Database = Awaited<ReturnType<typeof build>>['database']
type Ids = { accountId: number; questionId: number; answerId: number }

async function plantTraces(database: Database, { accountId, questionId, answerId }: Ids) {
  const at = { createdAt: new Date(), expiresAt: new Date(Date.now() + HOUR_MS) }
  await database.write(async (db) => {
    await db.insert(drafts).values({ key: newKey(), accountId, questionId, fields: { body: 'Half' }, ...at })
    for (const address of [`/questions/${questionId}/replies/new`, `/answers/${answerId}/follow-ups/new`])
      await db.insert(drafts).values({ key: newKey(), accountId, address, fields: { body: 'Half' }, ...at })
    await db.insert(thanks).values({ answerId, accountId })
    const feared = { expertName: 'Vera Lund', body: 'It made my back worse.', isHiding: false, dueAt: new Date() }
    await db
      .insert(incidents)
      .values({ ...feared, answerId, questionId, reporterId: accountId, submissionKey: newKey() })
    const said = {
      kind: 'clarification' as const,
      isByAsker: true,
      body: 'Yes',
      bodyHtml: 'Yes',
      submissionKey: newKey(),
    }
    await db.insert(comments).values({ ...said, questionId, authorId: accountId, authorName: 'Ada Lovelace' })
    const mail = { accountId, recipient: 'ada@example.org' }
    await queueMail(db, { ...mail, subject: 'Your question has an answer', text: `https://x/questions/${questionId}` })
    await queueMail(db, { ...mail, subject: 'Long ago', text: '' })
    await queueMail(db, { ...mail, subject: 'Something else', text: `https://x/questions/${questionId}0` })
  })
}

async function buildWithPeople(t: TestContext) {
  const { app, database } = await build(t)
  const category = await plantCategory(database)
  const { account, cookie: asker } = await signedIn(database, 'member', 'Ada Lovelace')
  const { cookie: moderator } = await signedIn(database, 'moderator')
  const get = (url: string, cookie: string) => app.inject({ url, headers: { cookie } })
  const post = (url: string, cookie: string, fields = {}) => app.inject({ url, ...form(fields, { cookie }) })
  return { app, database, category, account, asker, moderator, get, post }
}

async function buildWithPending(t: TestContext) {
  const people = await buildWithPeople(t)
  const { database, account, category } = people
  const publishAt = new Date(Date.now() + HOUR_MS)
  const question = await askSomething(database, {
    askerId: account.id,
    categoryId: category.id,
    publishAt,
    body: WRITTEN.body,
  })
  return { ...people, question, path: `/questions/${question.id}/${question.slug}` }
}

async function buildWithAnswered(t: TestContext) {
  const people = await buildWithPeople(t)
  const { database, account, category } = people
  const values = { askerId: account.id, categoryId: category.id, askerName: 'Ada Lovelace', isPseudonym: false }
  const question = await askSomething(database, values)
  const { account: expert } = await verifiedExpert(database)
  const answer = await answerSomething(database, question.id, expert.id, 'Warmth, if you like it.')
  return { ...people, question, answer, path: `/questions/${question.id}/${question.slug}` }
}
