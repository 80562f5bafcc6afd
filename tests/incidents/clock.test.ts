import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { config } from '../../src/config.ts'
import { remindOfIncidents } from '../../src/incidents/reminders.ts'
import { siteOf } from '../../src/notifications/site.ts'
import { countQueries } from '../count-queries.ts'
import { signedIn, textOf } from '../helper.ts'
import { buildReported } from './fixtures.ts'

const HOUR_MS = 3_600_000

test('six hours before a harm report is due staff hear again, once', async (t) => {
  const { moderator, told, pass } = await buildWaiting(t)
  await pass(17)
  assert.deepEqual(await told(moderator), ['Urgent: an answer may do harm'])
  await pass(19)
  await pass(20)
  assert.deepEqual((await told(moderator)).slice(1), ['Urgent: a harm report waits for you'])
})

test('once its 24 hours are over moderators and administrators hear, and whoever reported it', async (t) => {
  const { moderator, administrator, member, told, pass } = await buildWaiting(t)
  await pass(25)
  assert.equal((await told(moderator)).at(-1), 'Urgent: a harm report has waited for 24 hours')
  assert.equal((await told(administrator)).at(-1), 'Urgent: a harm report is overdue')
  assert.deepEqual(await told(member), ['Your report takes longer than we said'])
})

test('administrators hear each day until it is decided, others once', async (t) => {
  const { moderator, administrator, member, told, pass, decide } = await buildWaiting(t)
  for (const hours of [25, 26, 40, 50, 51, 75]) await pass(hours)
  const escalations = (await told(administrator)).filter((subject) => /overdue/.test(subject))
  assert.equal(escalations.length, 3)
  assert.equal((await told(moderator)).filter((subject) => /has waited/.test(subject)).length, 1)
  assert.equal((await told(member)).length, 1)

  await decide(moderator, 'dismissed')
  await pass(200)
  assert.equal((await told(administrator)).filter((subject) => /overdue/.test(subject)).length, 3)
})

test('several servers tell it once', async (t) => {
  const { administrator, member, told, pass } = await buildWaiting(t)
  await Promise.all([pass(25), pass(25), pass(25)])
  assert.equal((await told(administrator)).filter((subject) => /overdue/.test(subject)).length, 1)
  assert.equal((await told(member)).length, 1)
})

test('the register and the first page of moderation say what is late', async (t) => {
  const { get, moderator } = await buildWaiting(t)
  assert.match(textOf(await get('/moderation/incidents', moderator)), /23 hours left/)
  assert.match(textOf(await get('/moderation', moderator)), /Incident register 1 report waits for us\./)

  t.mock.timers.enable({ apis: ['Date'], now: Date.now() + 25 * HOUR_MS })
  for (const url of ['/moderation/incidents', '/moderation/incidents/1'])
    assert.match(textOf(await get(url, moderator)), /Its 24 hours are over/)
  assert.match(textOf(await get('/moderation', moderator)), /1 report has waited for more than 24 hours/)
})

test('what was decided late goes down as late', async (t) => {
  const { get, moderator, pass, decide } = await buildWaiting(t)
  await pass(25)
  await decide(moderator, 'dismissed')
  assert.match(textOf(await get('/moderation/incidents', moderator)), /Found to be sound Later than 24 hours/)
})

test('the register takes as many queries for many reports as for one', async (t) => {
  const [few, many] = [await buildWaiting(t), await buildWaiting(t)]
  for (let count = 0; count < 3; count++) {
    const { id } = await many.answerAnother()
    await many.report(await signedIn(many.database), {}, id)
  }
  const counted = ({ get, moderator }: typeof few) => countQueries(() => get('/moderation/incidents', moderator))
  assert.equal(await counted(many), await counted(few))
})

async function buildWaiting(t: TestContext) {
  const forum = await buildReported(t)
  const { database, report, member, mailsTo } = forum
  const administrator = await signedIn(database, 'administrator')
  await report(member)
  const site = siteOf(config)
  return {
    ...forum,
    administrator,
    /** So many hours after it was reported. */
    pass: (hours: number) => remindOfIncidents(database, site, new Date(Date.now() + hours * HOUR_MS)),
    told: async ({ account }: { account: { email: string } }) =>
      (await mailsTo(account.email)).map(({ subject }) => subject),
  }
}
