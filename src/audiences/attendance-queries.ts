import {
  and,
  asc,
  eq,
  exists,
  gt,
  inArray,
  isNotNull,
  isNull,
  lte,
  ne,
  notExists,
  or,
  type SQL,
  sql,
} from 'drizzle-orm'
import { type Category, listAncestors, listCategoryIdsOf, pathsTo } from '../categories/queries.ts'
import { accounts, categories, categoryWaits, declines, experts, questions } from '../database/schema.ts'
import type { Reader, Writer } from '../database/types.ts'
import { isVerifiedExpert } from '../database/verification.ts'
import { isInScope } from '../experts/scope-queries.ts'
import { isInConfidence, type Question } from '../questions/queries.ts'

type Now = { now: Date /** Whoever asks. */; exceptId?: number }

/** A condition on `experts`: verified, not on leave, and with an account. */
const isHere = (db: Reader, now: Date) =>
  and(
    isVerifiedExpert(now),
    or(isNull(experts.leaveUntil), lte(experts.leaveUntil, now)),
    exists(
      db
        .select({ id: accounts.id })
        .from(accounts)
        .where(and(eq(accounts.id, experts.accountId), isNull(accounts.closedAt))),
    ),
  )

/**
 * How many experts could read what is asked in confidence in a category now.
 * @param categoryIds the category and all above it
 */
export const countHere = (db: Reader, categoryIds: number[], { now, exceptId }: Now) =>
  db.$count(
    experts,
    and(
      isHere(db, now),
      isInScope(db, categoryIds),
      exceptId === undefined ? undefined : ne(experts.accountId, exceptId),
    ),
  )

export async function isAnybodyIn(db: Reader, category: Category, asked: Now) {
  const above = await listAncestors(db, category)
  return (await countHere(db, [category.id, ...above.map(({ id }) => id)], asked)) > 0
}

/** Where nobody could read what is asked in confidence: the nearest categories in which somebody could. */
export async function findNobody(db: Reader, category: Category, asked: Now) {
  if (await isAnybodyIn(db, category, asked)) return undefined
  const places = await listPlacesNear(db, category, asked)
  return { places: places.map(({ name }) => name) }
}

const MOST_PLACES = 3
const MOST_TRIED = 10

/** The categories nearest to one in which somebody could read it. Who answers in a category answers in those below it too. */
async function listPlacesNear(db: Reader, category: Category, asked: Now) {
  const rows = await db
    .select({ category: categories })
    .from(categoryWaits)
    .innerJoin(categories, eq(categories.id, categoryWaits.categoryId))
    .where(and(gt(categoryWaits.expertCount, 0), ne(categories.id, category.id)))
    .orderBy(asc(categories.path))
  const nearest = rows
    .map((row) => ({ ...row, distance: distanceOf(row.category.path, category.path) }))
    .sort((a, b) => a.distance - b.distance)
  const found: Category[] = []
  for (const { category: near } of nearest.slice(0, MOST_TRIED))
    if (found.length < MOST_PLACES && (await isAnybodyIn(db, near, asked))) found.push(near)
  return found
}

/** Steps in the tree from one to the other. */
function distanceOf(one: string, other: string) {
  const above = new Set(pathsTo(one))
  const common = pathsTo(other).filter((path) => above.has(path)).length
  return pathsTo(one).length + pathsTo(other).length - 2 * common
}

// --- whether anybody a question is for can answer it -------------------------------------------------------------------

/** A condition on `questions` of one category: somebody of those it is for is here, and has not declined it. */
function isAttended(db: Reader, categoryIds: number[], now: Date): SQL {
  const declined = db
    .select({ id: declines.questionId })
    .from(declines)
    .where(and(eq(declines.questionId, questions.id), eq(declines.expertId, experts.accountId)))
  return exists(
    db
      .select({ id: experts.accountId })
      .from(experts)
      .where(
        and(
          isHere(db, now),
          isInScope(db, categoryIds),
          or(eq(questions.audience, 'experts'), eq(experts.accountId, questions.addresseeId)),
          or(isNull(questions.askerId), ne(experts.accountId, questions.askerId)),
          notExists(declined),
        ),
      ),
  )
}

