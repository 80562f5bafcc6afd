import assert from 'node:assert/strict'
import { test } from 'node:test'
import { config } from '../../src/config.ts'
import { answers, incidents, outbox } from '../../src/database/schema.ts'
import type { Database } from '../../src/database/types.ts'
import { remindOfIncidents } from '../../src/incidents/reminders.ts'
import { siteOf } from '../../src/notifications/site.ts'
import { answerSomething, askSomething, newKey, verifiedExpert } from '../fixtures.ts'
import { build, form, signedIn, textOf } from '../helper.ts'

const HARM = 'It tells people to stop their blood thinner without asking a doctor.'
const ADVICE = 'Stop whatever you take for a week and see how it goes.'
const HOUR_MS = 3_600_000

async function answered(database: Database) {
  const question = await askSomething(database)
  const expert = await verifiedExpert(database)
  const answer = await answerSomething(database, question.id, expert.account.id, ADVICE)
  return { question, expert, answer, path: `/questions/${question.id}/${question.slug}` }
}

const report = (id: number, cookie: string, fields: Record<string, string> = {}) => ({
  url: `/answers/${id}/incidents`,
  ...form({ body: HARM, key: newKey(), ...fields }, { cookie }),
})

const decide = (id: number, cookie: string, outcome: string) => ({
  url: `/moderation/incidents/${id}/outcome`,
  ...form({ outcome, explanation: 'We have asked two of our doctors.' }, { cookie }),
})

const mailsTo = async ({ read }: Database, recipient: string) =>
  (await read.select().from(outbox)).filter((mail) => mail.recipient === recipient)

test('an answer that is reported is hidden at once, and staff and its expert hear of it', async (t) => {
  const { app, database } = await build(t)
  const { answer, expert, path } = await answered(database)
  const { account: moderator } = await signedIn(database, 'moderator')
  const { cookie, account } = await signedIn(database)

  const thanks = await app.inject(report(answer.id, cookie))
  assert.match(textOf(thanks), /We have hidden the answer/)
  assert.doesNotMatch((await app.inject(path)).body, /Stop whatever you take/)
  assert.match((await mailsTo(database, moderator.email))[0]!.text, /hidden till one of you has looked/)
  const [told] = await mailsTo(database, expert.account.email)
  assert.match(told!.text, /may do harm/)
  assert.doesNotMatch(told!.text, new RegExp(account.name))
  assert.doesNotMatch((await database.read.select().from(outbox)).map(({ subject }) => subject).join(), /heat|ice/)
})

test('what is found to be sound is shown again, and the reporter is told why', async (t) => {
  const { app, database } = await build(t)
  const { answer, path } = await answered(database)
  const moderator = await signedIn(database, 'moderator')
  const { cookie, account } = await signedIn(database)
  await app.inject(report(answer.id, cookie))
  const [incident] = await database.read.select().from(incidents)

  assert.equal((await app.inject(decide(incident!.id, moderator.cookie, 'dismissed'))).statusCode, 303)
  assert.match((await app.inject(path)).body, /Stop whatever you take/)
  assert.match((await mailsTo(database, account.email)).at(-1)!.text, /We have asked two of our doctors/)
  const register = textOf(await app.inject({ url: '/moderation/incidents', headers: { cookie: moderator.cookie } }))
  assert.match(register, /Found to be sound/)
})

test('what may do harm stays down, and its place in the register stays when the question goes', async (t) => {
  const { app, database } = await build(t)
  const { answer, path } = await answered(database)
  const moderator = await signedIn(database, 'moderator')
  const { cookie } = await signedIn(database)
  await app.inject(report(answer.id, cookie))
  const [incident] = await database.read.select().from(incidents)

  await app.inject(decide(incident!.id, moderator.cookie, 'upheld'))
  assert.doesNotMatch((await app.inject(path)).body, /Stop whatever you take/)
  await database.write((db) => db.delete(answers))
  const page = await app.inject({ url: `/moderation/incidents/${incident!.id}`, headers: { cookie: moderator.cookie } })
  assert.match(textOf(page), /It is no longer here/)
  assert.match(textOf(page), /blood thinner/)
})

