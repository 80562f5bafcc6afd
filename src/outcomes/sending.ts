import type { Database } from '../database/types.ts'
import { queueMail } from '../notifications/queries.ts'
import type { Site } from '../notifications/site.ts'
import { outcomeMail } from './mails.ts'
import { listDue, takeDue } from './queries.ts'

type Sender = { site: Site; secret: string }

/** Asks whose question was answered some weeks ago how they are. Any number of servers may do this at once. */
export async function askForOutcomes(database: Database, { site, secret }: Sender, now = new Date()) {
  for (let ids = await listDue(database.read, now); ids.length > 0; ids = await listDue(database.read, now))
    for (const id of ids)
      await database.write(async (db) => {
        const asked = await takeDue(db, id, now)
        if (asked) await queueMail(db, outcomeMail(site, secret, { ...asked, now }))
      })
}
