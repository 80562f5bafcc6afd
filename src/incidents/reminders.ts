import { listStaff } from '../accounts/staff-queries.ts'
import type { Database } from '../database/types.ts'
import { queueMail } from '../notifications/queries.ts'
import type { Site } from '../notifications/site.ts'
import { overdueMail } from './mails.ts'
import { claimOverdue } from './queries.ts'

/** Staff hear once of what they have not looked at in time. */
export const remindOfIncidents = (database: Database, site: Site, now: Date) =>
  database.write(async (db) => {
    const overdue = await claimOverdue(db, now)
    if (overdue.length === 0) return
    for (const person of await listStaff(db)) await queueMail(db, overdueMail(site, person, overdue.length))
  })
