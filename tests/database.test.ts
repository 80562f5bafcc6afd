import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { eq, sql } from 'drizzle-orm'
import { isPostgres } from '../src/database/dialect.ts'
import { accounts } from '../src/database/schema.ts'
import type { Reader, Writer } from '../src/database/types.ts'
import { emptyDatabase } from './helper.ts'

test('a write that fails takes nothing of its neighbours with it', async (t) => {
  const { database, ada } = await databaseWithAda(t)

  const failing = database.write(async (db) => {
    await rename(db, ada, 'Never')
    await setTimeout(50)
    throw new Error('no')
  })
  const passing = database.write((db) => rename(db, ada, 'Grace'))

  await assert.rejects(failing, /no/)
  await passing
  assert.equal(await nameOf(database.read, ada), 'Grace')
})

test('a promise left behind by a failed write cannot write any more', async (t) => {
  const { database, ada } = await databaseWithAda(t)
  const late = Promise.withResolvers<unknown>()

  await assert.rejects(
    database.write((db) => {
      setTimeout(20)
        .then(() => rename(db, ada, 'Late'))
        .then(late.resolve, late.reject)
      return Promise.reject(new Error('no'))
    }),
    /no/,
  )
  await assert.rejects(late.promise, /revoked/)
  assert.equal(await nameOf(database.read, ada), 'Ada')
})

test('inside a write neither a second write nor a reader is to be had', async (t) => {
  const { database, ada } = await databaseWithAda(t)

  await assert.rejects(
    database.write(() => database.write(async () => {})),
    /nested/,
  )
  await assert.rejects(
    database.write(async () => nameOf(database.read, ada)),
    /read through the writer/,
  )
})

test('the connections of PostgreSQL may break: the next query opens a new one', { skip: !isPostgres }, async (t) => {
  const { database, ada } = await databaseWithAda(t)
  await Promise.all([nameOf(database.read, ada), nameOf(database.read, ada)])

  const ended = await database.write((db) =>
    db
      .select({ ended: sql`pg_terminate_backend(pid)` })
      .from(sql`pg_stat_activity`)
      .where(sql`datname = current_database() and pid <> pg_backend_pid()`),
  )
  assert.ok(ended.length > 0)
  await setTimeout(50)
  assert.equal(await nameOf(database.read, ada), 'Ada')
})

async function databaseWithAda(t: TestContext) {
  const database = await emptyDatabase(t)
  const [row] = await database.write((db) =>
    db.insert(accounts).values({ name: 'Ada', email: 'ada@example.org' }).returning(),
  )
  return { database, ada: row!.id }
}

const rename = (db: Writer, id: number, name: string) => db.update(accounts).set({ name }).where(eq(accounts.id, id))

async function nameOf(db: Reader, id: number) {
  const [row] = await db.select({ name: accounts.name }).from(accounts).where(eq(accounts.id, id))
  return row?.name
}
