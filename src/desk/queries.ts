import { and, asc, count, desc, eq, gt, inArray, isNotNull, isNull, notExists, notInArray, or, sql } from 'drizzle-orm'
import { isConfidedTo } from '../audiences/queries.ts'
import { isHeldBy } from '../claims/queries.ts'
import { isAfter, isBefore } from '../database/paging.ts'
import {
  accounts,
  answers,
  categories,
  comments,
  declines,
  drafts,
  experts,
  questionRoutings,
  questions,
  referrals,
} from '../database/schema.ts'
import type { Reader } from '../database/types.ts'
import { isVerifiedExpert } from '../database/verification.ts'
import { PAGE_SIZE, type Position } from '../lib/paging.ts'
import { isShown } from '../questions/queries.ts'

export type Place = Awaited<ReturnType<typeof listPlaces>>[number]

/** Every category, in the order of the tree's addresses. */
export const listPlaces = (db: Reader) =>
  db
    .select({ id: categories.id, path: categories.path, name: categories.name })
    .from(categories)
    .orderBy(asc(categories.path))

export const SHOWN = ['waiting', 'replied', 'asked'] as const
export const ORDERS = ['longest', 'newest'] as const

export type Waiting = {
  expertId: number
  /** None: everywhere. */
  categoryIds?: number[]
  /** `replied`: the asker has said what an expert asked them. `asked`: they have yet to. */
  show: (typeof SHOWN)[number]
  now: Date
}

type Listing = Waiting & { order: (typeof ORDERS)[number]; after?: Position; limit?: number }

// written out, or SQLite could not tell that the index of what waits is all it needs
const isWaiting = and(sql`${questions.status} = 'open'`, isShown)

const IS_SHOWN = {
  waiting: isNull(questions.clarifyingSince),
  replied: and(isNull(questions.clarifyingSince), gt(questions.pausedSeconds, 0)),
  asked: isNotNull(questions.clarifyingSince),
}

/**
 * What waits for an expert: not their own questions, what they passed on, declined or answered before their answer was
 * taken down, nor what stands further up.
 */
function waitsFor(db: Reader, { expertId, categoryIds, show, now }: Waiting) {
  const own = db.select({ id: questions.id }).from(questions).where(eq(questions.askerId, expertId))
  const declined = db.select({ id: declines.questionId }).from(declines).where(eq(declines.expertId, expertId))
  const referred = db.select({ id: referrals.questionId }).from(referrals).where(eq(referrals.expertId, expertId))
  const held = db.select({ id: questions.id }).from(questions).where(isHeldBy(expertId, now))
  const passedToThem = db
    .select({ id: questionRoutings.questionId })
    .from(questionRoutings)
    .where(and(eq(questionRoutings.expertId, expertId), eq(questionRoutings.reason, 'referred')))
  const takenDown = db
    .select({ id: answers.questionId })
    .from(answers)
    .where(and(eq(answers.expertId, expertId), or(isNotNull(answers.hiddenAt), isNotNull(answers.withdrawnAt))))
  return and(
    isWaiting,
    IS_SHOWN[show],
    categoryIds && inArray(questions.categoryId, categoryIds),
    notInArray(questions.id, own),
    notInArray(questions.id, declined),
    notInArray(questions.id, referred),
    notInArray(questions.id, held),
    notInArray(questions.id, passedToThem),
    notInArray(questions.id, takenDown),
  )
}

const row = {
  id: questions.id,
  slug: questions.slug,
  hiddenAt: questions.hiddenAt,
  title: questions.title,
  excerpt: questions.excerpt,
  askerName: questions.askerName,
  ageBand: questions.ageBand,
  duration: questions.duration,
  createdAt: questions.createdAt,
  waitsFrom: questions.waitsFrom,
  clarifyingSince: questions.clarifyingSince,
  pausedSeconds: questions.pausedSeconds,
  widenedAt: questions.widenedAt,
  flaggedAt: questions.flaggedAt,
  claimedUntil: questions.claimedUntil,
  categoryName: categories.name,
  categoryPath: categories.path,
  /** Who is answering it now. */
  holderId: experts.accountId,
  holderName: accounts.name,
}

