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

async function sqliteFiles(program: string) {
  if (isPostgres) throw new Error(`The forum keeps its data in PostgreSQL: please use ${program}.`)
  return import('./file.sqlite.ts')
}
