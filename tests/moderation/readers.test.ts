import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { answerRecipients, outbox } from '../../src/database/schema.ts'
import { withdrawAnswer } from '../../src/recalls/queries.ts'
import { answerSomething, askSomething, verifiedExpert } from '../fixtures.ts'
import { build, form, signedIn } from '../helper.ts'

test('whoever asked and everybody who was sent an answer hear that it is hidden, and later that it is back', async (t) => {
  const { database, asker, moderator, expert, answer, hide, show } = await buildThread(t)
  const [grateful, stranger] = [await signedIn(database, 'member', 'Gus'), await signedIn(database, 'member', 'Sue')]
  const sentTo = [grateful.account.id, moderator.account.id]
  await database.write((db) =>
    db.insert(answerRecipients).values(sentTo.map((accountId) => ({ answerId: answer.id, accountId }))),
  )
  await hide('answers')
  await show('answers')

  const mails = await database.read.select().from(outbox).orderBy(outbox.id)
  const told = (subject: string) => mails.filter((mail) => mail.subject === subject).map(({ accountId }) => accountId)
  assert.deepEqual(told('An answer you were sent has been taken down'), [asker.account.id, grateful.account.id])
  assert.deepEqual(told('An answer you were sent can be read again'), [asker.account.id, grateful.account.id])
  assert.deepEqual(told('Your answer has been hidden'), [expert.account.id])
  assert.ok(mails.every(({ accountId }) => accountId !== stranger.account.id))
  for (const { accountId, text, subject } of mails)
    if (accountId !== expert.account.id) assert.doesNotMatch(`${subject} ${text}`, /third person|heat|ice\b/i)
})

test('nobody is told of an answer below a question that they cannot read, nor of one that was withdrawn', async (t) => {
  const { database, expert, answer, hide, show } = await buildThread(t)
  await hide('questions')
  await hide('answers')
  await show('questions')
  await show('answers')
  const recall = { reason: 'It was wrong.', byId: expert.account.id, byName: 'Vera Lund', now: new Date() }
  await database.write((db) => withdrawAnswer(db, answer, recall))
  await hide('answers')

  const subjects = (await database.read.select().from(outbox)).map(({ subject }) => subject)
  assert.equal(subjects.filter((subject) => subject === 'An answer you were sent has been taken down').length, 0)
  assert.equal(subjects.filter((subject) => subject === 'An answer you were sent can be read again').length, 1)
})

async function buildThread(t: TestContext) {
  const { app, database } = await build(t)
  const asker = await signedIn(database, 'member', 'Ada')
  const moderator = await signedIn(database, 'moderator')
  const expert = await verifiedExpert(database)
  const question = await askSomething(database, { askerId: asker.account.id })
  const answer = await answerSomething(database, question.id, expert.account.id, 'Whichever eases it.')
  const { cookie } = moderator
  const addressOf = (kind: 'questions' | 'answers') =>
    `/${kind}/${kind === 'answers' ? answer.id : question.id}/concealment`
  const hide = (kind: 'questions' | 'answers') =>
    app.inject({ url: addressOf(kind), ...form({ reason: 'It names a third person.' }, { cookie }) })
  const show = (kind: 'questions' | 'answers') =>
    app.inject({ url: `${addressOf(kind)}?_method=DELETE`, ...form({}, { cookie }) })
  return { database, asker, moderator, expert, answer, hide, show }
}
