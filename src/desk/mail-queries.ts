import { and, asc, eq, gt, isNull, lt, lte, or } from 'drizzle-orm'
import { accounts, experts } from '../database/schema.ts'
import type { Reader, Writer } from '../database/types.ts'
import { isVerifiedExpert } from '../database/verification.ts'

const AT_ONCE = 100

type Due = { since: Date; now: Date; afterId?: number }

/** They want it, are here, and nobody has looked for them since. */
const isDue = ({ since, now }: Due) =>
  and(
    isVerifiedExpert(now),
    eq(experts.deskMail, true),
    or(isNull(experts.leaveUntil), lte(experts.leaveUntil, now)),
    or(isNull(experts.deskMailedAt), lt(experts.deskMailedAt, since)),
  )

export type Reading = Awaited<ReturnType<typeof listDue>>[number]

/** Those who are to be told what waits for them, some at a time. */
export const listDue = (db: Reader, due: Due) =>
  db
    .select({ accountId: experts.accountId, name: accounts.name, email: accounts.email })
    .from(experts)
    .innerJoin(accounts, eq(accounts.id, experts.accountId))
    .where(
      and(
        isDue(due),
        gt(experts.accountId, due.afterId ?? 0),
        isNull(accounts.closedAt),
        eq(accounts.isExample, false),
      ),
    )
    .orderBy(asc(experts.accountId))
    .limit(AT_ONCE)

/** False: another server was quicker. */
export async function markLooked(db: Writer, expertId: number, due: Due) {
  const marked = await db
    .update(experts)
    .set({ deskMailedAt: due.now })
    .where(and(eq(experts.accountId, expertId), isDue(due)))
    .returning({ id: experts.accountId })
  return marked.length > 0
}
