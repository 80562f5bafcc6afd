/**
 * `DATABASE_URL=file:… node run.js scripts/keep-landing.ts NAME`: keeps what a seeded SQLite forum of this version holds
 * in tests/upgrades/NAME.json.gz, so that every later version is tested to take it over, on both engines.
 */
import { writeFileSync } from 'node:fs'
import process from 'node:process'
import { gzipSync } from 'node:zlib'
import SQLite from 'better-sqlite3'

const [name] = process.argv.slice(2)
const url = process.env.DATABASE_URL ?? ''
if (!name || !url.startsWith('file:')) {
  console.error(
    'Say which database to keep and under what name: DATABASE_URL=file:… node run.js scripts/keep-landing.ts NAME',
  )
  process.exit(1)
}

const database = new SQLite(url.slice('file:'.length), { readonly: true })
const isKept = (table: string) => !/^(sqlite_|__|search_)/.test(table)
const tables = database
  .prepare("select name from sqlite_master where type = 'table' order by name")
  .all()
  .map((row) => (row as { name: string }).name)
  .filter(isKept)
  .map((table) => ({ table, rows: database.prepare(`select * from "${table}"`).all() }))
  .filter(({ rows }) => rows.length > 0)
const { migrations } = database.prepare('select count(*) as migrations from __drizzle_migrations').get() as {
  migrations: number
}
writeFileSync(`tests/upgrades/${name}.json.gz`, gzipSync(JSON.stringify({ migrations, tables }), { level: 9 }))
