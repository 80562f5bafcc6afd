import { existsSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { config } from '../config.ts'
import { backUp, deleteOldCopies, restore } from '../database/backup.ts'
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

const DAY_MS = 86_400_000
/** As the page about privacy says. */
export const BACKUPS_ARE_KEPT_DAYS = 35

export async function backUpDatabase(file: string, { keepDays }: { keepDays?: string } = {}) {
  const days = keepDays === undefined ? undefined : checkedDays(keepDays, file)
  if (existsSync(file)) throw new Error(`${file} exists already: choose another name.`)
  const folder = dirname(file)
  if (!existsSync(folder)) throw new Error(`There is no folder ${folder}: make it first, or choose another.`)
  await backUp(config.databaseUrl, file)
  console.log(`The database is in ${file}. It holds what people told of their health: keep it safe.`)
  if (days === undefined) return console.log(TILL_WHEN)
  const before = new Date(Date.now() - days * DAY_MS)
  for (const old of await deleteOldCopies(config.databaseUrl, file, before)) console.log(`Deleted: ${old}`)
}

const TILL_WHEN = `What they delete from now on stays in it: delete the file after ${BACKUPS_ARE_KEPT_DAYS} days, or let --keep-days do it.`

function checkedDays(text: string, file: string) {
  if (!/^[1-9]\d{0,3}$/.test(text)) throw new Error(`--keep-days is "${text}"; it takes a number of days, such as 35.`)
  if (!/\d/.test(basename(file)))
    throw new Error('With --keep-days the name of the file takes a date, such as forum-2026-11-22.db.')
  return Number(text)
}

export async function restoreDatabase(file: string, { force }: { force?: boolean }) {
  const kept = await restore(config.databaseUrl, file, Boolean(force))
  console.log(`${file} is the database now.`)
  if (kept) console.log(`The one that was there is in ${kept}.`)
}
