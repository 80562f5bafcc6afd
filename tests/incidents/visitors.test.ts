import assert from 'node:assert/strict'
import { test } from 'node:test'
import { eq } from 'drizzle-orm'
import { incidents, questions } from '../../src/database/schema.ts'
import { form, textOf } from '../helper.ts'
import { buildReported } from './fixtures.ts'

const ADDRESS = 'visitor@example.org'

test('somebody who is not signed in can report harm, and the answer is hidden at once', async (t) => {
  const { get, path, visit, moderator, mailsTo, incident } = await buildReported(t)
  const page = await get('/answers/1/incidents/new')
  assert.match(textOf(page), /Could this answer harm somebody\?.*Your e-mail address.*Sign in/)

  const thanks = await visit()
  assert.match(textOf(thanks), /We have hidden the answer.*What comes of it you will see on the page/)
  assert.doesNotMatch((await get(path)).body, /Stop whatever you take/)
  assert.equal((await mailsTo(moderator.account.email)).length, 1)
  const made = await incident()
  assert.deepEqual([made.isByVisitor, made.reporterId, made.reporterEmail], [true, null, null])
  assert.doesNotMatch(made.visitorKey!, /192/)
  assert.match(textOf(await get('/moderation/incidents', moderator)), /By somebody who was not signed in/)
})

test('one visitor hides one answer while that report is open; staff are paged for the others', async (t) => {
  const { database, visit, answerAnother, decide, moderator, mailsTo } = await buildReported(t)
  const [second, third] = [await answerAnother(), await answerAnother()]
  await visit()
  assert.match(textOf(await visit({}, { id: second.id })), /Our staff have been told/)
  assert.equal((await mailsTo(moderator.account.email)).length, 2)

  await decide(moderator, 'dismissed')
  await decide(moderator, 'dismissed', { basis: String(second.createdAt.getTime()) }, 2)
  assert.match(textOf(await visit({}, { id: third.id })), /We have hidden the answer/)
  assert.equal(await database.read.$count(incidents), 3)
})

test('all visitors together hide three answers a day at most', async (t) => {
  const { database, visit, answerAnother } = await buildReported(t)
  const ids: number[] = []
  for (let count = 0; count < 5; count++) ids.push((await answerAnother()).id)
  await Promise.all(ids.map((id, index) => visit({}, { id, from: `198.51.100.${index}` })))
  const rows = await database.read.select().from(incidents)
  assert.deepEqual([rows.length, rows.filter(({ isHiding }) => isHiding).length], [5, 3])

  t.mock.timers.enable({ apis: ['Date'], now: Date.now() + 25 * 3_600_000 })
  const next = await answerAnother()
  assert.match(textOf(await visit({}, { id: next.id, from: '198.51.100.77' })), /We have hidden the answer/)
})

test('the fourth report from one address in a day asks to sign in, and keeps what was typed', async (t) => {
  const { visit, answerAnother } = await buildReported(t)
  for (let count = 0; count < 3; count++) await visit({}, { id: (await answerAnother()).id })
  const refused = await visit()
  assert.equal(refused.statusCode, 429)
  assert.match(textOf(refused), /Please sign in to send it/)
  assert.match(refused.body, /blood thinner/)
})

test('a visitor who confirms their address learns what comes of it, and is forgotten then', async (t) => {
  const { get, visit, decide, moderator, mailsTo, incident, confirm } = await withConfirmation(t)
  assert.match(textOf(await visit({ email: ADDRESS })), /We have mailed you a link/)
  const [asked, ...others] = await mailsTo(ADDRESS)
  assert.deepEqual([asked!.subject, others.length], ['Please confirm your e-mail address', 0])
  assert.doesNotMatch(asked!.text, /blood|heat|Stop/)

  const link = await confirm()
  assert.match(textOf(await get(link)), /This address is mine/)
  assert.equal((await incident()).emailConfirmedAt, null)
  assert.match(textOf(await confirm('press')), /The answer is hidden till we have looked/)
  await decide(moderator, 'upheld')
  const last = (await mailsTo(ADDRESS)).at(-1)!
  assert.match(last.text, /^Hello,.*We agree, and have taken it down/s)
  const decided = await incident()
  assert.deepEqual([decided.reporterEmail, decided.visitorKey], [null, null])
  assert.equal((await get(link)).statusCode, 410)
})

