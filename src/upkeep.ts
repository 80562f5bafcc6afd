import { deleteExpiredAccess } from './accounts/queries.ts'
import type { Database } from './database/types.ts'
import { deleteExpiredDrafts } from './drafts/queries.ts'
import { blankMail, giveUpMail } from './notifications/queries.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const MAIL_IS_LATE_MS = 3 * DAY_MS
const MAIL_IS_KEPT_MS = 30 * DAY_MS

/** What has had its time goes. Any number of servers may do this at once. */
export async function tidy(database: Database, now = new Date()) {
  const before = (milliseconds: number) => new Date(now.getTime() - milliseconds)
  await database.write((db) => deleteExpiredDrafts(db, now))
  await database.write((db) => deleteExpiredAccess(db, now))
  await database.write((db) => giveUpMail(db, before(MAIL_IS_LATE_MS)))
  await database.write((db) => blankMail(db, before(MAIL_IS_KEPT_MS)))
}

/** Now and every hour. Returns what ends it. */
export function startUpkeep(database: Database, onError: (error: unknown) => void) {
  let round: Promise<void> | undefined
  const begin = () => {
    round = tidy(database).catch(onError)
  }
  begin()
  const timer = setInterval(begin, HOUR_MS)
  return async () => {
    clearInterval(timer)
    await round
  }
}
