import { and, asc, desc, eq, exists, inArray, isNull, lte, ne, notExists, or, type SQL } from 'drizzle-orm'
import { type Answer, findReviewBy, isShown } from '../answers/queries.ts'
import { locked } from '../database/dialect.ts'
import { isAfter } from '../database/paging.ts'
import {
  accounts,
  answerReviews,
  answers,
  categories,
  categoryQuestions,
  expertCategories,
  experts,
  professionCategories,
  questions,
} from '../database/schema.ts'
import type { Reader, Writer } from '../database/types.ts'
import { isVerifiedExpert } from '../database/verification.ts'
import { PAGE_SIZE, type Position } from '../lib/paging.ts'
import { isShown as isQuestionShown, touchQuestion } from '../questions/queries.ts'

export type OverdueAnswer = Awaited<ReturnType<typeof listOverdue>>[number]

/** `by` an expert: their own. `for` an expert: those of others, where they may answer. Neither: all of them. */
type Overdue = { by?: number; for?: number; now: Date }

/** Those due longest first, one more than a page. */
export function listOverdue(db: Reader, { after, limit = PAGE_SIZE + 1, ...overdue }: Overdue & Listing) {
  return db
    .select({
      id: answers.id,
      expertId: answers.expertId,
      expertName: answers.expertName,
      createdAt: answers.createdAt,
      reviewBy: answers.reviewBy,
      reviewedAt: answers.reviewedAt,
      questionId: questions.id,
      questionSlug: questions.slug,
      questionTitle: questions.title,
      categoryName: categories.name,
      categoryPath: categories.path,
    })
    .from(answers)
    .innerJoin(questions, eq(questions.id, answers.questionId))
    .innerJoin(categories, eq(categories.id, questions.categoryId))
    .where(and(isOverdueFor(db, overdue), after && isAfter(answers.reviewBy, answers.id, after)))
    .orderBy(asc(answers.reviewBy), asc(answers.id))
    .limit(limit)
}

type Listing = { after?: Position; limit?: number }

export async function countOverdue(db: Reader, overdue: Overdue) {
  const rows = db
    .select({ id: answers.id })
    .from(answers)
    .innerJoin(questions, eq(questions.id, answers.questionId))
    .where(isOverdueFor(db, overdue))
  return db.$count(rows.as('overdue'))
}

const isOverdueFor = (db: Reader, { by, for: expertId, now }: Overdue) =>
  and(
    isShown,
    isQuestionShown,
    lte(answers.reviewBy, now),
    by === undefined ? undefined : eq(answers.expertId, by),
    expertId === undefined ? undefined : isForOther(db, expertId),
  )

/** Nobody checks what they were told themselves. */
const isForOther = (db: Reader, expertId: number) =>
  and(
    or(isNull(answers.expertId), ne(answers.expertId, expertId)),
    or(isNull(questions.askerId), ne(questions.askerId, expertId)),
    exists(
      db
        .select({ id: experts.accountId })
        .from(experts)
        .where(and(eq(experts.accountId, expertId), isInScopeOfQuestion(db))),
    ),
  )

/** `mayAnswerIn` for the questions of a list: each is filed in its category and in all above it. */
function isInScopeOfQuestion(db: Reader): SQL | undefined {
  const isTheirs = eq(expertCategories.expertId, experts.accountId)
  const isFiled = inArray(expertCategories.categoryId, filedIn(db))
  return and(
    or(isNull(experts.professionId), exists(ofProfession(db))),
    or(notExists(ownIn(db).where(isTheirs)), exists(ownIn(db).where(and(isTheirs, isFiled)))),
  )
}

const ownIn = (db: Reader) => db.select({ id: expertCategories.categoryId }).from(expertCategories)

const filedIn = (db: Reader) =>
  db
    .select({ id: categoryQuestions.categoryId })
    .from(categoryQuestions)
    .where(eq(categoryQuestions.questionId, questions.id))

const ofProfession = (db: Reader) =>
  db
    .select({ id: professionCategories.categoryId })
    .from(professionCategories)
    .where(
      and(
        eq(professionCategories.professionId, experts.professionId),
        inArray(professionCategories.categoryId, filedIn(db)),
      ),
    )

/** The last first. */
export function listReviews(db: Reader, answerId: number) {
  return db
    .select({
      id: answerReviews.id,
      expertName: answerReviews.expertName,
      note: answerReviews.note,
      createdAt: answerReviews.createdAt,
    })
    .from(answerReviews)
    .where(eq(answerReviews.answerId, answerId))
    .orderBy(desc(answerReviews.createdAt), desc(answerReviews.id))
    .limit(LAST_SHOWN)
}

const LAST_SHOWN = 20

type Review = { expert: { accountId: number; name: string }; note?: string; now: Date; reviewMonths: number }

/**
 * An expert has looked, and it still holds: it is looked at again as long after this as after it was written.
 * False: somebody has changed, withdrawn or checked it since `answer` was read.
 */
export async function reviewAnswer(db: Writer, answer: Answer, { expert, note, now, reviewMonths }: Review) {
  const [current] = await locked(
    db
      .select()
      .from(answers)
      .where(and(eq(answers.id, answer.id), isShown)),
  )
  if (!current || current.body !== answer.body || Number(current.reviewedAt) !== Number(answer.reviewedAt)) return false
  await db
    .insert(answerReviews)
    .values({ answerId: answer.id, expertId: expert.accountId, expertName: expert.name, note, createdAt: now })
  const [question] = await db.select().from(questions).where(eq(questions.id, answer.questionId))
  const reviewBy = await findReviewBy(db, { categoryId: question!.categoryId, from: now, reviewMonths })
  await db
    .update(answers)
    .set({ reviewedAt: now, reviewedByName: expert.name, reviewBy, reviewReminder: null })
    .where(eq(answers.id, answer.id))
  await touchQuestion(db, answer.questionId)
  return true
}

/** Answers that have become due since their experts were last told, as told from now on. */
export function claimAuthorReminders(db: Writer, now: Date) {
  return db
    .update(answers)
    .set({ reviewReminder: 'author' })
    .where(and(isDue(db), lte(answers.reviewBy, now), isNull(answers.reviewReminder)))
    .returning({ id: answers.id, expertId: answers.expertId })
}

/** Answers that were due by then and that staff have not been told of, as told from now on. */
export function claimStaffReminders(db: Writer, dueBy: Date) {
  return db
    .update(answers)
    .set({ reviewReminder: 'staff' })
    .where(and(isDue(db), lte(answers.reviewBy, dueBy), eq(answers.reviewReminder, 'author')))
    .returning({ id: answers.id })
}

/** Everybody can read it, and so somebody has to check it. */
const isDue = (db: Reader) =>
  and(
    isShown,
    exists(
      db
        .select({ id: questions.id })
        .from(questions)
        .where(and(eq(questions.id, answers.questionId), isQuestionShown)),
    ),
  )

/** Those of these experts who can check their answers. */
export function listReminded(db: Reader, expertIds: number[], now: Date) {
  return db
    .select({ accountId: accounts.id, name: accounts.name, email: accounts.email })
    .from(accounts)
    .innerJoin(experts, eq(experts.accountId, accounts.id))
    .where(and(inArray(accounts.id, expertIds), isVerifiedExpert(now), isNull(accounts.closedAt)))
}
