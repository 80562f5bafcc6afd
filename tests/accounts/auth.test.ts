import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { createAuth } from '../../src/accounts/auth.ts'
import { createAccount } from '../../src/accounts/queries.ts'
import { accounts, sessions } from '../../src/database/schema.ts'
import { emptyDatabase } from '../helper.ts'
import { ADA, PASSWORD } from './browser.ts'

const SETTINGS = { secret: 'only-for-tests-only-for-tests-only-for-tests', baseUrl: undefined }

test('a session that is opened while another write fails is kept', async (t) => {
  const database = await emptyDatabase(t)
  const auth = createAuth(database, SETTINGS)
  const account = await database.write((db) => createAccount(db, ADA))
  await auth.hashPassword('loads it') // so that the session below comes in the middle

  const begun = Promise.withResolvers<void>()
  const failing = database.write(async (db) => {
    await db.insert(accounts).values({ name: 'Nobody', email: 'nobody@example.org' })
    begun.resolve()
    await setTimeout(50)
    throw new Error('rolled back')
  })
  const refused = assert.rejects(failing, /rolled back/)
  await begun.promise
  const token = await auth.openSession(account!.id)
  await refused

  const kept = await database.read.select().from(sessions)
  assert.deepEqual(
    kept.map((session) => session.token),
    [token],
  )
  assert.equal((await database.read.select().from(accounts)).length, 1)
})

test('hashing a password holds up no other write', async (t) => {
  const database = await emptyDatabase(t)
  const auth = createAuth(database, SETTINGS)
  const passwordHash = await auth.hashPassword(PASSWORD)
  await database.write((db) => createAccount(db, { ...ADA, passwordHash }))

  const done: string[] = []
  await Promise.all([
    auth.findHolder(ADA).then(() => done.push('known')),
    database
      .write((db) => createAccount(db, { name: 'Bob', email: 'bob@example.org' }))
      .then(() => done.push('written')),
  ])
  assert.deepEqual(done, ['written', 'known'])
})

test('a password is known by its hash alone, and no two hashes are the same', async (t) => {
  const auth = createAuth(await emptyDatabase(t), SETTINGS)

  const hashes = [await auth.hashPassword(PASSWORD), await auth.hashPassword(PASSWORD)]
  assert.notEqual(hashes[0], hashes[1])
  for (const hash of hashes) assert.equal(await auth.isPassword(PASSWORD, hash), true)
  assert.equal(await auth.isPassword('something else', hashes[0]!), false)
})

test('neither addresses nor the devices of sessions are kept longer than they help', async (t) => {
  const database = await emptyDatabase(t)
  const auth = createAuth(database, SETTINGS)
  const account = await database.write((db) => createAccount(db, ADA))

  await auth.openSession(account!.id, 'x'.repeat(5000))
  const [session] = await database.read.select().from(sessions)
  assert.equal(session?.userAgent?.length, 300)
  assert.ok(!session?.ipAddress)
})
