import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { eq } from 'drizzle-orm'
import { createAccount } from '../../src/accounts/queries.ts'
import { accounts, sessions, verifications } from '../../src/database/schema.ts'
import { waysIn } from '../../src/transfer/examples.ts'
import { loadSeed } from '../../src/transfer/seed.ts'
import { readSeed } from '../../src/transfer/seed-files.ts'
import { emptyDatabase } from '../helper.ts'

const content = { ...readSeed('seed'), questions: [] }

test('a trial offers a way in for an asker, an expert and an administrator', async (t) => {
  const database = await seeded(t)
  const { links, firstAdministratorPath } = await waysIn(database, { isTrial: true })
  assert.deepEqual(
    links.map(({ as }) => as),
    ['asker', 'expert', 'administrator'],
  )
  assert.equal(firstAdministratorPath, undefined)
})

test('a second start makes no second example administrator', async (t) => {
  const database = await seeded(t)
  await waysIn(database, { isTrial: true })
  await waysIn(database, { isTrial: true })
  const found = await database.read.select().from(accounts).where(eq(accounts.role, 'administrator'))
  assert.equal(found.length, 1)
})

test('beside a real administrator there is no example of one', async (t) => {
  const database = await seeded(t)
  await database.write((db) => createAccount(db, { name: 'Ada', email: 'ada@example.net', role: 'administrator' }))
  const { links } = await waysIn(database, { isTrial: true })
  assert.deepEqual(
    links.map(({ as }) => as),
    ['asker', 'expert'],
  )
})

test('without the example content a trial has no ways in', async (t) => {
  const { links, firstAdministratorPath } = await waysIn(await emptyDatabase(t), { isTrial: true })
  assert.deepEqual(links, [])
  assert.match(firstAdministratorPath!, /^\/first-administrator\?token=/)
})

test('once the trial is over its links, sessions and administrator are gone', async (t) => {
  const database = await seeded(t)
  await waysIn(database, { isTrial: true })
  const [expert] = await database.read.select().from(accounts).where(eq(accounts.role, 'expert')).limit(1)
  const session = { accountId: expert!.id, token: 'abc', expiresAt: new Date(Date.now() + 1000) }
  await database.write((db) => db.insert(sessions).values(session))

  const { links, firstAdministratorPath } = await waysIn(database, { isTrial: false })
  assert.deepEqual(links, [])
  assert.match(firstAdministratorPath!, /^\/first-administrator\?token=/)
  assert.equal((await database.read.select().from(sessions)).length, 0)
  const left = await database.read.select().from(verifications)
  assert.equal(left.filter(({ accountId }) => accountId !== null).length, 0)
})

async function seeded(t: TestContext) {
  const database = await emptyDatabase(t)
  await loadSeed(database, content)
  return database
}
