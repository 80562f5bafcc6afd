import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { eq } from 'drizzle-orm'
import { hideAnswer } from '../../src/answers/concealment-queries.ts'
import { findAnswer, listSearchable } from '../../src/answers/queries.ts'
import { basisOf } from '../../src/answers/views.ts'
import {
  answerRecipients,
  answers,
  auditEvents,
  experts,
  outbox,
  questions,
  recalls,
} from '../../src/database/schema.ts'
import { countQueries } from '../count-queries.ts'
import { answerSomething, askSomething, verifiedExpert } from '../fixtures.ts'
import { build, form, signedIn, textOf } from '../helper.ts'

const body = 'Whichever eases it. Neither heals anything.'
const reason = 'Cold comes first after an injury. Please stop the heat.'
const path = '/questions/1/is-heat-better-than-ice'

test('what was withdrawn, why and by whom stands instead of the answer', async (t) => {
  const { author, withdraw, get } = await buildThread(t)
  assert.equal((await withdraw(author)).statusCode, 303)

  const page = await get(path)
  assert.match(textOf(page), /Vera Lund withdrew this answer.*Cold comes first after an injury/)
  assert.doesNotMatch(page.body, /Neither heals/)
})

test('a withdrawn answer counts nowhere, and counts again once it is restored', async (t) => {
  const { database, author, withdraw, restore, get } = await buildThread(t)
  await withdraw(author)

  const page = textOf(await get(path))
  assert.match(page, /No answer that stands, 1 taken back or taken down/)
  assert.doesNotMatch(page, /No answer yet|has yet to answer/)
  assert.match((await get(path)).body, /"answerCount":0/)
  assert.match((await get('/questions?status=open')).body, /Is heat better/)
  assert.doesNotMatch((await get(`/experts/${author.handle}`)).body, /Is heat better/)
  assert.doesNotMatch((await listSearchable(database.read, 0, 10))[0]!.answer, /Neither/)
  const [question] = await database.read.select().from(questions)
  assert.deepEqual([question!.answerCount, question!.answeredAt, question!.status], [0, null, 'open'])
  assert.equal((await database.read.select().from(experts))[0]!.answerCount, 0)

  await restore(author)
  assert.match((await get(path)).body, /Neither heals.*"answerCount":1|"answerCount":1.*Neither heals/s)
  assert.match(textOf(await get(path)), /Withdrawn.*Cold comes first.*Restored.*It was right after all/)
  assert.equal((await database.read.select().from(experts))[0]!.answerCount, 1)
})

test('everybody who was sent it is told, without a word on anybody’s health', async (t) => {
  const { database, asker, author, withdraw, restore } = await buildThread(t)
  const [grateful, stranger] = [await signedIn(database, 'member', 'Gus'), await signedIn(database, 'member', 'Sue')]
  await database.write((db) => db.insert(answerRecipients).values({ answerId: 1, accountId: grateful.account.id }))
  await withdraw(author)
  await restore(author)

  const mails = await database.read.select().from(outbox).orderBy(outbox.id)
  assert.deepEqual(
    mails.map(({ accountId, subject }) => [accountId, subject]),
    [asker, grateful]
      .map(({ account }) => [account.id, 'An answer you were sent has been taken back'])
      .concat([asker, grateful].map(({ account }) => [account.id, 'An answer you were sent stands again'])),
  )
  for (const { text } of mails) assert.doesNotMatch(text, /heat|cold|injury/i)
  assert.ok(mails.every(({ accountId }) => accountId !== stranger.account.id))
})

test('what it said is behind a link, marked, and not for search engines', async (t) => {
  const { author, withdraw, edit, get } = await buildThread(t)
  assert.equal((await get('/answers/1/withdrawn-text')).statusCode, 404)
  await withdraw(author)
  await edit(author, { body: 'Cold for two days, then whichever eases it.' })

  const page = await get('/answers/1/withdrawn-text')
  assert.match(textOf(page), /taken back: please do not go by it.*Cold comes first.*Neither heals/)
  assert.doesNotMatch(page.body, /two days/)
  assert.match(page.body, /noindex/)
  assert.doesNotMatch((await get(path)).body, /two days/)
  assert.equal((await get('/answers/1/revisions')).statusCode, 410)
  assert.equal((await get('/answers/1/revisions', author.cookie)).statusCode, 200)
})

test('staff withdraw without their names in public, and that is written down', async (t) => {
  const { database, author, moderator, withdraw, restore, get } = await buildThread(t)
  await withdraw(moderator)
  const page = textOf(await get(path))
  assert.match(page, /Our staff withdrew this answer/)
  assert.doesNotMatch(page, /Mo Moderator/)
  assert.equal((await restore(author)).statusCode, 403)
  assert.equal((await restore(moderator)).statusCode, 303)

  const events = await database.read.select().from(auditEvents).orderBy(auditEvents.id)
  assert.deepEqual(
    events.map(({ action }) => action),
    ['answer-withdrawn', 'answer-restored'],
  )
  assert.match(textOf(await get('/moderation', moderator.cookie)), /Mo Moderator withdrew an answer Is heat better/)
  const mails = await database.read.select().from(outbox)
  assert.ok(mails.some(({ accountId }) => accountId === author.account.id))
})

test('others cannot withdraw or restore, an author whose verification has ended can', async (t) => {
  const { database, asker, author, withdraw, restore } = await buildThread(t)
  const other = await verifiedExpert(database, 'Ugo Bassi')
  for (const someone of [asker, other]) assert.equal((await withdraw(someone)).statusCode, 403)
  await database.write((db) => db.update(experts).set({ verifiedAt: null }))
  assert.equal((await withdraw(author)).statusCode, 303)
  for (const someone of [asker, other]) assert.equal((await restore(someone)).statusCode, 403)
})

