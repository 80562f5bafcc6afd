import { and, asc, desc, eq, gt, inArray, isNull, or } from 'drizzle-orm'
import { findCategoryById, findReviewMonths, listAncestors } from '../categories/queries.ts'
import { config } from '../config.ts'
import { isBefore } from '../database/paging.ts'
import { accounts, answers, categories, experts, questions } from '../database/schema.ts'
import type { Reader, Writer } from '../database/types.ts'
import { listRegistrations } from '../experts/credential-queries.ts'
import { countAnswersOf } from '../experts/queries.ts'
import { plainTextOf } from '../lib/excerpts.ts'
import { renderMarkdown } from '../lib/markdown.ts'
import { addMonths } from '../lib/months.ts'
import { PAGE_SIZE, type Position } from '../lib/paging.ts'
import { countAnswer, isShown as isQuestionShown, type Question, touchQuestion } from '../questions/queries.ts'
import { listSearched } from '../questions/searched-queries.ts'
import { keepRevision } from '../revisions/queries.ts'
import { indexAnswers } from '../search/queries.ts'

export type Answer = typeof answers.$inferSelect
type NewAnswer = Pick<
  typeof answers.$inferInsert,
  | 'questionId'
  | 'expertId'
  | 'expertName'
  | 'expertProfession'
  | 'expertCredentials'
  | 'body'
  | 'submissionKey'
  | 'createdAt'
> & {
  /** After so many it is looked at again, where its category says nothing else. */
  reviewMonths?: number
}

/** Neither hidden nor withdrawn: it counts as an answer. */
export const isShown = and(isNull(answers.hiddenAt), isNull(answers.withdrawnAt))

/** Below the question's title and the expert's name. */
const TOP_HEADING = 3

export type Thread = NonNullable<Awaited<ReturnType<typeof findThread>>>

/** A question with its category, those above that, and its answers; what is hidden too, which not everybody may see. */
export async function findThread(db: Reader, questionId: number) {
  const [found] = await db
    .select({ question: questions, category: { id: categories.id, path: categories.path, name: categories.name } })
    .from(questions)
    .innerJoin(categories, eq(categories.id, questions.categoryId))
    .where(eq(questions.id, questionId))
  if (!found) return undefined
  const [ancestors, answers] = await Promise.all([listAncestors(db, found.category), listAnswers(db, questionId)])
  return { ...found, ancestors, answers }
}

/** An answer with all that stands around it. */
export async function findAnswerInThread(db: Reader, id: number) {
  const answer = await findAnswer(db, id)
  const thread = answer && (await findThread(db, answer.questionId))
  return thread && { answer, ...thread }
}

/** Oldest first, each with the handle of its expert's page while there is one. */
export function listAnswers(db: Reader, questionId: number) {
  return db
    .select({
      answer: answers,
      handle: experts.handle,
      verifiedAt: experts.verifiedAt,
      verifiedUntil: experts.verifiedUntil,
      isExample: accounts.isExample,
    })
    .from(answers)
    .leftJoin(experts, eq(experts.accountId, answers.expertId))
    .leftJoin(accounts, eq(accounts.id, answers.expertId))
    .where(eq(answers.questionId, questionId))
    .orderBy(answers.createdAt, answers.id)
}

/** What an expert has answered, newest first, one more than a page. */
export function listAnswersBy(db: Reader, expertId: number, after?: Position) {
  return db
    .select({
      id: answers.id,
      createdAt: answers.createdAt,
      questionId: questions.id,
      questionSlug: questions.slug,
      questionTitle: questions.title,
    })
    .from(answers)
    .innerJoin(questions, eq(questions.id, answers.questionId))
    .where(
      and(
        eq(answers.expertId, expertId),
        isShown,
        isQuestionShown,
        after && isBefore(answers.createdAt, answers.id, after),
      ),
    )
    .orderBy(desc(answers.createdAt), desc(answers.id))
    .limit(PAGE_SIZE + 1)
}

/** Whom to tell. None where the account has been closed. */
export async function findAsker(db: Reader, questionId: number) {
  const [asker] = await db
    .select({ accountId: accounts.id, name: accounts.name, email: accounts.email })
    .from(questions)
    .innerJoin(accounts, eq(accounts.id, questions.askerId))
    .where(eq(questions.id, questionId))
  return asker
}

/** Which expert to tell. None where the account has been closed. */
export async function findAuthor(db: Reader, answerId: number) {
  const [author] = await db
    .select({ accountId: accounts.id, name: accounts.name, email: accounts.email })
    .from(answers)
    .innerJoin(accounts, eq(accounts.id, answers.expertId))
    .where(eq(answers.id, answerId))
  return author
}

export async function findAnswer(db: Reader, id: number) {
  const [answer] = await db.select().from(answers).where(eq(answers.id, id))
  return answer
}