export type DeskQuestion = Awaited<ReturnType<typeof listWaiting>>[number]

export const selectRows = (db: Reader, now: Date) =>
  db
    .select(row)
    .from(questions)
    .innerJoin(categories, eq(categories.id, questions.categoryId))
    .leftJoin(
      experts,
      and(eq(experts.accountId, questions.claimedById), gt(questions.claimedUntil, now), isVerifiedExpert(now)),
    )
    .leftJoin(accounts, eq(accounts.id, experts.accountId))

/** Where a page of the list ended. */
export const positionOfRow = (show: Waiting['show'], { id, waitsFrom, clarifyingSince, createdAt }: DeskQuestion) => ({
  at: (show === 'asked' ? clarifyingSince : waitsFrom) ?? createdAt,
  id,
})

/** By how long they have waited, for whom they wait for: for an answer, or for what the asker says. */
export function listWaiting(db: Reader, { order, after, limit = PAGE_SIZE + 1, ...waiting }: Listing) {
  const since = waiting.show === 'asked' ? questions.clarifyingSince : questions.waitsFrom
  const [direction, isBehind] = order === 'newest' ? [desc, isBefore] : [asc, isAfter]
  return selectRows(db, waiting.now)
    .where(and(waitsFor(db, waiting), after && isBehind(since, questions.id, after)))
    .orderBy(direction(since), direction(questions.id))
    .limit(limit)
}

/** What may be urgent of it, in the same order. */
export function listUrgent(db: Reader, { order, ...waiting }: Pick<Listing, keyof Waiting | 'order'>) {
  const since = waiting.show === 'asked' ? questions.clarifyingSince : questions.waitsFrom
  const direction = order === 'newest' ? desc : asc
  return selectRows(db, waiting.now)
    .where(and(waitsFor(db, waiting), isNotNull(questions.flaggedAt)))
    .orderBy(direction(since), direction(questions.id))
    .limit(PAGE_SIZE)
}

/** How much waits in each category itself. */
export const countWaiting = (db: Reader, waiting: Waiting) =>
  db
    .select({ id: questions.categoryId, count: count() })
    .from(questions)
    .where(waitsFor(db, waiting))
    .groupBy(questions.categoryId)

// --- put before an expert -----------------------------------------------------------------------------------------

export const MOST_SHOWN = 20

type Routed = Pick<Waiting, 'expertId' | 'categoryIds' | 'now'>

/**
 * By colleagues, or because they waited long elsewhere; till they are answered, closed or passed on. The latest first.
 * @param routed with the categories in which what has waited long stands on their desk anyway
 */
export function listRouted(db: Reader, { expertId, categoryIds, now }: Routed) {
  const answered = db
    .select({ id: answers.id })
    .from(answers)
    .where(and(eq(answers.questionId, questions.id), eq(answers.expertId, expertId)))
  return db
    .select({ ...row, reason: questionRoutings.reason, routedAt: questionRoutings.createdAt })
    .from(questionRoutings)
    .innerJoin(questions, eq(questions.id, questionRoutings.questionId))
    .innerJoin(categories, eq(categories.id, questions.categoryId))
    .leftJoin(
      experts,
      and(eq(experts.accountId, questions.claimedById), gt(questions.claimedUntil, now), isVerifiedExpert(now)),
    )
    .leftJoin(accounts, eq(accounts.id, experts.accountId))
    .where(
      and(
        eq(questionRoutings.expertId, expertId),
        isShown,
        sql`${questions.status} <> 'closed'`,
        or(eq(questionRoutings.reason, 'referred'), and(sql`${questions.status} = 'open'`, isElsewhere(categoryIds))),
        sql`(${questions.askerId} is null or ${questions.askerId} <> ${expertId})`,
        notExists(answered),
      ),
    )
    .orderBy(desc(questionRoutings.createdAt), desc(questions.id))
    .limit(MOST_SHOWN)
}

