import assert from 'node:assert/strict'
import { chmodSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { test } from 'node:test'
import SQLite from 'better-sqlite3'
import { eq } from 'drizzle-orm'
import { isPostgres } from '../../src/database/dialect.ts'
import { backUp, restore } from '../../src/database/file.sqlite.ts'
import { connect } from '../../src/database/index.ts'
import { categories } from '../../src/database/schema.ts'
import { temporaryFolder } from '../folder.ts'
import { emptyDatabaseUrl } from '../helper.ts'

const sqliteOnly = { skip: isPostgres }
const ownersOnly = { skip: isPostgres || process.platform === 'win32' }

test('the folder of a new database is made, for its owner alone', sqliteOnly, async (t) => {
  const file = join(temporaryFolder(t), 'deep/down/forum.db')
  const database = await connect(`file:${file}`)
  await database.migrate()
  assert.deepEqual(await database.pendingMigrations(), [])
  await database.close()
  assert.equal(statSync(join(file, '..')).mode & 0o077, 0)
})

test('a new database is for its owner alone in a folder that others can read, too', ownersOnly, async (t) => {
  const folder = temporaryFolder(t)
  chmodSync(folder, 0o755)
  const file = join(folder, 'forum.db')
  const database = await connect(`file:${file}`)
  t.after(() => database.close())
  await database.migrate()
  await database.write(async () => {})

  assert.deepEqual(readdirSync(folder).sort(), ['forum.db', 'forum.db-shm', 'forum.db-wal'])
  for (const name of readdirSync(folder)) assert.equal(statSync(join(folder, name)).mode & 0o777, 0o600, name)
})

test('a database that is new is not copied before it is migrated, an older one is', sqliteOnly, async (t) => {
  const file = join(temporaryFolder(t), 'forum.db')
  const young = await connect(`file:${file}`)
  assert.equal((await young.migrate()).backup, undefined)
  await young.close()

  const older = join(temporaryFolder(t), 'forum.db')
  pretendMigrated(older, 1)
  const database = await connect(`file:${older}`)
  const { backup } = await database.migrate()
  await database.close()
  assert.equal(backup, `${older}.before-0000_initial`)
  assert.ok(existsSync(backup))
  assert.equal(statSync(backup).mode & 0o077, 0)
})

test('what is deleted is not left in the file', sqliteOnly, async (t) => {
  const file = join(temporaryFolder(t), 'forum.db')
  const database = await connect(`file:${file}`)
  await database.migrate()
  const name = 'Zanzibarra'.repeat(2_000)
  const path = { path: 'zanzibarra', slug: 'zanzibarra', position: 0 }
  const [row] = await database.write((db) =>
    db
      .insert(categories)
      .values({ ...path, name, description: '' })
      .returning(),
  )
  await database.write((db) => db.delete(categories).where(eq(categories.id, row!.id)))
  await database.close()
  assert.equal(readFileSync(file).includes('Zanzibarra'), false)
})

test('a database of a newer version is left alone', sqliteOnly, async (t) => {
  const file = join(temporaryFolder(t), 'forum.db')
  pretendMigrated(file, Date.UTC(2100, 0))
  const database = await connect(`file:${file}`)
  t.after(() => database.close())
  await assert.rejects(database.migrate(), /made by a newer version of the forum/)
})

test('nothing is restored over a forum that is running', sqliteOnly, async (t) => {
  const file = (await emptyDatabaseUrl(t)).replace('file:', '')
  const backup = join(temporaryFolder(t), 'backup.db')
  backUp(file, backup)
  const database = await connect(`file:${file}`)

  assert.throws(() => restore(file, backup, true), { message: /The forum is running on this database: stop it first/ })
  await database.close()
  assert.ok(existsSync(restore(file, backup, true)!))
})

test('a damaged database gives way to a backup', sqliteOnly, async (t) => {
  const file = (await emptyDatabaseUrl(t)).replace('file:', '')
  const folder = temporaryFolder(t)
  backUp(file, join(folder, 'backup.db'))
  const damaged = join(folder, 'forum.db')
  writeFileSync(damaged, 'not a database any more '.repeat(100))

  restore(damaged, join(folder, 'backup.db'), true)
  const database = await connect(`file:${damaged}`)
  t.after(() => database.close())
  assert.deepEqual(await database.examine(), [])
})

test('a backup of a newer version is not restored', sqliteOnly, (t) => {
  const folder = temporaryFolder(t)
  pretendMigrated(join(folder, 'newer.db'), Date.UTC(2100, 0))
  const wanted = { message: /made by a newer version/ }
  assert.throws(() => restore(join(folder, 'forum.db'), join(folder, 'newer.db'), false), wanted)
  assert.ok(!existsSync(join(folder, 'forum.db')))
})

/** A database that has seen a migration of this time. */
function pretendMigrated(file: string, time: number) {
  const connection = new SQLite(file)
  connection.exec('create table __drizzle_migrations (id integer primary key, hash text, created_at numeric)')
  connection.prepare('insert into __drizzle_migrations (hash, created_at) values (?, ?)').run('', time)
  connection.close()
}
