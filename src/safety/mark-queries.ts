import { and, asc, count, desc, eq, gt, inArray, isNotNull, isNull, notInArray, or, sql } from 'drizzle-orm'
import { isAfter } from '../database/paging.ts'
import { accounts, comments, experts, questions, safetyMarks } from '../database/schema.ts'
import type { Reader, Writer } from '../database/types.ts'
import { isVerifiedExpert } from '../database/verification.ts'
import { PAGE_SIZE, type Position } from '../lib/paging.ts'
import { openTitle } from '../questions/standing.ts'

/** Stands as the reason of what nobody has read but its writer: a moderator decides on it. */
export const WHY_HELD = 'A moderator reads it first.'
/** Said below a question and held. */
export const isHeld = and(isNotNull(comments.hiddenAt), eq(comments.hiddenReason, WHY_HELD))

export type Mark = Awaited<ReturnType<typeof listMarks>>[number]
export type WaitingMark = Awaited<ReturnType<typeof listUnseen>>[number]

type NewMarks = { questionId: number; commentId?: number; flags: string[]; isHeld: boolean }

/** What was read in a text whose writer went on all the same. */
export async function createMarks(db: Writer, { flags, ...place }: NewMarks, now: Date) {
  if (flags.length === 0) return
  await db.insert(safetyMarks).values(flags.map((flag) => ({ ...place, flag, createdAt: now })))
  await db.update(questions).set({ flaggedAt: now }).where(eq(questions.id, place.questionId))
}

/** Of a question, the last first. */
export const listMarks = (db: Reader, questionId: number) =>
  db
    .select({
      id: safetyMarks.id,
      commentId: safetyMarks.commentId,
      flag: safetyMarks.flag,
      isHeld: safetyMarks.isHeld,
      createdAt: safetyMarks.createdAt,
      seenAt: safetyMarks.seenAt,
      seenByName: accounts.name,
    })
    .from(safetyMarks)
    .leftJoin(accounts, eq(accounts.id, safetyMarks.seenById))
    .where(eq(safetyMarks.questionId, questionId))
    .orderBy(desc(safetyMarks.createdAt), desc(safetyMarks.id))

/** Of what is erased nothing is left to look at. */
const isWaiting = and(isNull(safetyMarks.seenAt), isNull(questions.erasedAt))

/** Where a page of what waits ended: `rank` comes before time. */
export type Rung = Position & { rank: number }

/** Somebody may be in danger, then emergencies, then the rest. */
const rankBy = (emergencies: string[]) => {
  const isEmergency = emergencies.length > 0 ? inArray(safetyMarks.flag, emergencies) : sql`false`
  return sql`case when ${safetyMarks.isHeld} then 0 when ${isEmergency} then 1 else 2 end`
}

type Queue = { emergencies: string[]; after?: Rung }

/** What no moderator has looked at, what is most urgent first and of that the oldest, one more than a page. */
export function listUnseen(db: Reader, { emergencies, after }: Queue) {
  const rank = rankBy(emergencies)
  const isFurther =
    after &&
    sql`(${rank} > ${after.rank} or (${rank} = ${after.rank} and ${isAfter(safetyMarks.createdAt, safetyMarks.id, after)}))`
  return db
    .select({
      rank: rank.mapWith(Number),
      id: safetyMarks.id,
      questionId: questions.id,
      title: openTitle,
      commentId: safetyMarks.commentId,
      flag: safetyMarks.flag,
      isHeld: safetyMarks.isHeld,
      heldAt: questions.heldAt,
      publishAt: questions.publishAt,
      hiddenReason: questions.hiddenReason,
      withdrawnAt: questions.withdrawnAt,
      commentReason: comments.hiddenReason,
      commentWithdrawnAt: comments.withdrawnAt,
      createdAt: safetyMarks.createdAt,
    })
    .from(safetyMarks)
    .innerJoin(questions, eq(questions.id, safetyMarks.questionId))
    .leftJoin(comments, eq(comments.id, safetyMarks.commentId))
    .where(and(isWaiting, isFurther))
    .orderBy(rank, asc(safetyMarks.createdAt), asc(safetyMarks.id))
    .limit(PAGE_SIZE + 1)
}

export async function countUnseen(db: Reader) {
  const [row] = await db
    .select({ count: count() })
    .from(safetyMarks)
    .innerJoin(questions, eq(questions.id, safetyMarks.questionId))
    .where(isWaiting)
  return row!.count
}

type Seen = { questionId: number; commentId?: number; seenById: number; now: Date }

/**
 * All marks of a question at once, or of what was said below it. False: somebody else has looked before.
 * What is held below it waits for a decision of its own.
 */
export async function markSeen(db: Writer, { questionId, commentId, seenById, now }: Seen) {
  const held = db
    .select({ id: comments.id })
    .from(comments)
    .where(and(eq(comments.questionId, questionId), isHeld))
  const isMeant = commentId
    ? eq(safetyMarks.commentId, commentId)
    : or(isNull(safetyMarks.commentId), notInArray(safetyMarks.commentId, held))
  const seen = await db
    .update(safetyMarks)
    .set({ seenAt: now, seenById })
    .where(and(eq(safetyMarks.questionId, questionId), isMeant, isNull(safetyMarks.seenAt)))
    .returning({ id: safetyMarks.id })
  return seen.length > 0
}

// --- who is told ------------------------------------------------------------------------------------------------------

export type Told = { accountId: number; name: string; email: string }

/** Whoever is answering the question. */
export const listHolders = (db: Reader, questionId: number, now: Date): Promise<Told[]> =>
  db
    .select({ accountId: accounts.id, name: accounts.name, email: accounts.email })
    .from(accounts)
    .innerJoin(questions, eq(questions.claimedById, accounts.id))
    .innerJoin(experts, eq(experts.accountId, accounts.id))
    .where(
      and(
        eq(questions.id, questionId),
        gt(questions.claimedUntil, now),
        isVerifiedExpert(now),
        isNull(accounts.closedAt),
      ),
    )

export async function isOnCall(db: Reader, accountId: number) {
  return (await db.$count(accounts, and(eq(accounts.id, accountId), eq(accounts.isOnCall, true)))) > 0
}

export async function setOnCall(db: Writer, accountId: number, onCall: boolean) {
  await db.update(accounts).set({ isOnCall: onCall }).where(eq(accounts.id, accountId))
}

// --- a question that is held -------------------------------------------------------------------------------------------

type Holding = { heldAt: Date; hiddenReason: string }

/** It waits for a moderator. Whoever calls this has hidden it from everybody else. */
export async function holdQuestion(db: Writer, questionId: number, holding: Holding) {
  await db.update(questions).set(holding).where(eq(questions.id, questionId))
}

/** It waits no more, and is not published. Its asker reads why. */
export async function endHolding(db: Writer, questionId: number, hiddenReason = '') {
  await db.update(questions).set({ heldAt: null, hiddenReason }).where(eq(questions.id, questionId))
}
