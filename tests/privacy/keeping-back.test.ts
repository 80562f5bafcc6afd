import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { eq } from 'drizzle-orm'
import { watch } from '../../src/asking/watching.ts'
import { tellAddressee } from '../../src/audiences/mails.ts'
import { config } from '../../src/config.ts'
import { categories, outbox, questions } from '../../src/database/schema.ts'
import { siteOf } from '../../src/notifications/site.ts'
import { takeAlong } from '../../src/privacy/erasure-queries.ts'
import { eraseWithdrawn, publishDue } from '../../src/privacy/publishing.ts'
import { questionPath } from '../../src/questions/views.ts'
import { buildWithConfidence } from '../audiences/confiding.ts'
import { askSomething } from '../fixtures.ts'
import { textOf } from '../helper.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const site = siteOf(config)

test('held while its asker slept on it, it is published by nobody but a moderator', async (t) => {
  const { publishAt, path, question, get, post, asker, moderator, member, hold, due } = await buildWithStanding(
    t,
    inAnHour(),
  )
  await hold()

  await due(publishAt)
  assert.equal((await get(path, moderator)).statusCode, 200)
  assert.match(textOf(await get(path, asker)), /A moderator reads your question before anybody else/)
  assert.equal((await post(`/questions/${question.id}/publication`, asker)).statusCode, 403)
  assert.equal((await get(path, member)).statusCode, 404)
  assert.equal((await get(path)).statusCode, 404)
})

test('released within that time it is its asker’s alone again, and published when they wished', async (t) => {
  const { publishAt, path, pathNow, get, moderator, asker, hold, decide, due, find, mailsTo } = await buildWithStanding(
    t,
    inAnHour(),
  )
  await hold()

  assert.equal((await decide('publish')).statusCode, 303)
  assert.equal((await get(path, moderator)).statusCode, 404)
  assert.match(textOf(await get(path, asker)), /Only you and our moderators can see this question/)
  assert.match((await mailsTo(asker)).at(-1)!.text, /till the time you chose/)
  const events = textOf(await get('/moderation', moderator))
  assert.match(events, /published a question that was held A question that is not published yet/)
  const at = await due(publishAt)
  assert.equal((await get(await pathNow())).statusCode, 200)
  assert.deepEqual((await find()).createdAt, at)
})

test('released later it is published there and then, and counts from then', async (t) => {
  const { publishAt, pathNow, get, hold, decide, find, database, spine } = await buildWithStanding(t, inAnHour())
  await hold()
  t.mock.timers.enable({ apis: ['Date'], now: publishAt!.getTime() + 5 * HOUR_MS })

  await decide('publish')
  assert.equal((await get(await pathNow())).statusCode, 200)
  const { createdAt, waitsFrom, publishAt: left } = await find()
  assert.deepEqual([createdAt, waitsFrom, left], [new Date(), new Date(), null])
  const [category] = await database.read.select().from(categories).where(eq(categories.id, spine.id))
  assert.equal(category!.questionCount, 1)
})

test('what had been public before it was held keeps its date', async (t) => {
  const { path, get, hold, decide, find, question, database, spine } = await buildWithStanding(t)
  await hold()
  assert.equal((await get(path)).statusCode, 410)
  t.mock.timers.enable({ apis: ['Date'], now: Date.now() + DAY_MS })

  await decide('publish')
  assert.deepEqual((await find()).createdAt, question.createdAt)
  assert.equal((await get(path)).statusCode, 200)
  const [category] = await database.read.select().from(categories).where(eq(categories.id, spine.id))
  assert.equal(category!.questionCount, 1)
})

test('not published by a moderator, it is not published by time or by its asker either', async (t) => {
  const { publishAt, path, get, post, asker, moderator, hold, decide, due, question } = await buildWithStanding(
    t,
    inAnHour(),
  )
  await hold()
  await decide('keep', 'Please speak to your doctor first.')

  await due(publishAt)
  assert.equal((await post(`/questions/${question.id}/publication`, asker)).statusCode, 403)
  assert.equal((await get(path)).statusCode, 404)
  assert.match(textOf(await get(path, asker)), /Please speak to your doctor first/)
  assert.match(textOf(await get('/moderation', moderator)), /Is heat better than ice/)
})