/**
 * The same form posted twice makes one answer; an expert who has answered already, in another tab perhaps, makes none.
 * Either way `answer` is the one that stands. Undefined: the question has been closed or hidden meanwhile.
 */
export async function createAnswer(db: Writer, { reviewMonths, ...values }: NewAnswer) {
  const createdAt = values.createdAt ?? new Date()
  const expertRegistrations = values.expertId ? await listRegistrations(db, values.expertId, createdAt) : []
  const [created] = await db
    .insert(answers)
    .values({ ...values, expertRegistrations, createdAt, bodyHtml: renderMarkdown(values.body, TOP_HEADING) })
    .onConflictDoNothing()
    .returning()
  if (!created) return { answer: await findStanding(db, values), isNew: false }
  const question = await countAnswer(db, values.questionId, createdAt)
  if (!question) {
    await db.delete(answers).where(eq(answers.id, created.id))
    return undefined
  }
  if (!question.hiddenAt) {
    if (values.expertId) await countAnswersOf(db, [values.expertId], 1)
    await indexAnswersTo(db, values.questionId)
  }
  return { answer: await setTimes(db, created, question, reviewMonths), isNew: true }
}

async function setTimes(db: Writer, { id, createdAt }: Answer, question: Question, reviewMonths?: number) {
  const waitedUntil = Math.min(Number(createdAt), Number(question.clarifyingSince ?? createdAt))
  const seconds = Math.floor((waitedUntil - Number(question.createdAt)) / 1000) - question.pausedSeconds
  const reviewBy = await findReviewBy(db, { categoryId: question.categoryId, from: createdAt, reviewMonths })
  const [answer] = await db
    .update(answers)
    .set({ waitSeconds: Math.max(0, seconds), reviewBy })
    .where(eq(answers.id, id))
    .returning()
  return answer!
}

type Reviewed = { categoryId: number; from: Date; reviewMonths?: number }

/** When an answer in this category that holds on a day is looked at again. */
export async function findReviewBy(db: Reader, { categoryId, from, reviewMonths = config.reviewMonths }: Reviewed) {
  const category = await findCategoryById(db, categoryId)
  return addMonths(from, (category && (await findReviewMonths(db, category))) ?? reviewMonths)
}

async function findStanding(db: Writer, { submissionKey, questionId, expertId }: NewAnswer) {
  const isTheExperts = expertId ? and(eq(answers.questionId, questionId), eq(answers.expertId, expertId)) : undefined
  const [answer] = await db
    .select()
    .from(answers)
    .where(or(eq(answers.submissionKey, submissionKey), isTheExperts))
  return answer!
}

/** Keeps what it said before as a revision. False: somebody else changed it since `answer` was read. */
export async function updateAnswer(db: Writer, answer: Answer, { body, editorId }: { body: string; editorId: number }) {
  const changed = await db
    .update(answers)
    .set({ body, bodyHtml: renderMarkdown(body, TOP_HEADING), editedAt: new Date() })
    .where(and(eq(answers.id, answer.id), eq(answers.body, answer.body)))
    .returning({ id: answers.id })
  if (changed.length === 0) return false
  await keepRevision(db, { ...answer, answerId: answer.id, writtenAt: answer.editedAt ?? answer.createdAt, editorId })
  await touchQuestion(db, answer.questionId)
  await indexAnswersTo(db, answer.questionId)
  return true
}

/** Without a revision: what it said before is to be gone. */
export async function rewordAnswer(db: Writer, id: number, body: string) {
  await db
    .update(answers)
    .set({ body, bodyHtml: renderMarkdown(body, TOP_HEADING) })
    .where(eq(answers.id, id))
}

/** Questions from one id on with all their answers, as a search reads them. */
export async function listSearchable(db: Reader, afterId: number, limit: number) {
  const rows = await db
    .select()
    .from(questions)
    .where(and(isQuestionShown, gt(questions.id, afterId)))
    .orderBy(asc(questions.id))
    .limit(limit)
  const ids = rows.map(({ id }) => id)
  const texts = await db
    .select({ questionId: answers.questionId, bodyHtml: answers.bodyHtml })
    .from(answers)
    .where(and(isShown, inArray(answers.questionId, ids)))
    .orderBy(answers.createdAt, answers.id)
  const byQuestion = Map.groupBy(texts, ({ questionId }) => questionId)
  const documents = await listSearched(db, rows)
  return documents.map((document) => ({ ...document, answer: textOf(byQuestion.get(document.id) ?? []) }))
}

export async function indexAnswersTo(db: Writer, questionId: number) {
  const texts = await db
    .select({ bodyHtml: answers.bodyHtml })
    .from(answers)
    .where(and(isShown, eq(answers.questionId, questionId)))
    .orderBy(answers.createdAt, answers.id)
  await indexAnswers(db, 'question', questionId, textOf(texts))
}

const textOf = (texts: { bodyHtml: string }[]) => texts.map(({ bodyHtml }) => plainTextOf(bodyHtml)).join('\n')
