import assert from 'node:assert/strict'
import { test } from 'node:test'
import { eq } from 'drizzle-orm'
import { incidents, sessions } from '../../src/database/schema.ts'
import { newKey } from '../fixtures.ts'
import { form, signedIn, textOf } from '../helper.ts'
import { buildReported } from './fixtures.ts'

test('an answer that is reported is hidden at once, and staff and its expert hear of it', async (t) => {
  const { get, path, report, member, moderator, expert, mailsTo, subjects } = await buildReported(t)

  assert.match(textOf(await report(member)), /We have hidden the answer/)
  assert.doesNotMatch((await get(path)).body, /Stop whatever you take/)
  assert.match((await mailsTo(moderator.account.email))[0]!.text, /hidden till one of you has looked/)
  const [told] = await mailsTo(expert.account.email)
  assert.match(told!.text, /may do harm/)
  assert.doesNotMatch(told!.text, /Otto/)
  assert.doesNotMatch(await subjects(), /heat|ice\b|harm.*heat/)
})

test('whoever asked and everybody who was sent it are told not to go by it meanwhile, without health text', async (t) => {
  const { report, member, asker, grateful, mailsTo } = await buildReported(t)
  await report(member)

  for (const { account } of [asker, grateful]) {
    const mails = await mailsTo(account.email)
    assert.deepEqual(
      mails.map(({ subject }) => subject),
      ['An answer you were sent is being checked'],
    )
    assert.match(mails[0]!.text, /Please do not go by it till then/)
    assert.doesNotMatch(mails[0]!.text, /blood|heat|Otto/)
  }
})

test('an asker who reports it themselves is not mailed what they know', async (t) => {
  const { report, asker, mailsTo } = await buildReported(t)
  await report(asker)
  assert.deepEqual(await mailsTo(asker.account.email), [])
})

test('those on call are paged, and all where the one on call wrote or reported it', async (t) => {
  const { app, database, report, member, moderator, mailsTo } = await buildReported(t)
  const other = await signedIn(database, 'moderator', 'Other')
  const { cookie } = moderator
  await app.inject({ url: '/moderation/safety/on-call', ...form({ isOnCall: 'true' }, { cookie }) })

  await report(member)
  assert.deepEqual(
    [await mailsTo(moderator.account.email), await mailsTo(other.account.email)].map(({ length }) => length),
    [1, 0],
  )
  await report(moderator)
  assert.equal((await mailsTo(other.account.email)).length, 1)
})

test('the same form sent twice makes one report', async (t) => {
  const { database, report, member } = await buildReported(t)
  const key = newKey()
  await Promise.all([report(member, { key }), report(member, { key })])
  assert.equal(await database.read.$count(incidents), 1)
})

test('nobody empties the forum alone: the fourth report of a day hides nothing till staff have looked', async (t) => {
  const { database, report, member, answerAnother } = await buildReported(t)
  const ids = []
  for (let count = 0; count < 4; count++) ids.push((await answerAnother()).id)
  await Promise.all(ids.map((id) => report(member, {}, id)))
  const hiding = (await database.read.select().from(incidents)).filter(({ isHiding }) => isHiding)
  assert.equal(hiding.length, 3)
})

test('what was taken back already is not reported', async (t) => {
  const { app, get, path, answer, expert, report, member } = await buildReported(t)
  const basis = String(answer.createdAt.getTime())
  const reason = 'It was wrong. Take your tablets again.'
  await app.inject({ url: `/answers/${answer.id}/withdrawal`, ...form({ reason, basis }, { cookie: expert.cookie }) })

  assert.doesNotMatch((await get(path)).body, /Could this do harm/)
  assert.equal((await report(member)).statusCode, 409)
  assert.match(textOf(await get(path)), /withdrew this answer/)
})

test('nobody reports their own answer, and members do not see the register', async (t) => {
  const { report, expert, member, get } = await buildReported(t)
  assert.equal((await report(expert)).statusCode, 403)
  for (const url of ['/moderation/incidents', '/moderation/incidents/1'])
    assert.equal((await get(url, member)).statusCode, 403)
})

test('a report too short is shown again, and one whose session ran out is kept', async (t) => {
  const { database, report, member, get } = await buildReported(t)
  const short = await report(member, { body: 'Bad' })
  assert.equal(short.statusCode, 422)
  assert.match(short.body, /Bad<\/textarea>/)

  const { cookie, account } = await signedIn(database)
  await database.write((db) => db.delete(sessions).where(eq(sessions.accountId, account.id)))
  const kept = await report({ cookie })
  const next = new URL(String(kept.headers.location), 'http://x').searchParams.get('next')!
  assert.match((await get(next, member)).body, /blood thinner/)
})
