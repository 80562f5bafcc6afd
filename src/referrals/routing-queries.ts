import { and, asc, eq, exists, gt, isNull, lte, ne, notExists, notInArray, or, sql } from 'drizzle-orm'
import {
  accounts,
  answers,
  categoryQuestions,
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

type Routing = Pick<typeof questionRoutings.$inferInsert, 'questionId' | 'expertId' | 'reason'>

/** The category of a question and all above it. None while it is hidden. */
export async function listCategoryIdsOf(db: Reader, questionId: number) {
  const filed = await db
    .select({ id: categoryQuestions.categoryId })
    .from(categoryQuestions)
    .where(eq(categoryQuestions.questionId, questionId))
  return filed.map(({ id }) => id)
}

type Place = { questionId: number; categoryIds: number[] }

/** Where they were accepted, and beyond that what was put before them, as far as their profession goes. */
export async function mayAnswerQuestion(db: Reader, expertId: number, { questionId, categoryIds }: Place) {
  const isPutBefore = exists(
    db
      .select({ id: questionRoutings.questionId })
      .from(questionRoutings)
      .where(and(eq(questionRoutings.questionId, questionId), eq(questionRoutings.expertId, experts.accountId))),
  )
  const may = or(isInScope(db, categoryIds), and(isPutBefore, isInProfession(db, categoryIds)))
  const [expert] = await db
    .select({ id: experts.accountId })
    .from(experts)
    .where(and(eq(experts.accountId, expertId), may))
  return expert !== undefined
}

/** Puts a question before an expert. False: it has been before. */
export async function routeQuestion(db: Writer, routing: Routing, now: Date) {
  const routed = await db
    .insert(questionRoutings)
    .values({ ...routing, createdAt: now })
    .onConflictDoNothing()
    .returning({ id: questionRoutings.expertId })
  return routed.length > 0
}

export async function withdrawRouting(db: Writer, { questionId, expertId }: Omit<Routing, 'reason'>) {
  await db
    .delete(questionRoutings)
    .where(and(eq(questionRoutings.questionId, questionId), eq(questionRoutings.expertId, expertId)))
}

const recipient = {
  accountId: experts.accountId,
  handle: experts.handle,
  name: accounts.name,
  email: accounts.email,
  profession: experts.profession,
  leaveUntil: experts.leaveUntil,
}

export type Colleague = Awaited<ReturnType<typeof listColleagues>>[number]

const MOST_COLLEAGUES = 200

/**
 * To whom a question can be passed on, those on leave too. Whoever asked it is among them if they are an expert: left
 * out they would be known.
 */
export function listColleagues(db: Reader, { categoryIds, exceptId, now }: Passing) {
  return db
    .select(recipient)
    .from(experts)
    .innerJoin(accounts, eq(accounts.id, experts.accountId))
    .where(
      and(
        isVerifiedExpert(now),
        isNull(accounts.closedAt),
        ne(experts.accountId, exceptId),
        or(isInScope(db, categoryIds), isInProfession(db, categoryIds)),
      ),
    )
    .orderBy(asc(accounts.name), asc(experts.accountId))
    .limit(MOST_COLLEAGUES)
}

type Passing = { categoryIds: number[]; exceptId: number; now: Date }

// --- questions that have waited long ------------------------------------------------------------------------------

/** Before how many experts at once. */
const WIDER_CIRCLE = 10

type Waiting = { id: number; categoryId: number; askerId: number | null }

/**
 * Experts who have not been told of a question by their own choice of categories: those of its profession who were
 * accepted elsewhere, and those of the categories above it. Those with the least before them come first.
 */
export function listFurtherExperts(db: Reader, question: Waiting, { categoryIds, now }: Omit<Passing, 'exceptId'>) {
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
        notInArray(experts.accountId, involvedIn(db, question.id)),
        question.askerId === null ? undefined : ne(experts.accountId, question.askerId),
        sql`${experts.capacity} > (${countClaims(db, now)})`,
      ),
    )
    .orderBy(sql`(${countRoutings(db)})`, asc(experts.accountId))
    .limit(WIDER_CIRCLE)
}

const choiceOf = (db: Reader, { categoryId }: Waiting) =>
  db
    .select({ id: expertCategories.categoryId })
    .from(expertCategories)
    .where(and(eq(expertCategories.expertId, experts.accountId), eq(expertCategories.categoryId, categoryId)))

/** Whoever has seen it already and answered, passed it on or would rather not. */
function involvedIn(db: Reader, questionId: number) {
  const declined = db.select({ id: declines.expertId }).from(declines).where(eq(declines.questionId, questionId))
  const referred = db
    .select({ id: sql<number>`coalesce(${referrals.expertId}, 0)` })
    .from(referrals)
    .where(eq(referrals.questionId, questionId))
  const answered = db
    .select({ id: sql<number>`coalesce(${answers.expertId}, 0)` })
    .from(answers)
    .where(eq(answers.questionId, questionId))
  return declined.union(referred).union(answered)
}

const countClaims = (db: Reader, now: Date) =>
  db
    .select({ count: sql`count(*)` })
    .from(questions)
    .where(and(eq(questions.claimedById, experts.accountId), gt(questions.claimedUntil, now)))

const countRoutings = (db: Reader) =>
  db.select({ count: sql`count(*)` }).from(questionRoutings).where(eq(questionRoutings.expertId, experts.accountId))