const isElsewhere = (categoryIds: number[] | undefined) =>
  categoryIds ? notInArray(questions.categoryId, categoryIds) : sql`false`

/** Why colleagues passed questions on to an expert, by question; the last time counts. */
export async function listReasons(db: Reader, expertId: number, questionIds: number[]) {
  if (questionIds.length === 0) return new Map<number, { expertName: string; reason: string }>()
  const rows = await db
    .select({ questionId: referrals.questionId, expertName: referrals.expertName, reason: referrals.reason })
    .from(referrals)
    .where(and(eq(referrals.toExpertId, expertId), inArray(referrals.questionId, questionIds)))
    .orderBy(asc(referrals.createdAt), asc(referrals.id))
  return new Map(rows.map(({ questionId, ...why }) => [questionId, why]))
}

// --- in hand ------------------------------------------------------------------------------------------------------

/** `categoryIds`: where they may answer; none: everywhere. */
export type Whose = { expertId: number; categoryIds?: number[]; now: Date }

/** A condition on `questions`: an expert may read it. */
const isReadBy = (whose: Whose) => or(isShown, isConfidedTo(whose))

/** What an expert is answering, that which ends first on top. */
export const listClaims = (db: Reader, whose: Whose) =>
  selectRows(db, whose.now)
    .where(and(isHeldBy(whose.expertId, whose.now), isReadBy(whose)))
    .orderBy(asc(questions.claimedUntil), asc(questions.id))

/** Answers begun, the last first. */
export const listBegun = (db: Reader, whose: Whose) =>
  db
    .select({
      key: drafts.key,
      updatedAt: drafts.updatedAt,
      fields: drafts.fields,
      questionId: questions.id,
      questionTitle: questions.title,
    })
    .from(drafts)
    .innerJoin(questions, eq(questions.id, drafts.questionId))
    .where(
      and(
        eq(drafts.accountId, whose.expertId),
        isNull(drafts.address),
        gt(drafts.expiresAt, whose.now),
        isReadBy(whose),
      ),
    )
    .orderBy(desc(drafts.updatedAt), desc(drafts.id))
    .limit(MOST_SHOWN)

/** What askers said last to an expert's answers, the oldest first: each waits for a word. */
export function listFollowUps(db: Reader, whose: Whose) {
  const later = sql`exists (select 1 from ${comments} as said where said.answer_id = ${comments.answerId} and said.id > ${comments.id} and said.hidden_at is null)`
  return db
    .select({
      id: comments.id,
      createdAt: comments.createdAt,
      questionId: questions.id,
      questionTitle: questions.title,
    })
    .from(answers)
    .innerJoin(comments, eq(comments.answerId, answers.id))
    .innerJoin(questions, eq(questions.id, answers.questionId))
    .where(
      and(
        eq(answers.expertId, whose.expertId),
        isNull(answers.hiddenAt),
        isNull(answers.withdrawnAt),
        isReadBy(whose),
        sql`${questions.status} <> 'closed'`,
        eq(comments.kind, 'follow-up'),
        eq(comments.isByAsker, true),
        isNull(comments.hiddenAt),
        sql`not ${later}`,
      ),
    )
    .orderBy(asc(comments.createdAt), asc(comments.id))
    .limit(MOST_SHOWN)
}

// --- when an expert is there --------------------------------------------------------------------------------------

export type Availability = NonNullable<Awaited<ReturnType<typeof findAvailability>>>

export async function findAvailability(db: Reader, expertId: number) {
  const [found] = await db
    .select({ capacity: experts.capacity, leaveUntil: experts.leaveUntil, deskMail: experts.deskMail })
    .from(experts)
    .where(eq(experts.accountId, expertId))
  return found
}
