import assert from 'node:assert/strict'
import { test } from 'node:test'
import { eq } from 'drizzle-orm'
import { accounts, experts } from '../../src/database/schema.ts'
import { answerSomething, askSomething, verifiedExpert } from '../fixtures.ts'
import { build } from '../helper.ts'

test('an expert’s page tells who they are and what they answered', async (t) => {
  const { app, database } = await build(t)
  const { account, handle } = await verifiedExpert(database)
  const { id } = await askSomething(database)
  await answerSomething(database, id, account.id, 'Whichever eases it, I should say.')

  const page = await app.inject(`/experts/${handle}`)
  assert.match(page.body, /Physiotherapist, MSc, MCSP/)
  assert.match(page.body, /Is heat better than ice/)
  assert.match(page.body, /ProfilePage/)
  assert.match((await app.inject('/experts')).body, /Vera Lund/)
})

test('a made-up expert is marked as one and kept from search engines', async (t) => {
  const { app, database } = await build(t)
  const { account, handle } = await verifiedExpert(database)
  await database.write((db) => db.update(accounts).set({ isExample: true }).where(eq(accounts.id, account.id)))

  const page = await app.inject(`/experts/${handle}`)
  assert.match(page.body, /This person is made up/)
  assert.match(page.body, /noindex/)
  assert.doesNotMatch(page.body, /ProfilePage/)
})

test('an expert who is not verified is in no list', async (t) => {
  const { app, database } = await build(t)
  await verifiedExpert(database)
  await database.write((db) => db.update(experts).set({ verifiedAt: null }))

  assert.doesNotMatch((await app.inject('/experts')).body, /Vera Lund/)
})

test('an expert nobody knows is not found', async (t) => {
  const { app } = await build(t)
  assert.equal((await app.inject('/experts/nobody')).statusCode, 404)
})
