import { and, eq, exists, gt, inArray, isNotNull, isNull, lte, or } from 'drizzle-orm'
import { listStaff } from '../accounts/staff-queries.ts'
import { accounts, expertCredentials, experts } from '../database/schema.ts'
import type { Writer } from '../database/types.ts'
import { queueMail } from '../notifications/queries.ts'
import type { Site } from '../notifications/site.ts'
import { inDays } from './credential-queries.ts'
import { type Due, dueMail, staffDueMail } from './mails.ts'

/** Days before a credential is to be checked again; on the day itself it has lapsed. */
const STAGES = [0, 7, 30]

/**
 * Tells experts, and staff in one letter, which credentials are to be checked again. Each stage is told once, however
 * many servers do this: who marks it tells of it.
 */
export async function remindOfCredentials(db: Writer, site: Site, now = new Date()) {
  const told: Due[] = []
  for (const days of STAGES) told.push(...(await markReminded(db, days, now)))
  for (const due of told) await queueMail(db, dueMail(site, due, now))
  if (told.length === 0) return
  for (const person of await listStaff(db)) await queueMail(db, staffDueMail(site, person, told))
}

async function markReminded(db: Writer, days: number, now: Date): Promise<Due[]> {
  const isVerified = db
    .select({ id: experts.accountId })
    .from(experts)
    .where(and(eq(experts.accountId, expertCredentials.expertId), isNotNull(experts.verifiedAt)))
  const marked = await db
    .update(expertCredentials)
    .set({ remindedDays: days })
    .where(
      and(
        lte(expertCredentials.checkAgainAt, inDays(days, now)),
        or(isNull(expertCredentials.remindedDays), gt(expertCredentials.remindedDays, days)),
        exists(isVerified),
      ),
    )
    .returning()
  const people = await db
    .select({ accountId: accounts.id, name: accounts.name, email: accounts.email })
    .from(accounts)
    .where(
      inArray(
        accounts.id,
        marked.map(({ expertId }) => expertId),
      ),
    )
  const byId = new Map(people.map((person) => [person.accountId, person]))
  return marked.map((credential) => ({ ...credential, expert: byId.get(credential.expertId)! }))
}
