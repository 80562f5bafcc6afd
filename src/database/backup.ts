import { existsSync } from 'node:fs'
import { dirname } from 'node:path'
import { isPostgres } from './dialect.ts'

/** Copies of the database as one file. PostgreSQL brings its own programs for that. */
export async function backUp(url: string, file: string) {
  const { backUp, sqlitePath } = await sqliteFiles('pg_dump')
  backUp(sqlitePath(url), file)
}

/** @returns where the database that was there is kept now; without `force` it stays */
export async function restore(url: string, file: string, force: boolean) {
  const { restore, sqlitePath } = await sqliteFiles('pg_restore')
  return restore(sqlitePath(url), file, force)
}

/** Copies that an upgrade or a restore left beside the database before that day; none where another program makes them. */
export async function listSetAside(url: string, before: Date) {
  if (isPostgres) return []
  const [{ listSetAside }, { sqlitePath }] = [await import('./copies.sqlite.ts'), await import('./file.sqlite.ts')]
  const path = sqlitePath(url)
  return existsSync(dirname(path)) ? listSetAside(path, before) : []
}

/** Backups called like `file` but for their numbers, and what was left beside the database, made before that day. */
export async function deleteOldCopies(url: string, file: string, before: Date) {
  const { listAlike, deleteFiles } = await import('./copies.sqlite.ts')
  const old = [...listAlike(file, before), ...(await listSetAside(url, before))]
  deleteFiles(old)
  return old
}

async function sqliteFiles(program: string) {
  if (isPostgres) throw new Error(`The forum keeps its data in PostgreSQL: please use ${program}.`)
  return import('./file.sqlite.ts')
}
