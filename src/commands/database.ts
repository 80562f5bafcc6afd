import { existsSync } from 'node:fs'
import { dirname } from 'node:path'
import { config } from '../config.ts'
import { backUp, restore } from '../database/backup.ts'
import { connect } from '../database/index.ts'
import type { Database } from '../database/types.ts'

/** For a command that reads or changes what is in the database. */
export async function withDatabase<T>(work: (database: Database) => Promise<T>): Promise<T> {
  const database = await connect(config.databaseUrl)
  try {
    const pending = await database.pendingMigrations()
    if (pending.length > 0) throw new Error('The database is not up to date. Run first: npm run forum -- migrate')
    return await work(database)
  } finally {
    await database.close()
  }
}

export async function migrateDatabase() {
  const database = await connect(config.databaseUrl)
  try {
    const pending = await database.pendingMigrations()
    const { backup } = await database.migrate()
    for (const name of pending) console.log(`Done: ${name}`)
    console.log('The database is up to date.')
    if (backup) console.log(`As it was before, it is in ${backup}.`)
  } finally {
    await database.close()
  }
}

export async function backUpDatabase(file: string) {
  if (existsSync(file)) throw new Error(`${file} exists already: choose another name.`)
  const folder = dirname(file)
  if (!existsSync(folder)) throw new Error(`There is no folder ${folder}: make it first, or choose another.`)
  await backUp(config.databaseUrl, file)
  console.log(`The database is in ${file}. It holds what people told of their health: keep it safe.`)
  console.log('What they delete from now on stays in it: delete the file after 35 days. docs/privacy.md tells more.')
}

export async function restoreDatabase(file: string, { force }: { force?: boolean }) {
  const kept = await restore(config.databaseUrl, file, Boolean(force))
  console.log(`${file} is the database now.`)
  if (kept) console.log(`The one that was there is in ${kept}.`)
}
