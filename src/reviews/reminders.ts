import { listStaff } from '../accounts/staff-queries.ts'
import type { Database, Writer } from '../database/types.ts'
import { queueMail } from '../notifications/queries.ts'
import type { Site } from '../notifications/site.ts'
import { dueMail, overdueMail } from './mails.ts'
import { claimAuthorReminders, claimStaffReminders, listReminded } from './queries.ts'

const DAY_MS = 86_400_000
const STAFF_ARE_TOLD_AFTER_MS = 30 * DAY_MS

/** Experts hear of their answers once they are due, staff of those that are due for long: of each once. */
export async function remindOfReviews(database: Database, site: Site, now: Date) {
  await database.write((db) => remindStaff(db, site, now))
  await database.write((db) => remindAuthors(db, site, now))
}

async function remindAuthors(db: Writer, site: Site, now: Date) {
  const due = await claimAuthorReminders(db, now)
  const byExpert = Map.groupBy(due, ({ expertId }) => expertId)
  const expertIds = [...byExpert.keys()].filter((id) => id !== null)
  for (const expert of await listReminded(db, expertIds, now))
    await queueMail(db, dueMail(site, expert, byExpert.get(expert.accountId)!.length))
}

async function remindStaff(db: Writer, site: Site, now: Date) {
  const overdue = await claimStaffReminders(db, new Date(now.getTime() - STAFF_ARE_TOLD_AFTER_MS))
  if (overdue.length === 0) return
  for (const moderator of await listStaff(db)) await queueMail(db, overdueMail(site, moderator, overdue.length))
}
