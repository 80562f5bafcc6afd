import assert from 'node:assert/strict'
import { test } from 'node:test'
import { closeAccount, findAccount } from '../../src/accounts/queries.ts'
import { answerRecipients, answers, thanks } from '../../src/database/schema.ts'
import { countThanksTo } from '../../src/thanks/queries.ts'
import { buildDiscussion } from '../comments/fixtures.ts'
import { countQueries } from '../count-queries.ts'
import { newKey } from '../fixtures.ts'
import { form, signedIn, textOf } from '../helper.ts'

test('anybody signed in thanks once, and takes it back', async (t) => {
  const { get, path, thank, unthank, member, asker } = await buildThanked(t)

  for (const { cookie } of [member, member, asker]) assert.equal((await thank(cookie)).statusCode, 303)
  assert.match(textOf(await get(path)), /2 people say thanks/)
  assert.match(textOf(await get(path, member.cookie)), /Take my thanks back/)
  await unthank(member.cookie)
  await unthank(member.cookie)
  assert.match(textOf(await get(path)), /1 person says thanks/)
})

test('many at once are counted right', async (t) => {
  const { database, thank, unthank, member } = await buildThanked(t)
  const others = await Promise.all([1, 2, 3].map(() => signedIn(database)))
  const cookies = [member, ...others].map(({ cookie }) => cookie)

  await Promise.all([...cookies, ...cookies].map((cookie) => thank(cookie)))
  assert.equal((await database.read.select().from(answers))[0]!.thanksCount, 4)
  await Promise.all([...cookies, ...cookies].map((cookie) => unthank(cookie)))
  assert.equal((await database.read.select().from(answers))[0]!.thanksCount, 0)
})

test('nobody thanks for their own answer; who is not signed in is asked to', async (t) => {
  const { thank, expert, get, path } = await buildThanked(t)
  assert.equal((await thank(expert.cookie)).statusCode, 403)
  assert.doesNotMatch((await get(path, expert.cookie)).body, /Say thanks/)
  assert.match((await thank('')).headers.location!, /^\/sign-in/)
})

test('whoever thanks for an answer that has just been taken back reads that', async (t) => {
  const { database, thank, member } = await buildThanked(t)
  await database.write((db) => db.update(answers).set({ withdrawnAt: new Date() }))
  const reply = await thank(member.cookie)
  assert.equal(reply.statusCode, 409)
  assert.match(textOf(reply), /This answer has been taken back\./)
})

test('the expert learns how often, never who', async (t) => {
  const { database, get, path, thank, member, expert, hide } = await buildThanked(t)
  await thank(member.cookie)

  const page = await get(path, expert.cookie)
  assert.match(textOf(page), /1 person says thanks/)
  assert.doesNotMatch(page.body, /Otto/)
  assert.equal(await countThanksTo(database.read, expert.account.id), 1)
  await hide()
  assert.equal(await countThanksTo(database.read, expert.account.id), 0)
  assert.equal((await thank(member.cookie)).statusCode, 410)
})

test('thanks go with the account they came from', async (t) => {
  const { database, get, path, thank, member, asker } = await buildThanked(t)
  await thank(member.cookie)
  await thank(asker.cookie)
  const account = (await findAccount(database.read, member.account.id))!
  await database.write((db) => closeAccount(db, account))

  assert.match(textOf(await get(path)), /1 person says thanks/)
  assert.equal(await database.read.$count(thanks), 1)
})

test('whoever was mailed an answer or thanked for it is known as having had it', async (t) => {
  const { app, database, id, asker, member, other } = await buildThanked(t)
  const fields = { body: 'Another answer, long enough.', key: newKey() }
  await app.inject({ url: `/questions/${id}/answers`, ...form(fields, { cookie: other.cookie }) })
  await app.inject({ url: '/answers/2/thanks', ...form({}, { cookie: member.cookie }) })

  const recipients = await database.read.select().from(answerRecipients)
  assert.deepEqual(
    recipients.map(({ answerId, accountId }) => [answerId, accountId]).toSorted(),
    [
      [2, asker.account.id],
      [2, member.account.id],
    ].toSorted(),
  )
})

test('the page of a question takes no query for thanks where there are none', async (t) => {
  const { get, path, thank, asker, member } = await buildThanked(t)
  const count = () => countQueries(() => get(path, member.cookie))
  await count()
  const before = await count()
  await thank(asker.cookie)
  assert.equal(await count(), before + 1)
})

async function buildThanked(t: Parameters<typeof buildDiscussion>[0]) {
  const forum = await buildDiscussion(t)
  const answer = await forum.answer()
  const url = `/answers/${answer.id}/thanks`
  const post = (address: string, cookie: string, fields = {}) =>
    forum.app.inject({ url: address, ...form(fields, { cookie }) })
  return {
    ...forum,
    thank: (cookie: string) => post(url, cookie),
    unthank: (cookie: string) => post(`${url}?_method=DELETE`, cookie),
    hide: () => post(`/answers/${answer.id}/concealment`, forum.moderator.cookie, { reason: 'It names somebody.' }),
  }
}