test('a withdrawal says why', async (t) => {
  const { author, withdraw, get } = await buildThread(t)
  const reply = await withdraw(author, { reason: 'wrong' })
  assert.equal(reply.statusCode, 422)
  assert.match(reply.body, />\nwrong<\/textarea>/)
  assert.match((await get(path)).body, /Neither heals/)
})

test('nobody withdraws what they have not read', async (t) => {
  const { author, moderator, withdraw, edit, basis, get } = await buildThread(t)
  const seen = await basis()
  await edit(author, { body: `${body} Cold comes first, of course.` })

  const reply = await withdraw(moderator, { basis: seen })
  assert.equal(reply.statusCode, 409)
  assert.match(reply.body, /Please stop the heat/)
  assert.match((await get(path)).body, /of course/)
})

test('a withdrawal while its author corrects it: one of them wins, and only that is told', async (t) => {
  const { database, author, moderator, withdraw, edit } = await buildThread(t)
  const correction = { body: `${body} Cold comes first.`, correction: 'Cold comes first, I had that wrong.' }
  const replies = await Promise.all([withdraw(moderator), edit(author, correction)])

  assert.deepEqual(replies.map(({ statusCode }) => statusCode).sort(), [303, 409])
  const told = await database.read.select().from(recalls)
  const [answer] = await database.read.select().from(answers)
  assert.equal(told.length, 1)
  assert.equal(answer!.recallCount, 1)
  assert.equal(told[0]!.kind, answer!.withdrawnAt ? 'withdrawn' : 'corrected')
})

test('withdrawing and restoring at once, many times over, leaves counts that are true', async (t) => {
  const { database, author, moderator, withdraw, restore } = await buildThread(t)
  await Promise.all([withdraw(author), withdraw(moderator), withdraw(author)])
  assert.equal((await database.read.select().from(experts))[0]!.answerCount, 0)
  await Promise.all([restore(moderator), restore(moderator)])
  assert.equal((await database.read.select().from(experts))[0]!.answerCount, 1)
  assert.equal((await database.read.select().from(answers))[0]!.recallCount, 2)
})

test('hiding what is withdrawn, and showing it again, counts nothing twice', async (t) => {
  const { database, author, moderator, withdraw, get } = await buildThread(t)
  await withdraw(author)
  const concealment = { hiddenById: moderator.account.id, hiddenReason: 'It names somebody.' }
  await database.write(async (db) => hideAnswer(db, (await findAnswer(db, 1))!, concealment))

  assert.equal((await database.read.select().from(experts))[0]!.answerCount, 0)
  assert.doesNotMatch((await get(path)).body, /Cold comes first/)
  assert.equal((await get('/answers/1/withdrawn-text')).statusCode, 410)
})

test('a correction shows what was wrong, and is told like a withdrawal', async (t) => {
  const { database, asker, author, edit, get } = await buildThread(t)
  const correction = 'Cold comes first, I had that wrong.'
  const unchanged = await edit(author, { body, correction })
  assert.equal(unchanged.statusCode, 422)
  await edit(author, { body: `${body} Cold comes first.`, correction })

  const page = await get(path)
  assert.match(textOf(page), /Corrected.*Cold comes first, I had that wrong\. See what changed.*Neither heals/)
  assert.match(page.body, /"answerCount":1/)
  const mails = await database.read.select().from(outbox)
  assert.deepEqual(
    mails.map(({ accountId, subject }) => [accountId, subject]),
    [[asker.account.id, 'An answer you were sent has been corrected']],
  )
  assert.match((await get('/answers/1/revisions')).body, /<ins>/)
})

test('a withdrawal takes one more query, and none takes none', async (t) => {
  const { database, author, withdraw, restore, get } = await buildThread(t)
  await withdraw(author)
  await restore(author)
  await get(path)
  const some = await countQueries(() => get(path))
  await database.write((db) => db.update(answers).set({ recallCount: 0 }))
  assert.equal(await countQueries(() => get(path)), some - 1)
})

type Somebody = { cookie: string }

async function buildThread(t: TestContext) {
  const { app, database } = await build(t)
  const asker = await signedIn(database, 'member', 'Ada')
  const moderator = await signedIn(database, 'moderator', 'Mo Moderator')
  const author = await verifiedExpert(database)
  const { id } = await askSomething(database, { askerId: asker.account.id })
  const answer = await answerSomething(database, id, author.account.id, body)
  await database.write((db) => db.update(answers).set({ expertName: 'Vera Lund' }).where(eq(answers.id, answer.id)))
  const basis = async () => basisOf((await findAnswer(database.read, answer.id))!)
  const post = async (url: string, { cookie }: Somebody, fields: Record<string, string>) =>
    app.inject({ url, ...form({ basis: await basis(), ...fields }, { cookie }) })
  return {
    app,
    database,
    asker,
    moderator,
    author,
    basis,
    get: (url: string, cookie?: string) => app.inject({ url, headers: cookie ? { cookie } : {} }),
    withdraw: (someone: Somebody, fields = {}) =>
      post(`/answers/${answer.id}/withdrawal`, someone, { reason, ...fields }),
    restore: (someone: Somebody) =>
      post(`/answers/${answer.id}/restoration`, someone, { reason: 'It was right after all.' }),
    edit: (someone: Somebody, fields: Record<string, string>) => post(`/answers/${answer.id}/edit`, someone, fields),
  }
}
