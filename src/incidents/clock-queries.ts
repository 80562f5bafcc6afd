import { and, gt, inArray, isNull, lte, or } from 'drizzle-orm'
import { answers, incidents } from '../database/schema.ts'
import type { Writer } from '../database/types.ts'

const HOUR_MS = 3_600_000
/** So long before its time is over staff are told again, and so often administrators are told after that. */
export const HOURS_BEFORE = 6
const HOURS_BETWEEN = 24

const later = (now: Date, hours: number) => new Date(now.getTime() + hours * HOUR_MS)

/** Those with little time left, each once, however many servers ask. */
export async function claimNearlyDue(db: Writer, now: Date) {
  const isNear = and(gt(incidents.dueAt, now), lte(incidents.dueAt, later(now, HOURS_BEFORE)))
  const claimed = await db
    .update(incidents)
    .set({ warnedAt: now })
    .where(and(isNull(incidents.decidedAt), isNull(incidents.warnedAt), isNear))
    .returning({ reporterId: incidents.reporterId, answerId: incidents.answerId })
  return withAuthors(db, claimed)
}

/** Those whose time is over, each once. */
export const claimOverdue = (db: Writer, now: Date) =>
  db
    .update(incidents)
    .set({ remindedAt: now })
    .where(and(isNull(incidents.decidedAt), isNull(incidents.remindedAt), lte(incidents.dueAt, now)))
    .returning()

/** Those whose time is over and of which administrators have not been told for a day. */
export const claimEscalations = (db: Writer, now: Date) =>
  db
    .update(incidents)
    .set({ escalatedAt: now })
    .where(
      and(
        isNull(incidents.decidedAt),
        lte(incidents.dueAt, now),
        or(isNull(incidents.escalatedAt), lte(incidents.escalatedAt, later(now, -HOURS_BETWEEN))),
      ),
    )
    .returning({ id: incidents.id })

type Claimed = { reporterId: number | null; answerId: number | null }

/** Whoever wrote the answer cannot decide on it. */
async function withAuthors(db: Writer, claimed: Claimed[]) {
  const ids = claimed.map(({ answerId }) => answerId).filter((id) => id !== null)
  const authors = await db
    .select({ id: answers.id, expertId: answers.expertId })
    .from(answers)
    .where(inArray(answers.id, ids))
  const byAnswer = new Map(authors.map(({ id, expertId }) => [id, expertId]))
  return claimed.map(({ reporterId, answerId }) => ({ reporterId, expertId: byAnswer.get(answerId ?? 0) ?? null }))
}
