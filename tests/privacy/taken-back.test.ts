import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { eq } from 'drizzle-orm'
import { answers, comments, countersigns, incidents, outbox, revisions } from '../../src/database/schema.ts'
import { eraseWithdrawn } from '../../src/privacy/publishing.ts'
import { findAnyQuestion } from '../../src/questions/queries.ts'
import { answerSomething, askSomething, newKey, verifiedExpert } from '../fixtures.ts'
import { build, form, signedIn, textOf } from '../helper.ts'

const DAY_MS = 86_400_000

test('30 days after, what others wrote about it is gone too; that they did, and when, stays', async (t) => {
  const { database, takeBack, answer } = await buildWithAnswered(t)
  await takeBack()

  await eraseWithdrawn(database, inDays(29))
  assert.match((await findAnswer(database)).body, /your divorce/)
  await eraseWithdrawn(database, inDays(31))
  const { body, bodyHtml, expertName, createdAt } = await findAnswer(database)
  assert.deepEqual([body, bodyHtml, expertName, createdAt], ['', '', 'Vera Lund', answer.createdAt])
  assert.deepEqual(await database.read.select().from(comments), [])
  assert.deepEqual(await database.read.select().from(revisions), [])
  assert.deepEqual(
    (await database.read.select().from(countersigns)).map(({ reason }) => reason),
    [null],
  )
})

test('the expert is told once, without a word of what it was about, and where to get a copy', async (t) => {
  const { database, takeBack, expert } = await buildWithAnswered(t)
  await takeBack()
  await takeBack()

  const mails = await database.read.select().from(outbox).where(eq(outbox.accountId, expert.account.id))
  assert.equal(mails.length, 1)
  assert.match(mails[0]!.text, /has taken it back[\s\S]*In 30 days[\s\S]*\/account\/data/)
  assert.doesNotMatch(`${mails[0]!.subject}${mails[0]!.text}`, /heat|divorce|chiropractors/i)
})

test('whoever takes it back is told what becomes of the answers', async (t) => {
  const { get, question, asker } = await buildWithAnswered(t)

  const page = textOf(await get(`/questions/${question.id}/withdrawal`, asker))
  assert.match(page, /The experts who answered are told/)
  assert.match(page, /After 30 days its text, what you added and what they wrote are deleted/)
})

test('experts alone see how many of their answers went that way', async (t) => {
  const { get, takeBack, expert, asker } = await buildWithAnswered(t)
  await takeBack()

  assert.match(textOf(await get(`/experts/${expert.handle}`, expert)), /One more answer of yours went with questions/)
  assert.doesNotMatch(textOf(await get(`/experts/${expert.handle}`, asker)), /taken back/)
})

test('while staff look into a report of harm, nothing of it is deleted', async (t) => {
  const { database, takeBack, question, answer } = await buildWithAnswered(t)
  const report = { answerId: answer.id, questionId: question.id, expertName: 'Vera Lund', isHiding: true }
  const [{ id } = { id: 0 }] = await database.write((db) =>
    db
      .insert(incidents)
      .values({ ...report, body: 'It made things worse.', submissionKey: newKey(), dueAt: new Date() })
      .returning(),
  )
  await takeBack()

  await eraseWithdrawn(database, inDays(31))
  assert.match((await findAnyQuestion(database.read, question.id))!.body, /stiff/)
  await database.write((db) => db.update(incidents).set({ decidedAt: new Date() }).where(eq(incidents.id, id)))
  await eraseWithdrawn(database, inDays(32))
  assert.equal((await findAnswer(database)).body, '')
})

test('the copy of an expert’s data has the answer till then, and that there was one after', async (t) => {
  const { database, takeBack, post, expert } = await buildWithAnswered(t)
  await takeBack()
  await eraseWithdrawn(database, inDays(31))

  assert.equal((await post('/account/data', expert)).statusCode, 200)
  assert.equal((await findAnswer(database)).expertId, expert.account.id)
})

const inDays = (days: number) => new Date(Date.now() + days * DAY_MS)

type Database = Awaited<ReturnType<typeof build>>['database']

const findAnswer = async (database: Database) => (await database.read.select().from(answers))[0]!

async function buildWithAnswered(t: TestContext) {
  const { app, database } = await build(t)
  const asker = await signedIn(database)
  const question = await askSomething(database, { askerId: asker.account.id })
  const expert = await verifiedExpert(database)
  const second = await verifiedExpert(database, 'Otto Berg')
  const answer = await answerSomething(database, question.id, expert.account.id, 'Since your divorce you sleep badly.')
  const get = (url: string, { cookie }: { cookie: string }) => app.inject({ url, headers: { cookie } })
  const post = (url: string, { cookie }: { cookie: string }, fields = {}) =>
    app.inject({ url, ...form(fields, { cookie }) })
  const body = 'It began with the divorce, I think.'
  await post(`/questions/${question.id}/colleague-comments`, second, { body, key: newKey() })
  await database.write(async (db) => {
    const by = { expertId: second.account.id, expertName: 'Otto Berg', expertProfession: 'GP', expertCredentials: 'MD' }
    await db.insert(countersigns).values({ ...by, answerId: answer.id, stance: 'disagrees', reason: body })
    await db.insert(revisions).values({ questionId: question.id, answerId: answer.id, body, writtenAt: new Date() })
  })
  const takeBack = () => post(`/questions/${question.id}/withdrawal`, asker)
  return { app, database, asker, question, expert, answer, get, post, takeBack }
}
