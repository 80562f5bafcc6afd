import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import SQLite from 'better-sqlite3'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import { migrate } from 'drizzle-orm/better-sqlite3/migrator'
import { drizzle as drizzlePostgres } from 'drizzle-orm/node-postgres'
import { migrate as migratePostgres } from 'drizzle-orm/node-postgres/migrator'
import pg from 'pg'
import { isPostgres } from '../../src/database/dialect.ts'
import { bareDatabaseUrl, type Cleanup } from '../helper.ts'

type Value = string | number | Buffer | null
type Landing = { migrations: number; tables: { table: string; rows: Record<string, Value>[] }[] }

const readLanding = (name: string): Landing =>
  JSON.parse(gunzipSync(readFileSync(join(import.meta.dirname, `${name}.json.gz`))).toString(), (_, value) =>
    value?.type === 'Buffer' ? Buffer.from(value.data) : value,
  )

export const countRows = (name: string, table: string) =>
  readLanding(name).tables.find((kept) => kept.table === table)?.rows.length ?? 0

/** The address of a database as an earlier landing left it, with everything that was in it. */
export async function landedDatabaseUrl(t: Cleanup, name: string) {
  const landing = readLanding(name)
  const url = await bareDatabaseUrl(t)
  const folder = mkdtempSync(join(tmpdir(), 'forum-migrations-'))
  keepFirstMigrations(folder, landing.migrations)
  await (isPostgres ? fillPostgres(url, folder, landing) : fillSqlite(url, folder, landing))
  rmSync(folder, { recursive: true })
  return url
}

function keepFirstMigrations(folder: string, count: number) {
  cpSync(join(import.meta.dirname, '../../migrations', isPostgres ? 'postgres' : 'sqlite'), folder, { recursive: true })
  const file = join(folder, 'meta/_journal.json')
  const journal = JSON.parse(readFileSync(file, 'utf8'))
  writeFileSync(file, JSON.stringify({ ...journal, entries: journal.entries.slice(0, count) }))
}

async function fillSqlite(url: string, migrationsFolder: string, { tables }: Landing) {
  const connection = new SQLite(url.slice('file:'.length))
  migrate(drizzle(connection), { migrationsFolder })
  connection.pragma('foreign_keys = OFF')
  for (const { table, rows } of tables) {
    const columns = Object.keys(rows[0]!)
    const insert = connection.prepare(
      `insert into "${table}" (${columns.map((column) => `"${column}"`)}) values (${columns.map(() => '?')})`,
    )
    for (const row of rows) insert.run(Object.values(row))
  }
  connection.close()
}

/** Rows were kept as SQLite holds them: PostgreSQL reads them by the types of its columns. */
async function fillPostgres(url: string, migrationsFolder: string, { tables }: Landing) {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await migratePostgres(drizzlePostgres(client), { migrationsFolder })
  await client.query('set session_replication_role = replica') // whatever refers to what
  for (const { table, rows } of tables) {
    const types = await typesOf(client, table)
    const columns = Object.keys(rows[0]!)
    const list = columns.map((column) => `"${column}" ${types.get(column)}`)
    const values = rows.map((row) =>
      Object.fromEntries(columns.map((name) => [name, read(row[name]!, types.get(name))])),
    )
    await client.query(
      `insert into "${table}" (${columns.map((name) => `"${name}"`)})
       select ${columns.map((name) => `"${name}"`)} from json_to_recordset($1) as kept (${list})`,
      [JSON.stringify(values)],
    )
    if (columns.includes('id'))
      await client.query(`select setval(pg_get_serial_sequence('"${table}"', 'id'), (select max(id) from "${table}"))`)
  }
  await client.end()
}

async function typesOf(client: pg.Client, table: string) {
  const { rows } = await client.query(
    'select column_name as name, data_type as type from information_schema.columns where table_name = $1',
    [table],
  )
  return new Map<string, string>(rows.map(({ name, type }) => [name, type]))
}

function read(value: Value, type?: string) {
  if (value === null) return null
  if (Buffer.isBuffer(value)) return `\\x${value.toString('hex')}`
  if (type === 'boolean') return value === 1
  if (type === 'jsonb') return JSON.parse(String(value))
  return type?.startsWith('timestamp') ? new Date(Number(value)).toISOString() : value
}
