import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import SQLite from 'better-sqlite3'
import { pendingMigrations } from './migrations.ts'

const MIGRATIONS_TABLE = '__drizzle_migrations'

export const sqlitePath = (url: string) => url.replace(/^file:/, '')

/** Makes a file that is not there yet for its owner's eyes alone; SQLite gives those it keeps beside it the same rights. */
export function makePrivate(path: string) {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  writeFileSync(path, '', { flag: 'a', mode: 0o600 })
}

/** A whole copy, made while others read and write; `file` appears only once it is complete, for its owner's eyes alone. */
export function backUp(path: string, file: string) {
  const part = `${file}.part`
  rmSync(part, { force: true })
  writeFileSync(part, '', { mode: 0o600 })
  const connection = openToRead(path)
  try {
    connection.prepare('vacuum into ?').run(part)
  } finally {
    connection.close()
  }
  renameSync(part, file)
}

/**
 * Puts a copy of `file` where the database is.
 * @returns where the database that was there is kept now
 */
export function restore(path: string, file: string, force: boolean) {
  if (existsSync(path) && !force)
    throw new Error(`${path} exists already. With --force it is set aside and the backup takes its place.`)
  checkBackup(file)
  assertStopped(path)
  const fresh = `${path}.restored`
  backUp(file, fresh)
  const kept = existsSync(path) ? setAside(path) : undefined
  renameSync(fresh, path)
  return kept
}

/** @throws an error that says why `file` cannot be restored */
function checkBackup(file: string) {
  const connection = openToRead(file)
  try {
    const last = lastMigration(connection)
    if (last === 0) throw new Error(`${file} is a database, but not one of this forum.`)
    pendingMigrations('sqlite', last)
    const [problem] = examine(connection)
    if (problem) throw new Error(`${file} cannot be restored. ${problem}`)
  } catch (error) {
    if (isCode(error, 'SQLITE_NOTADB')) throw new Error(`${file} is not a backup of the forum.`)
    throw error
  } finally {
    connection.close()
  }
}

function openToRead(file: string) {
  if (!existsSync(file)) throw new Error(`There is no file ${file}.`)
  return new SQLite(file, { readonly: true })
}

function setAside(path: string) {
  const kept = `${path}.replaced-${new Date().toISOString().replace(/[-:]|\.\d+/g, '')}`
  for (const ending of ['', '-wal', '-shm']) if (existsSync(path + ending)) renameSync(path + ending, kept + ending)
  return kept
}

/** Only who has a database to themselves may take it out of WAL mode. */
function assertStopped(path: string) {
  if (!existsSync(path)) return
  const connection = new SQLite(path, { timeout: 0 })
  try {
    connection.pragma('journal_mode = delete')
  } catch (error) {
    if (isCode(error, 'SQLITE_BUSY')) throw new Error('The forum is running on this database: stop it first.')
    if (!isCode(error, 'SQLITE_')) throw error // a damaged file is what a backup is there for
  } finally {
    connection.close()
  }
}

/** The time the last migration bears that this database has seen; 0 if none. */
export function lastMigration(connection: SQLite.Database) {
  const found = connection.prepare('select 1 from sqlite_master where name = ?').get(MIGRATIONS_TABLE)
  return found ? Number(connection.prepare(`select max(created_at) from ${MIGRATIONS_TABLE}`).pluck().get()) : 0
}

/** What is broken in the file, in plain words. */
export function examine(connection: SQLite.Database) {
  const verdict = connection.pragma('quick_check(1)', { simple: true })
  return verdict === 'ok' ? brokenReferences(connection) : [`The database file is damaged: ${verdict}.`]
}

export function brokenReferences(connection: SQLite.Database) {
  const { length } = connection.pragma('foreign_key_check') as unknown[]
  return length > 0 ? [`${length} rows of the database have lost what they belong to.`] : []
}

const isCode = (error: unknown, code: string) => error instanceof SQLite.SqliteError && error.code.startsWith(code)