/** Somebody waits for an answer to it that they alone would read. */
const isAwaited = and(isInConfidence, sql`${questions.status} = 'open'`, isNotNull(questions.askerId))

export const listAwaitedCategories = (db: Reader) =>
  db
    .selectDistinct({ id: questions.categoryId, path: categories.path })
    .from(questions)
    .innerJoin(categories, eq(categories.id, questions.categoryId))
    .where(isAwaited)

export const listCategoryIds = async (db: Reader, paths: string[]) =>
  (await db.select({ id: categories.id }).from(categories).where(inArray(categories.path, paths))).map(({ id }) => id)

type Place = { id: number; categoryIds: number[]; now: Date }

/** Those that nobody can answer any more, each once till somebody can again; with whom to tell. */
export async function markUnattended(db: Writer, { id, categoryIds, now }: Place) {
  const isThere = and(isAwaited, eq(questions.categoryId, id))
  await db
    .update(questions)
    .set({ unattendedAt: null })
    .where(and(isThere, isNotNull(questions.unattendedAt), isAttended(db, categoryIds, now)))
  return db
    .update(questions)
    .set({ unattendedAt: now })
    .where(and(isThere, isNull(questions.unattendedAt), sql`not ${isAttended(db, categoryIds, now)}`))
    .returning({ id: questions.id, askerId: questions.askerId, audience: questions.audience })
}

export type Absence = NonNullable<Awaited<ReturnType<typeof findAbsence>>>

/** Why nobody it is for can answer it, for its asker, and where somebody could. Undefined: somebody can, or nobody waits for it. */
export async function findAbsence(db: Reader, question: Question, now: Date) {
  const categoryIds = await listCategoryIdsOf(db, question.id)
  const [awaited] = await db
    .select({ category: categories })
    .from(questions)
    .innerJoin(categories, eq(categories.id, questions.categoryId))
    .where(and(eq(questions.id, question.id), isAwaited, sql`not ${isAttended(db, categoryIds, now)}`))
  if (!awaited) return undefined
  const asked = { now, exceptId: question.askerId ?? undefined }
  const isAnybodyElse = question.audience === 'expert' && (await countHere(db, categoryIds, asked)) > 0
  const places = isAnybodyElse ? [] : await listPlacesNear(db, awaited.category, asked)
  return { isAnybodyElse, places, ...(await findReason(db, question, now)) }
}

async function findReason(db: Reader, { id, addresseeId }: Question, now: Date) {
  const [expert] = await db
    .select({ leaveUntil: experts.leaveUntil, declinedAt: declines.createdAt })
    .from(experts)
    .leftJoin(declines, and(eq(declines.expertId, experts.accountId), eq(declines.questionId, id)))
    .where(and(eq(experts.accountId, addresseeId ?? 0), isVerifiedExpert(now)))
  if (expert?.declinedAt) return { reason: 'declined' as const }
  if (expert?.leaveUntil && expert.leaveUntil > now) return { reason: 'away' as const, until: expert.leaveUntil }
  return { reason: 'gone' as const }
}

/** Of one expert alone till now: of all who answer in its category. False: it is theirs no more, or not in confidence. */
export async function openToExperts(db: Writer, { id }: Pick<Question, 'id'>, now: Date) {
  const opened = await db
    .update(questions)
    .set({ audience: 'experts', addresseeId: null, unattendedAt: null, waitsFrom: now, changedAt: now })
    .where(and(eq(questions.id, id), eq(questions.audience, 'expert'), isInConfidence, ne(questions.status, 'closed')))
    .returning({ id: questions.id })
  return opened.length > 0
}
