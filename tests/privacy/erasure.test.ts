import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { eq } from 'drizzle-orm'
import { createLink } from '../../src/accounts/link-queries.ts'
import { accounts, answers, comments, consents, incidents, questions, revisions } from '../../src/database/schema.ts'
import { findAnyQuestion, updateQuestion } from '../../src/questions/queries.ts'
import { answerSomething, askSomething, verifiedExpert } from '../fixtures.ts'
import { build, form, signedIn, textOf } from '../helper.ts'

test('who leaves without their texts leaves an address that says so, and no words', async (t) => {
  const { app, database, question, leave } = await buildWithAsker(t)
  const edit = { title: question.title, body: 'A second version of it all.', categoryId: question.categoryId }
  await database.write((db) => updateQuestion(db, question, { ...edit, editorId: question.askerId! }))

  await leave({ texts: 'removed' })
  assert.equal((await app.inject(`/questions/${question.id}/${question.slug}`)).statusCode, 410)
  const left = await findAnyQuestion(database.read, question.id)
  assert.deepEqual([left!.title, left!.body, left!.askerId], ['Withdrawn', '', null])
  assert.deepEqual(await database.read.select().from(revisions), [])
  assert.match((await app.inject('/questions.atom')).body, /<at:deleted-entry/)
})

test('who leaves their texts leaves them under a made-up name, without older versions', async (t) => {
  const { app, database, question, leave } = await buildWithAsker(t)
  const edit = { title: question.title, body: 'A second version of it all.', categoryId: question.categoryId }
  await database.write((db) => updateQuestion(db, question, { ...edit, editorId: question.askerId! }))

  await leave({ texts: 'anonymous' })
  const page = await app.inject(`/questions/${question.id}/${question.slug}`)
  assert.match(page.body, /A second version of it all/)
  assert.doesNotMatch(page.body, /Ada Lovelace/)
  assert.deepEqual(await database.read.select().from(revisions), [])
})

test('what may tell who they are is pointed out in the texts they leave, and goes where they tick it', async (t) => {
  const { app, database, account, question, leave } = await buildWithAsker(t)
  const body = 'I am Ada Lovelace. Write to ada@lovelace.example, please.'
  await database.write(async (db) => {
    await db.update(questions).set({ title: 'Is ada@lovelace.example a good name?', body })
    await db.insert(comments).values({
      ...{ questionId: question.id, kind: 'clarification', authorId: account.id, authorName: 'Ada', isByAsker: true },
      ...{ body: 'Call 020 7946 0018 at any time.', bodyHtml: '<p>Call 020 7946 0018.</p>', submissionKey: 'said' },
    })
  })
  const token = await database.write((db) => createLink(db, 'close-account', { accountId: account.id }))
  const page = await app.inject(`/account/closure/confirmation?token=${token}`)
  assert.match(
    textOf(page),
    /what shall we take out\? .*ada@lovelace\.example becomes.*Ada Lovelace becomes.*020 7946 0018/,
  )

  await leave({ texts: 'anonymous', blur: `title${question.id}:3-23 said1:5-18` })
  const left = (await findAnyQuestion(database.read, question.id))!
  assert.deepEqual([left.title, left.body], ['Is [e-mail address] a good name?', body])
  assert.doesNotMatch((await app.inject(`/questions/${question.id}/${left.slug}`)).body, /7946/)
})

test('all of it goes with one tick, from the search as well', async (t) => {
  const { app, database, leave } = await buildWithAsker(t)
  await database.write((db) => db.update(questions).set({ body: 'I am Ada Lovelace, from ada@lovelace.example.' }))
  await leave({ texts: 'anonymous', blur: 'all' })
  const [left] = await database.read.select().from(questions)
  assert.doesNotMatch(left!.body + left!.bodyHtml + left!.excerpt, /Lovelace|ada@/)
  assert.doesNotMatch((await app.inject('/search?q=lovelace')).body, /heat better/)
})

test('an open harm report forgets who made it once they leave, and goes on', async (t) => {
  const { database, account, question, leave } = await buildWithAsker(t)
  const { account: expert } = await verifiedExpert(database)
  const answer = await answerSomething(database, question.id, expert.id, 'Warmth, if you like it.')
  const reported = { answerId: answer.id, questionId: question.id, expertName: 'Vera Lund', dueAt: new Date() }
  const values = { ...reported, body: 'It made my back worse.', isHiding: false }
  await database.write(async (db) => {
    await db.insert(incidents).values({ ...values, reporterId: account.id, submissionKey: 'one' })
    const seen = { isByVisitor: true, reporterEmail: account.email, emailConfirmedAt: new Date() }
    await db.insert(incidents).values({ ...values, ...seen, submissionKey: 'two' })
  })

  await leave({ texts: 'anonymous' })
  const left = await database.read.select().from(incidents)
  assert.deepEqual(
    left.map(({ reporterId, reporterEmail, decidedAt }) => [reporterId, reporterEmail, decidedAt]),
    [
      [null, null, null],
      [null, null, null],
    ],
  )
})

test('what is not published yet goes with the account', async (t) => {
  const { database, account, leave } = await buildWithAsker(t)
  await askSomething(database, { askerId: account.id, publishAt: new Date(Date.now() + 3_600_000) })

  await leave({ texts: 'anonymous' })
  assert.equal((await database.read.select().from(questions)).length, 1)
  assert.deepEqual(await database.read.select().from(consents).where(eq(consents.accountId, account.id)), [])
})

test('an expert is asked under which name their answers stay', async (t) => {
  const { app, database } = await build(t)
  const { account, cookie } = await verifiedExpert(database)
  const { id } = await askSomething(database)
  await answerSomething(database, id, account.id, 'Warmth, if you like it.')
  const token = await database.write((db) => createLink(db, 'close-account', { accountId: account.id }))

  const page = await app.inject({ url: `/account/closure/confirmation?token=${token}`, headers: { cookie } })
  assert.match(textOf(page), /Your answers stay: they are signed, and people rely on them/)
  await app.inject({ url: '/account/closure/confirmation', ...form({ token, signature: 'removed' }) })
  const [answer] = await database.read.select().from(answers)
  assert.deepEqual(
    [answer!.expertName, answer!.expertProfession, answer!.expertRegistrations, answer!.expertId],
    ['An expert who has left', 'Physiotherapist', null, null],
  )
})

test('the last administrator stays, with all their texts', async (t) => {
  const { app, database } = await build(t)
  const { account } = await signedIn(database, 'administrator')
  const question = await askSomething(database, { askerId: account.id })
  const token = await database.write((db) => createLink(db, 'close-account', { accountId: account.id }))

  const reply = await app.inject({ url: '/account/closure/confirmation', ...form({ token, texts: 'removed' }) })
  assert.equal(reply.statusCode, 409)
  assert.equal((await findAnyQuestion(database.read, question.id))!.withdrawnAt, null)
})

async function buildWithAsker(t: TestContext) {
  const { app, database } = await build(t)
  const { account } = await signedIn(database, 'member', 'Ada Lovelace')
  const values = { askerId: account.id, askerName: 'Ada Lovelace', isPseudonym: false }
  const question = await askSomething(database, values)
  async function leave(choice: Record<string, string>) {
    const token = await database.write((db) => createLink(db, 'close-account', { accountId: account.id }))
    const reply = await app.inject({ url: '/account/closure/confirmation', ...form({ token, ...choice }) })
    assert.equal(reply.statusCode, 303)
    assert.deepEqual(await database.read.select().from(accounts).where(eq(accounts.id, account.id)), [])
  }
  return { app, database, account, question, leave }
}
