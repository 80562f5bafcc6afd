import assert from 'node:assert/strict'
import { test } from 'node:test'
import { eq } from 'drizzle-orm'
import { withdrawThread } from '../../src/answers/concealment-queries.ts'
import { listSearchable } from '../../src/answers/queries.ts'
import { config } from '../../src/config.ts'
import { accounts, questionLooks, questions, searchDocuments } from '../../src/database/schema.ts'
import { siteOf } from '../../src/notifications/site.ts'
import { takeAlong } from '../../src/privacy/erasure-queries.ts'
import { eraseWithdrawn } from '../../src/privacy/publishing.ts'
import { findAnyQuestion } from '../../src/questions/queries.ts'
import { buildWithConfidence } from './confiding.ts'

const DAY_MS = 86_400_000

test('whoever leaves takes along what they asked in confidence, whatever becomes of the rest', async (t) => {
  const { database, asker, question, get, path, moderator } = await buildWithConfidence(t)

  await database.write((db) =>
    takeAlong(db, asker.account, { texts: 'anonymous', isNameKept: true }, { now: new Date(), site: siteOf(config) }),
  )
  const left = await findAnyQuestion(database.read, question.id)
  assert.equal(left!.body, '')
  assert.notEqual((await get(path, moderator)).statusCode, 200)
})

test('taken back, nothing is left of it after its time, in public neither', async (t) => {
  const { database, question } = await buildWithConfidence(t)
  await database.write((db) => withdrawThread(db, question, new Date()))

  await eraseWithdrawn(database, new Date(Date.now() + 31 * DAY_MS))
  const left = await findAnyQuestion(database.read, question.id)
  assert.equal(left!.title, 'Withdrawn')
  assert.notEqual(left!.hiddenAt, null)
})

test('the one expert gone, its asker and staff alone can read it', async (t) => {
  const { database, question, get, path, thomas, moderator, asker } = await buildWithConfidence(t, 'expert')
  await database.write((db) => db.update(questions).set({ addresseeId: null }).where(eq(questions.id, question.id)))

  assert.equal((await get(path, thomas)).statusCode, 404)
  assert.match((await get(path, asker)).body, /The expert you asked has left/)
  assert.equal((await get(path, moderator)).statusCode, 200)
})

test('a look stays written down, without a name, when whoever looked is gone', async (t) => {
  const { database, get, path, thomas, asker } = await buildWithConfidence(t)
  await get(path, thomas)
  await database.write((db) => db.delete(accounts).where(eq(accounts.id, thomas.account.id)))

  assert.equal((await database.read.select().from(questionLooks)).length, 1)
  assert.match((await get(path, asker)).body, /An expert who has left/)
})

test('neither a new index nor a model is given what was asked in confidence', async (t) => {
  const { database } = await buildWithConfidence(t)

  assert.deepEqual(await listSearchable(database.read, 0, 50), [])
  assert.deepEqual(await database.read.select().from(searchDocuments).where(eq(searchDocuments.kind, 'question')), [])
})
