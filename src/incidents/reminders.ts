import { listOnDuty, listStaff } from '../accounts/staff-queries.ts'
import type { Database, Writer } from '../database/types.ts'
import { queueMail } from '../notifications/queries.ts'
import type { Site } from '../notifications/site.ts'
import { claimEscalations, claimNearlyDue, claimOverdue } from './clock-queries.ts'
import { delayMail, escalationMail, nearlyDueMail, overdueMail } from './mails.ts'
import { findReporter } from './reporter-queries.ts'

/** The 24 hours of a harm report: those on call hear before they are over, everybody it concerns once they are. */
export const remindOfIncidents = (database: Database, site: Site, now: Date) =>
  database.write(async (db) => {
    await remindInTime(db, site, now)
    await tellOfDelay(db, site, now)
    await escalate(db, site, now)
  })

async function remindInTime(db: Writer, site: Site, now: Date) {
  const counts = new Map<number, number>()
  for (const { reporterId, expertId } of await claimNearlyDue(db, now))
    for (const { accountId } of await listOnDuty(db, [reporterId, expertId]))
      counts.set(accountId, (counts.get(accountId) ?? 0) + 1)
  if (counts.size === 0) return
  for (const person of await listStaff(db)) {
    const count = counts.get(person.accountId)
    if (count) await queueMail(db, nearlyDueMail(site, person, count))
  }
}

async function tellOfDelay(db: Writer, site: Site, now: Date) {
  const overdue = await claimOverdue(db, now)
  for (const incident of overdue) {
    const reporter = await findReporter(db, incident)
    if (reporter) await queueMail(db, delayMail(site, reporter, incident))
  }
  const moderators = overdue.length > 0 ? await listStaff(db) : []
  for (const person of moderators)
    if (person.role === 'moderator') await queueMail(db, overdueMail(site, person, overdue.length))
}

async function escalate(db: Writer, site: Site, now: Date) {
  const { length: count } = await claimEscalations(db, now)
  if (count === 0) return
  for (const person of await listStaff(db))
    if (person.role === 'administrator') await queueMail(db, escalationMail(site, person, count))
}