test('shown after all, it counts from then, once', async (t) => {
  const { publishAt, pathNow, get, post, moderator, hold, decide, question, find } = await buildWithStanding(
    t,
    inAnHour(),
  )
  await hold()
  await decide('keep', 'Please speak to your doctor first.')
  t.mock.timers.enable({ apis: ['Date'], now: publishAt!.getTime() + HOUR_MS })

  await post(`/questions/${question.id}/concealment?_method=DELETE`, moderator)
  assert.equal((await get(await pathNow())).statusCode, 200)
  assert.deepEqual((await find()).createdAt, new Date())
})

test('taken back while it was held, nobody is told that there was one, and no moderator publishes it', async (t) => {
  const { publishAt, path, question, get, post, asker, moderator, hold, decide, due, find, database } =
    await buildWithStanding(t, inAnHour())
  await hold()
  const taken = await post(`/questions/${question.id}/withdrawal`, asker)
  assert.equal(taken.headers.location, '/account/questions')
  assert.match(textOf(await get('/account/questions', asker)), /Taken back/)

  assert.doesNotMatch(textOf(await get(`/moderation/safety/${(await find()).id}`, moderator)), /Do not publish it/)
  await decide('publish')
  await due(publishAt)
  assert.equal((await get(path)).statusCode, 404)
  assert.doesNotMatch((await get('/questions.atom')).body, /deleted-entry/)
  await eraseWithdrawn(database, new Date(Date.now() + 31 * DAY_MS))
  await due(new Date(Date.now() + 32 * DAY_MS))
  assert.equal((await get(path)).statusCode, 404)
  assert.equal((await find()).body, '')
})

test('whoever leaves takes along what was never published, held or not', async (t) => {
  const { asker, hold, find, database } = await buildWithStanding(t, inAnHour())
  await hold()

  const farewell = { texts: 'anonymous', isNameKept: true } as const
  await database.write((db) => takeAlong(db, asker.account, farewell, { now: new Date(), site }))
  assert.deepEqual([(await find()).body, (await find()).title], ['', 'Withdrawn'])
})

test('the link is not cut from what was never published, but from what is taken back', async (t) => {
  const { asker, hold, post, question, find } = await buildWithStanding(t, inAnHour())
  await hold()

  assert.equal((await post(`/questions/${question.id}/anonymity`, asker)).statusCode, 409)
  await post(`/questions/${question.id}/withdrawal`, asker)
  assert.equal((await post(`/questions/${question.id}/anonymity`, asker)).statusCode, 303)
  assert.equal((await find()).askerId, null)
})

test('what may be urgent in what somebody sleeps on staff read in its own list alone, and are told once', async (t) => {
  const { publishAt, get, post, moderator, question, database, due, mailsTo } = await buildWithStanding(t, inAnHour())
  const found = [{ flag: 'cauda-equina', severity: 'emergency' as const, pattern: '', places: [] }]
  await database.write((db) => watch(db, site, { question, found, now: new Date() }))

  for (const address of [
    `/questions/${question.id}`,
    `/questions/${question.id}/concealment`,
    `/questions/${question.id}/edit`,
    `/questions/${question.id}/revisions`,
  ])
    assert.equal((await get(address, moderator)).statusCode, 404, address)
  await post(`/questions/${question.id}/concealment`, moderator, { reason: 'It names somebody else.' })
  for (const list of ['/moderation', '/moderation/safety'])
    assert.doesNotMatch((await get(list, moderator)).body, /heat better/, list)
  assert.match(textOf(await get('/moderation/safety', moderator)), /A question that is not published yet/)
  await due(publishAt)
  assert.equal((await mailsTo(moderator)).length, 1)
  assert.match((await get('/moderation/safety', moderator)).body, /heat better/)
})

