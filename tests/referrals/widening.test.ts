import assert from 'node:assert/strict'
import { test } from 'node:test'
import { and, eq } from 'drizzle-orm'
import { createCategory } from '../../src/categories/tree-queries.ts'
import { accounts, categoryWaits, experts, outbox, questionRoutings, questions } from '../../src/database/schema.ts'
import type { Database } from '../../src/database/types.ts'
import { widenWaiting } from '../../src/referrals/widening.ts'
import { askSomething, plantCategory, verifiedExpert } from '../fixtures.ts'
import { build, form, signedIn, textOf } from '../helper.ts'
import { professional } from './professionals.ts'

const HOUR_MS = 3_600_000
const now = new Date()
const inHours = (hours: number) => new Date(now.getTime() + hours * HOUR_MS)

const site = {
  t: (text: string) => text,
  siteName: 'Bone Health',
  absolute: (path: string) => `https://example.org${path}`,
  formatDate: String,
}

const widen = (database: Database, at: Date) => widenWaiting(database, site, at)
const namesOf = async (database: Database, id: number) => {
  const rows = await database.read
    .select({ handle: experts.handle })
    .from(questionRoutings)
    .innerJoin(experts, eq(experts.accountId, questionRoutings.expertId))
    .where(and(eq(questionRoutings.questionId, id), eq(questionRoutings.reason, 'waited')))
  return rows.map(({ handle }) => handle.replace(/-\d+$/, '')).sort()
}

/** Spine with disc below it, and skin; a question about a disc, asked now. */
async function plant(database: Database) {
  const [spine, skin] = [await plantCategory(database, 'Spine'), await plantCategory(database, 'Skin')]
  const disc = await database.write((db) =>
    createCategory(db, { parentId: spine.id, slug: 'disc', name: 'Disc', description: '' }),
  )
  const asker = await signedIn(database)
  const question = await askSomething(database, { categoryId: disc.id, askerId: asker.account.id, createdAt: now })
  return { spine, skin, disc, asker, question }
}

test('a question that has waited for two days is put before further experts, once, and they are told by mail', async (t) => {
  const { app, database } = await build(t)
  const { spine, skin, disc, question } = await plant(database)
  await professional(database, 'Chose it', { scope: [spine.id], accepted: [disc.id] })
  const elsewhere = await professional(database, 'Elsewhere', { scope: [spine.id, skin.id], accepted: [skin.id] })
  await professional(database, 'Above', { scope: [spine.id], accepted: [spine.id] })
  await professional(database, 'Other field', { scope: [skin.id], accepted: [] })

  await widen(database, inHours(47))
  assert.deepEqual(await namesOf(database, question.id), [])
  await Promise.all([widen(database, inHours(49)), widen(database, inHours(49))])
  await widen(database, inHours(60))
  assert.deepEqual(await namesOf(database, question.id), ['above', 'elsewhere'])
  const mails = await database.read.select().from(outbox)
  assert.equal(mails.length, 2)
  for (const { subject, text } of mails) assert.doesNotMatch(`${subject} ${text}`, /heat|ice\b|disc|spine/i)

  const desk = await app.inject({ url: '/desk', headers: { cookie: elsewhere.cookie } })
  assert.match(textOf(desk), /Put before you Is heat better than ice\? It has waited long/)
  const path = `/questions/${question.id}/${question.slug}`
  const page = await app.inject({ url: path, headers: { cookie: elsewhere.cookie } })
  assert.match(textOf(page), /Take this question/)
})

test('who is on leave, has no room, asked it, passed it on or declined it is left out', async (t) => {
  const { app, database } = await build(t)
  const { spine, disc } = await plant(database)
  const scope = { scope: [spine.id], accepted: [spine.id] }
  const asking = await professional(database, 'Asking', scope)
  const declining = await professional(database, 'Declining', scope)
  await professional(database, 'Away', { ...scope, leaveUntil: inHours(100) })
  await professional(database, 'Full', { ...scope, capacity: 0 })
  await professional(database, 'Lapsed', { ...scope, verifiedUntil: inHours(1) })
  await professional(database, 'Back again', { ...scope, leaveUntil: inHours(48) })
  const { id } = await askSomething(database, { categoryId: disc.id, askerId: asking.account.id, createdAt: now })
  const reason = 'I have never treated this.'
  await app.inject({ url: `/questions/${id}/decline`, ...form({ reason }, { cookie: declining.cookie }) })

  await widen(database, inHours(49))
  assert.deepEqual(await namesOf(database, id), ['back-again'])
})

test('where waiting is usual, it takes twice as long', async (t) => {
  const { database } = await build(t)
  const { spine, disc, question } = await plant(database)
  await professional(database, 'Above', { scope: [spine.id], accepted: [] })
  const wait = { categoryId: disc.id, medianSeconds: 3 * 86_400, computedAt: now }
  await database.write((db) => db.insert(categoryWaits).values(wait))

  await widen(database, inHours(6 * 24 - 1))
  assert.deepEqual(await namesOf(database, question.id), [])
  await widen(database, inHours(6 * 24 + 1))
  assert.deepEqual(await namesOf(database, question.id), ['above'])
})

test('neither what waits for its asker nor what is being answered, closed or hidden is put before anybody', async (t) => {
  const { database } = await build(t)
  const { spine, disc, question } = await plant(database)
  const { account } = await professional(database, 'Above', { scope: [spine.id], accepted: [] })
  const values = [
    { clarifyingSince: now },
    { claimedById: account.id, claimedUntil: inHours(50) },
    { status: 'closed' as const },
    { hiddenAt: now },
  ]
  for (const value of values) {
    const { id } = await askSomething(database, { categoryId: disc.id, createdAt: now })
    await database.write((db) => db.update(questions).set(value).where(eq(questions.id, id)))
  }

  await widen(database, inHours(49))
  const routed = await database.read.select().from(questionRoutings)
  assert.deepEqual(
    routed.map(({ questionId }) => questionId),
    [question.id],
  )
})

test('nobody is flooded: one letter for all of a round, and no more than ten questions', async (t) => {
  const { database } = await build(t)
  const { spine, disc } = await plant(database)
  await professional(database, 'Above', { scope: [spine.id], accepted: [] })
  for (let more = 0; more < 14; more += 1) await askSomething(database, { categoryId: disc.id, createdAt: now })

  await widen(database, inHours(49))
  assert.equal((await database.read.select().from(questionRoutings)).length, 10)
  assert.equal((await database.read.select().from(outbox)).length, 1)
})

test('the page of what has waited long, and its asker’s list, say so', async (t) => {
  const { app, database } = await build(t)
  const { asker, question } = await plant(database)
  await widen(database, inHours(49))

  const page = await app.inject({ url: `/questions/${question.id}/${question.slug}` })
  assert.match(textOf(page), /waited longer than most\. We have put it before more experts\./)
  const mine = await app.inject({ url: '/account/questions', headers: { cookie: asker.cookie } })
  assert.match(textOf(mine), /waited longer than most.*Questions about Disc/)
})

test('those of an example are put before it, and not mailed', async (t) => {
  const { database } = await build(t)
  await plant(database)
  const { account } = await verifiedExpert(database)
  await database.write((db) => db.update(accounts).set({ isExample: true }).where(eq(accounts.id, account.id)))
  await widen(database, inHours(49))
  assert.equal((await database.read.select().from(questionRoutings)).length, 1)
  assert.equal((await database.read.select().from(outbox)).length, 0)
})
