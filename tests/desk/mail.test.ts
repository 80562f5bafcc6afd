import assert from 'node:assert/strict'
import { test } from 'node:test'
import { eq } from 'drizzle-orm'
import { experts, outbox } from '../../src/database/schema.ts'
import type { Database } from '../../src/database/types.ts'
import { mailDesks } from '../../src/desk/mail.ts'
import { createTranslator } from '../../src/lib/messages.ts'
import { askSomething, verifiedExpert } from '../fixtures.ts'
import { emptyDatabase } from '../helper.ts'

const site = {
  ...createTranslator('en'),
  siteName: 'Bone Health',
  absolute: (path: string) => `https://example.org${path}`,
  formatDate: String,
}

const at = (day: number, hour: number) => new Date(Date.UTC(2126, 10, day, hour))
const mailsAfter = async (database: Database, now: Date) => {
  await mailDesks(database, site, now)
  return (await database.read.select().from(outbox)).length
}
const setExpert = (database: Database, id: number, values: Partial<typeof experts.$inferInsert>) =>
  database.write((db) => db.update(experts).set(values).where(eq(experts.accountId, id)))

test('once a day an expert hears what waits, with numbers alone and the way to turn it off', async (t) => {
  const database = await emptyDatabase(t)
  await verifiedExpert(database)
  await askSomething(database)
  await askSomething(database)

  assert.equal(await mailsAfter(database, at(22, 4)), 0)
  await Promise.all([mailDesks(database, site, at(22, 5)), mailDesks(database, site, at(22, 5))])
  assert.equal(await mailsAfter(database, at(22, 23)), 1)
  assert.equal(await mailsAfter(database, at(23, 5)), 2)
  const [mail] = await database.read.select().from(outbox)
  assert.equal(mail!.subject, 'What waits on your desk')
  assert.match(mail!.text, /Waiting in your categories: 2/)
  assert.match(mail!.text, /turn it off here: https:\/\/example\.org\/desk\/availability/)
  assert.doesNotMatch(mail!.text, /heat|ice\b|Topic/)
})

test('nobody hears of nothing', async (t) => {
  const database = await emptyDatabase(t)
  await verifiedExpert(database)
  assert.equal(await mailsAfter(database, at(22, 6)), 0)
})

test('neither who is on leave, not verified nor wants no such mail is written to', async (t) => {
  const database = await emptyDatabase(t)
  const { account } = await verifiedExpert(database)
  await askSomething(database)

  await setExpert(database, account.id, { deskMail: false })
  assert.equal(await mailsAfter(database, at(22, 6)), 0)
  await setExpert(database, account.id, { deskMail: true, leaveUntil: at(24, 0) })
  assert.equal(await mailsAfter(database, at(23, 6)), 0)
  await setExpert(database, account.id, { leaveUntil: null, verifiedUntil: at(23, 0) })
  assert.equal(await mailsAfter(database, at(23, 7)), 0)
  await setExpert(database, account.id, { verifiedUntil: null, leaveUntil: at(24, 0) })
  assert.equal(await mailsAfter(database, at(24, 6)), 1)
})