test('two of the staff who decide at once make one decision', async (t) => {
  const { app, database } = await build(t)
  const { answer } = await answered(database)
  const [one, two] = [await signedIn(database, 'moderator'), await signedIn(database, 'administrator')]
  await app.inject(report(answer.id, (await signedIn(database)).cookie))
  const [incident] = await database.read.select().from(incidents)

  const replies = await Promise.all([
    app.inject(decide(incident!.id, one.cookie, 'dismissed')),
    app.inject(decide(incident!.id, two.cookie, 'upheld')),
  ])
  assert.deepEqual(replies.map(({ statusCode }) => statusCode).sort(), [303, 409])
})

test('the same form sent twice makes one report', async (t) => {
  const { app, database } = await build(t)
  const { answer } = await answered(database)
  const { cookie } = await signedIn(database)
  const post = report(answer.id, cookie)
  await Promise.all([app.inject(post), app.inject(post)])
  assert.equal((await database.read.select().from(incidents)).length, 1)
})

test('nobody empties the forum alone: the fourth report of a day hides nothing till staff have looked', async (t) => {
  const { app, database } = await build(t)
  const { cookie } = await signedIn(database)
  const ids = []
  for (let count = 0; count < 4; count++) ids.push((await answered(database)).answer.id)
  for (const id of ids) await app.inject(report(id, cookie))
  const hiding = (await database.read.select().from(incidents)).filter(({ isHiding }) => isHiding)
  assert.equal(hiding.length, 3)
})

test('a text that staff found to be sound is not hidden by the next report of it', async (t) => {
  const { app, database } = await build(t)
  const { answer, path } = await answered(database)
  const moderator = await signedIn(database, 'moderator')
  await app.inject(report(answer.id, (await signedIn(database)).cookie))
  await app.inject(decide((await database.read.select().from(incidents))[0]!.id, moderator.cookie, 'dismissed'))
  const again = await app.inject(report(answer.id, (await signedIn(database)).cookie))
  assert.match(textOf(again), /Our staff have been told/)
  assert.match((await app.inject(path)).body, /Stop whatever you take/)
})

test('staff hear once when the 24 hours are over', async (t) => {
  const { app, database } = await build(t)
  const { answer } = await answered(database)
  const { account } = await signedIn(database, 'moderator')
  await app.inject(report(answer.id, (await signedIn(database)).cookie))
  const site = siteOf(config)
  const later = (hours: number) => new Date(Date.now() + hours * HOUR_MS)

  await remindOfIncidents(database, site, later(23))
  assert.equal((await mailsTo(database, account.email)).length, 1)
  await Promise.all([remindOfIncidents(database, site, later(25)), remindOfIncidents(database, site, later(25))])
  assert.equal((await mailsTo(database, account.email)).length, 2)
})

test('experts do not report themselves, and members do not see the register', async (t) => {
  const { app, database } = await build(t)
  const { answer, expert } = await answered(database)
  assert.equal((await app.inject(report(answer.id, expert.cookie))).statusCode, 403)
  const { cookie } = await signedIn(database)
  for (const url of ['/moderation/incidents', '/moderation/incidents/1'])
    assert.equal((await app.inject({ url, headers: { cookie } })).statusCode, 403)
})

test('a report too short is shown again, and one whose session ran out is kept', async (t) => {
  const { app, database } = await build(t)
  const { answer } = await answered(database)
  const { cookie } = await signedIn(database)
  const short = await app.inject(report(answer.id, cookie, { body: 'Bad' }))
  assert.equal(short.statusCode, 422)
  assert.match(short.body, /Bad<\/textarea>/)

  const kept = await app.inject(report(answer.id, ''))
  const next = new URL(String(kept.headers.location), 'http://x').searchParams.get('next')!
  assert.match((await app.inject({ url: next, headers: { cookie } })).body, /blood thinner/)
})
