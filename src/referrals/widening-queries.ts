import { and, asc, desc, eq, exists, gt, isNull, lte, ne, not, notExists, or, sql } from 'drizzle-orm'
import { isHeld } from '../claims/queries.ts'
import {
  accounts,
  answers,
  categoryWaits,
  declines,
  expertCategories,
  experts,
  questionRoutings,
  questions,
  referrals,
} from '../database/schema.ts'
import type { Reader, Writer } from '../database/types.ts'
import { isVerifiedExpert } from '../database/verification.ts'
import { isInProfession, isInScope } from '../experts/scope-queries.ts'
import { isShown } from '../questions/queries.ts'
import { recipient } from './routing-queries.ts'

/** Before how many further experts a question is put. */
const WIDER_CIRCLE = 10
/** How many such questions one of them has at most. */
const MOST_EACH = 10

const isWaiting = and(sql`${questions.status} = 'open'`, isShown)
const isUnwidened = and(isWaiting, isNull(questions.clarifyingSince), isNull(questions.widenedAt))

/** Categories in which questions have waited since `since` or longer, with what is usual there. */
export const listWaitingCategories = (db: Reader, since: Date) =>
  db
    .selectDistinct({ id: questions.categoryId, medianSeconds: categoryWaits.medianSeconds })
    .from(questions)
    .leftJoin(categoryWaits, eq(categoryWaits.categoryId, questions.categoryId))
    .where(and(isUnwidened, lte(questions.waitsFrom, since)))
    .orderBy(asc(questions.categoryId))

type Overdue = { categoryId: number; since: Date; now: Date; limit: number }

/** That which has only just become too long comes first; nobody needs to be found for what is being answered. */
export const listTooLong = (db: Reader, { categoryId, since, now, limit }: Overdue) =>
  db
    .select({ id: questions.id })
    .from(questions)
    .where(
      and(
        isUnwidened,
        eq(questions.categoryId, categoryId),
        lte(questions.waitsFrom, since),
        sql`not coalesce(${isHeld(db, now)}, false)`,
      ),
    )
    .orderBy(desc(questions.waitsFrom), desc(questions.id))
    .limit(limit)

/** Once for each question, however many servers look: undefined where another was quicker or it waits no more. */
export async function markWidened(db: Writer, id: number, now: Date) {
  const [widened] = await db
    .update(questions)
    .set({ widenedAt: now, changedAt: now })
    .where(and(eq(questions.id, id), isUnwidened))
    .returning({ id: questions.id, categoryId: questions.categoryId, askerId: questions.askerId })
  return widened
}

type Waiting = NonNullable<Awaited<ReturnType<typeof markWidened>>>

/**
 * Experts who have not been told of a question by their own choice of categories: those of its profession who were
 * accepted elsewhere, and those of the categories above it. Those with the least before them come first.
 * @param categoryIds its category and all above it
 */
export function listFurtherExperts(db: Reader, question: Waiting, { categoryIds, now }: Circle) {
  return db
    .select(recipient)
    .from(experts)
    .innerJoin(accounts, eq(accounts.id, experts.accountId))
    .where(
      and(
        isVerifiedExpert(now),
        isNull(accounts.closedAt),
        or(isNull(experts.leaveUntil), lte(experts.leaveUntil, now)),
        or(isInScope(db, categoryIds), isInProfession(db, categoryIds)),
        notExists(choiceOf(db, question)),
        not(isInvolved(db, question.id)),
        question.askerId === null ? undefined : ne(experts.accountId, question.askerId),
        sql`${experts.capacity} > (${countClaims(db, now)})`,
        sql`(${countPending(db)}) < ${MOST_EACH}`,
      ),
    )
    .orderBy(sql`(${countPending(db)})`, asc(experts.accountId))
    .limit(WIDER_CIRCLE)
}

type Circle = { categoryIds: number[]; now: Date }

const choiceOf = (db: Reader, { categoryId }: Waiting) =>
  db
    .select({ id: expertCategories.categoryId })
    .from(expertCategories)
    .where(and(eq(expertCategories.expertId, experts.accountId), eq(expertCategories.categoryId, categoryId)))

/** Whoever has answered it, passed it on, declined it or has it before them. */
const isInvolved = (db: Reader, id: number) =>
  or(
    ...[questionRoutings, declines, referrals, answers].map((table) =>
      exists(
        db
          .select({ id: table.questionId })
          .from(table)
          .where(and(eq(table.questionId, id), eq(table.expertId, experts.accountId))),
      ),
    ),
  )!

const countClaims = (db: Reader, now: Date) =>
  db
    .select({ count: sql`count(*)` })
    .from(questions)
    .where(and(eq(questions.claimedById, experts.accountId), gt(questions.claimedUntil, now)))

const countPending = (db: Reader) =>
  db
    .select({ count: sql`count(*)` })
    .from(questionRoutings)
    .where(
      and(
        eq(questionRoutings.expertId, experts.accountId),
        eq(questionRoutings.reason, 'waited'),
        exists(
          db
            .select({ id: questions.id })
            .from(questions)
            .where(and(eq(questions.id, questionRoutings.questionId), isWaiting)),
        ),
      ),
    )
