import assert from 'node:assert/strict'
import { test } from 'node:test'
import { asc } from 'drizzle-orm'
import { drafts, outbox, sessions } from '../src/database/schema.ts'
import { saveDraft } from '../src/drafts/queries.ts'
import { queueMail } from '../src/notifications/queries.ts'
import { tidy } from '../src/upkeep.ts'
import { emptyDatabase, signedIn } from './helper.ts'

const DAY_MS = 86_400_000
const inDays = (days: number) => new Date(Date.now() + days * DAY_MS)
const mail = { recipient: 'ada@example.org', subject: 'Your question has an answer', text: 'It said: rest.' }

test('mail that could not be sent for three days is given up', async (t) => {
  const database = await emptyDatabase(t)
  await database.write((db) => queueMail(db, mail))

  await tidy(database, inDays(2))
  assert.notEqual((await database.read.select().from(outbox))[0]!.nextAttemptAt, null)
  await tidy(database, inDays(4))
  const [given] = await database.read.select().from(outbox)
  assert.equal(given!.nextAttemptAt, null)
  assert.equal(given!.lastError, 'It could not be sent in time.')
})

test('after thirty days nobody can read what was mailed, or to whom', async (t) => {
  const database = await emptyDatabase(t)
  await database.write(async (db) => {
    await queueMail(db, mail)
    await db.insert(outbox).values({ ...mail, createdAt: inDays(10) })
  })

  await tidy(database, inDays(31))
  const [old, recent] = await database.read.select().from(outbox).orderBy(asc(outbox.id))
  assert.deepEqual([old!.text, old!.recipient], ['', ''])
  assert.deepEqual([recent!.text, recent!.recipient], [mail.text, mail.recipient])
})

test('drafts, sessions and links that have had their time go', async (t) => {
  const database = await emptyDatabase(t)
  await signedIn(database)
  await database.write((db) => saveDraft(db, { key: 'abc', fields: { title: 'My knee' } }))

  await tidy(database)
  assert.equal((await database.read.select().from(drafts)).length, 1)
  assert.equal((await database.read.select().from(sessions)).length, 1)
  await tidy(database, inDays(365))
  assert.equal((await database.read.select().from(drafts)).length, 0)
  assert.equal((await database.read.select().from(sessions)).length, 0)
})