test('nobody is told at an address that was never confirmed', async (t) => {
  const { visit, decide, moderator, mailsTo } = await buildReported(t)
  await visit({ email: ADDRESS })
  await decide(moderator, 'upheld')
  assert.equal((await mailsTo(ADDRESS)).length, 1)
})

test('a report that could not hide the answer does so once its address is confirmed', async (t) => {
  const { get, path, visit, answerAnother, asker, mailsTo, confirm, report, incident } = await withConfirmation(t)
  await visit({}, { id: (await answerAnother()).id })
  assert.match(textOf(await visit({ email: ADDRESS })), /then we can hide the answer before we have looked/)
  assert.match((await get(path)).body, /Stop whatever you take/)

  await Promise.all([confirm('press'), confirm('press')])
  assert.doesNotMatch((await get(path)).body, /Stop whatever you take/)
  assert.equal((await incident()).isHiding, true)
  assert.deepEqual(
    (await mailsTo(asker.account.email)).map(({ subject }) => subject),
    ['An answer you were sent is being checked'],
  )
  assert.match(textOf(await report(asker)), /The answer is hidden already/)
})

test('confirmed or not, a text that was found to be sound is not hidden again', async (t) => {
  const { get, path, visit, decide, moderator, confirm } = await withConfirmation(t)
  await visit()
  await decide(moderator, 'dismissed')
  assert.match(textOf(await visit({ email: ADDRESS })), /Our staff have been told/)
  assert.match(textOf(await confirm('press')), /not hidden by your report/)
  assert.match((await get(path)).body, /Stop whatever you take/)
})

test('a link that nobody of ours made, or that is a week old, leads nowhere', async (t) => {
  const { get, visit, confirm } = await withConfirmation(t)
  await visit({ email: ADDRESS })
  const link = await confirm()
  assert.equal((await get(link.replace('token=1-', 'token=2-'))).statusCode, 410)
  t.mock.timers.enable({ apis: ['Date'], now: Date.now() + 8 * 86_400_000 })
  assert.equal((await get(link)).statusCode, 410)
})

test('an address that is none is said at its field', async (t) => {
  const { visit } = await buildReported(t)
  const reply = await visit({ email: 'nobody' })
  assert.equal(reply.statusCode, 422)
  assert.match(textOf(reply), /Please write an e-mail address/)
})

test('what was asked in confidence no visitor reports', async (t) => {
  const { database, visit, get, question } = await buildReported(t)
  const confided = { audience: 'experts' as const, hiddenAt: new Date() }
  await database.write((db) => db.update(questions).set(confided).where(eq(questions.id, question.id)))
  assert.equal((await get('/answers/1/incidents/new')).statusCode, 404)
  assert.equal((await visit()).statusCode, 404)
  assert.equal(await database.read.$count(incidents), 0)
})

async function withConfirmation(t: Parameters<typeof buildReported>[0]) {
  const forum = await buildReported(t)
  const { app, mailsTo } = forum
  async function confirm(press: 'press'): Promise<Awaited<ReturnType<typeof app.inject>>>
  async function confirm(): Promise<string>
  async function confirm(press?: 'press') {
    const mail = (await mailsTo(ADDRESS)).findLast(({ subject }) => /confirm/.test(subject))!
    const [link, token] = /\/incidents\/confirmation\?token=(\S+)/.exec(mail.text)!
    return press ? app.inject({ url: '/incidents/confirmation', ...form({ token: token! }) }) : link
  }
  return { ...forum, confirm }
}