test('asked in confidence, slept on and held: released it sleeps on, and its expert is told once it is theirs', async (t) => {
  const { publishAt, path, pathNow, get, vera, member, hold, decide, due, mailsTo } = await buildWithStanding(
    t,
    inAnHour(),
    'expert',
  )
  await hold()
  await decide('publish')
  assert.equal((await get(path, vera)).statusCode, 404)
  assert.deepEqual(await mailsTo(vera), [])

  await due(publishAt)
  assert.equal((await get(await pathNow(), vera)).statusCode, 200)
  assert.equal((await mailsTo(vera)).length, 1)
  assert.equal((await get(await pathNow(), member)).statusCode, 404)
})

test('asked in confidence and held after an edit: its experts wait, and are not told a second time', async (t) => {
  const { path, get, vera, hold, decide, find, question, mailsTo } = await buildWithStanding(t, undefined, 'expert')
  await hold()
  assert.equal((await get(path, vera)).statusCode, 404)

  await decide('publish')
  assert.equal((await get(path, vera)).statusCode, 200)
  assert.deepEqual(await mailsTo(vera), [])
  assert.deepEqual((await find()).createdAt, question.createdAt)
})

test('neither slept on, held, hidden nor taken back can it be opened to all', async (t) => {
  const { publishAt, post, asker, moderator, hold, decide, due, find } = await buildWithStanding(
    t,
    inAnHour(),
    'experts',
  )
  const open = async () => (await post(`/questions/${(await find()).id}/publication`, asker, { basis: '1' })).statusCode
  await hold()
  assert.equal(await open(), 403)
  await decide('publish')
  await due(publishAt)
  await post(`/questions/${(await find()).id}/concealment`, moderator, { reason: 'It names somebody else.' })
  assert.equal(await open(), 403)
  await post(`/questions/${(await find()).id}/withdrawal`, asker)
  assert.equal(await open(), 403)
})

test('hidden, then taken back: staff cannot show it again, and no feed tells of what was asked in confidence', async (t) => {
  const { path, get, post, asker, moderator, vera, question } = await buildWithStanding(t, undefined, 'experts')
  const address = `/questions/${question.id}/concealment`
  await post(address, moderator, { reason: 'It names somebody else.' })
  await post(`/questions/${question.id}/withdrawal`, asker)

  await post(`${address}?_method=DELETE`, moderator)
  assert.equal((await get(path, vera)).statusCode, 404)
  assert.doesNotMatch((await get('/questions.atom')).body, /deleted-entry/)
})

const inAnHour = () => new Date(Date.now() + HOUR_MS)

/** A question its asker sleeps on, or one that is published; with what may become of it. */
async function buildWithStanding(t: TestContext, publishAt?: Date, audience?: 'experts' | 'expert') {
  const built = await buildWithConfidence(t)
  const { database, spine, vera, asker, moderator, post } = built
  await database.write((db) => db.delete(questions))
  const addresseeId = audience === 'expert' ? vera.account.id : undefined
  const asked = { askerId: asker.account.id, categoryId: spine.id, audience, addresseeId, publishAt }
  const question = await askSomething(database, asked)
  const find = async () => (await database.read.select().from(questions))[0]!
  /** It has another number once it is published. */
  const pathNow = async () => questionPath(await find())
  const crisis = [{ flag: 'suicidal-thoughts', severity: 'crisis' as const, pattern: '', places: [] }]
  const hold = async () => {
    const current = await find()
    await database.write((db) => watch(db, site, { question: current, found: crisis, now: new Date() }))
  }
  const decide = (outcome: 'publish' | 'keep', reason = '') =>
    post(`/moderation/safety/${question.id}`, moderator, { outcome, reason })
  const due = async (at = new Date()) => {
    const now = new Date(at.getTime() + 1)
    await publishDue(database, now, (db, id) => tellAddressee(db, site, id))
    return now
  }
  const mailsTo = ({ account }: { account: { id: number } }) =>
    database.read.select().from(outbox).where(eq(outbox.accountId, account.id))
  const path = questionPath(question)
  return { ...built, question, publishAt, path, pathNow, find, hold, decide, due, mailsTo }
}
