import { and, eq, isNull } from 'drizzle-orm'
import { accounts } from '../database/schema.ts'
import type { Reader } from '../database/types.ts'
import type { Incident } from './queries.ts'

export type Reporter = { accountId?: number; name?: string; email: string }

/** Whom to tell what becomes of it. None where they have left, or do not want to know. */
export async function findReporter(db: Reader, incident: Incident): Promise<Reporter | undefined> {
  const { reporterId, reporterEmail, emailConfirmedAt } = incident
  if (reporterEmail && emailConfirmedAt) return { email: reporterEmail }
  if (reporterId === null) return undefined
  const [reporter] = await db
    .select({ accountId: accounts.id, name: accounts.name, email: accounts.email })
    .from(accounts)
    .where(and(eq(accounts.id, reporterId), isNull(accounts.closedAt)))
  return reporter
}
