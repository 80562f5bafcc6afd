import { and, desc, eq, isNotNull, isNull, ne, or, sql } from 'drizzle-orm'
import { fileQuestion, holdCategories, unfileQuestion } from '../categories/queries.ts'
import { isBefore } from '../database/paging.ts'
import { categories, categoryQuestions, questions } from '../database/schema.ts'
import type { Reader, Writer } from '../database/types.ts'
import { excerptOf } from '../lib/excerpts.ts'
import { renderMarkdown } from '../lib/markdown.ts'
import { PAGE_SIZE, type Position } from '../lib/paging.ts'
import { slugOf } from '../lib/slugs.ts'
import { keepRevision } from '../revisions/queries.ts'
import { resumeClock } from './clock-queries.ts'
import { indexQuestion } from './searched-queries.ts'

export type Question = typeof questions.$inferSelect
export type QuestionText = { title: string; body: string }
type Facts = Pick<typeof questions.$inferInsert, 'ageBand' | 'duration' | 'tried' | 'imaging'>
type NewQuestion = QuestionText &
  Facts &
  Pick<
    typeof questions.$inferInsert,
    | 'categoryId'
    | 'askerId'
    | 'askerName'
    | 'isPseudonym'
    | 'submissionKey'
    | 'createdAt'
    | 'publishAt'
    | 'audience'
    | 'addresseeId'
    | 'isIdentityUnseen'
  >

export type ListedQuestion = Awaited<ReturnType<typeof listQuestions>>[number]

/** Addresses that stand beside the page of a question. */
const RESERVED_SLUGS = new Set([
  'edit',
  'revisions',
  'closure',
  'concealment',
  'answers',
  'claim',
  'decline',
  'referral',
  'category',
  'publication',
  'audience',
  'withdrawal',
  'anonymity',
  'identity',
  'help',
])

export const isShown = isNull(questions.hiddenAt)

/** The same as the policy says of a row: asked in confidence, and nothing else keeps it back. */
export const isInConfidence = and(
  isNotNull(questions.audience),
  isNull(questions.hiddenReason),
  isNull(questions.heldAt),
  isNull(questions.publishAt),
  isNull(questions.withdrawnAt),
)

/** Whoever it is for reads it, be that everybody or a few. */
export const isLive = or(isShown, isInConfidence)

/** Nobody is answering it. */
export const UNCLAIMED = { claimedById: null, claimedAt: null, claimedUntil: null }

const listed = {
  id: questions.id,
  slug: questions.slug,
  title: questions.title,
  excerpt: questions.excerpt,
  askerName: questions.askerName,
  status: questions.status,
  answerCount: questions.answerCount,
  createdAt: questions.createdAt,
  answeredAt: questions.answeredAt,
  changedAt: questions.changedAt,
  hiddenAt: questions.hiddenAt,
  publishAt: questions.publishAt,
  withdrawnAt: questions.withdrawnAt,
  audience: questions.audience,
  hiddenReason: questions.hiddenReason,
  heldAt: questions.heldAt,
  widenedAt: questions.widenedAt,
  flaggedAt: questions.flaggedAt,
  categoryName: categories.name,
  categoryPath: categories.path,
}

/** Newest first, one more than a page, so that `pageOf` sees whether another follows. */
export function listQuestions(db: Reader, { categoryId, status, after, limit = PAGE_SIZE + 1 }: ListFilter = {}) {
  const rows = db.select(listed).from(questions).innerJoin(categories, eq(categories.id, questions.categoryId))
  if (categoryId !== undefined) {
    const filed = categoryQuestions
    return rows
      .innerJoin(filed, eq(filed.questionId, questions.id))
      .where(and(eq(filed.categoryId, categoryId), after && isBefore(filed.createdAt, filed.questionId, after)))
      .orderBy(desc(filed.createdAt), desc(filed.questionId))
      .limit(limit)
  }
  return rows
    .where(
      and(isShown, status && eq(questions.status, status), after && isBefore(questions.createdAt, questions.id, after)),
    )
    .orderBy(desc(questions.createdAt), desc(questions.id))
    .limit(limit)
}

type ListFilter = {
  /** Questions in this category and in those below it. */
  categoryId?: number
  status?: Question['status']
  after?: Position
  limit?: number
}

/** Those that were answered last, first. */
export function listAnsweredQuestions(db: Reader, limit: number) {
  return db
    .select(listed)
    .from(questions)
    .innerJoin(categories, eq(categories.id, questions.categoryId))
    .where(and(isShown, isNotNull(questions.answeredAt)))
    .orderBy(desc(questions.answeredAt), desc(questions.id))
    .limit(limit)
}

/** Those that are hidden too: they are their asker's. */
export function listQuestionsOf(db: Reader, askerId: number, after?: Position) {
  return db
    .select(listed)
    .from(questions)
    .innerJoin(categories, eq(categories.id, questions.categoryId))
    .where(
      and(
        eq(questions.askerId, askerId),
        isNull(questions.erasedAt),
        after && isBefore(questions.createdAt, questions.id, after),
      ),
    )
    .orderBy(desc(questions.createdAt), desc(questions.id))
    .limit(PAGE_SIZE + 1)
}

export const countQuestionsOf = (db: Reader, askerId: number) => db.$count(questions, eq(questions.askerId, askerId))

/** Not one that is hidden. */
export async function findQuestion(db: Reader, id: number) {
  const question = await findAnyQuestion(db, id)
  return question?.hiddenAt ? undefined : question
}

/** A hidden one too: whoever calls this asks the policy who may see it. */
export async function findAnyQuestion(db: Reader, id: number) {
  const [question] = await db.select().from(questions).where(eq(questions.id, id))
  return question
}

/** The same form posted twice makes one question: the second time finds the first. */
export async function createQuestion(db: Writer, values: NewQuestion) {
  await holdCategories(db, values.categoryId)
  const [created] = await db
    .insert(questions)
    .values({
      ...values,
      ...shapes(values),
      ...unpublished(values),
      waitsFrom: values.createdAt,
      changedAt: values.createdAt,
    })
    .onConflictDoNothing({ target: questions.submissionKey })
    .returning()
  if (!created) {
    const [first] = await db.select().from(questions).where(eq(questions.submissionKey, values.submissionKey))
    return first!
  }
  if (!created.hiddenAt) await listQuestion(db, created)
  return created
}

/** One that is published later is hidden till then, one asked in confidence always. */
const unpublished = ({ publishAt, audience }: NewQuestion) => (publishAt || audience ? { hiddenAt: new Date() } : {})

/** From now on lists and searches find it. */
export async function listQuestion(db: Writer, question: Question) {
  await file(db, question)
  await indexQuestion(db, question)
}

/**
 * Keeps what it said before as a revision. `editorId` is whoever changed it.
 * @returns the question as it is now; undefined: somebody else edited it since `question` was read
 */
export async function updateQuestion(
  db: Writer,
  question: Question,
  { editorId, categoryId, ...values }: QuestionText & Facts & { categoryId: number; editorId: number },
) {
  const now = new Date()
  const isMoved = categoryId !== question.categoryId
  if (isMoved) await holdCategories(db, categoryId)
  const isReworded = values.title !== question.title || values.body !== question.body
  const [updated] = await db
    .update(questions)
    .set({
      ...values,
      ...shapes(values),
      ...(isMoved ? { categoryId } : {}),
      ...(isReworded ? { editedAt: now } : {}),
      ...(editorId === question.askerId ? {} : { staffEditedAt: now }),
      version: sql`${questions.version} + 1`,
      changedAt: now,
    })
    .where(and(eq(questions.id, question.id), eq(questions.version, question.version)))
    .returning()
  if (!updated) return undefined
  if (isReworded) await keepQuestionRevision(db, question, editorId)
  if (!updated.hiddenAt) await refileQuestion(db, updated, isMoved)
  return updated
}

const keepQuestionRevision = (db: Writer, question: Question, editorId: number) =>
  keepRevision(db, {
    ...question,
    questionId: question.id,
    writtenAt: question.editedAt ?? question.createdAt,
    editorId,
  })

async function refileQuestion(db: Writer, question: Question, isMoved: boolean) {
  await indexQuestion(db, question)
  if (!isMoved) return
  await unfileQuestion(db, question.id)
  await file(db, question)
}

const file = (db: Writer, { id: questionId, categoryId, createdAt }: Question) =>
  fileQuestion(db, { questionId, categoryId, createdAt })

/** A closed question takes no more answers; opened again it is what its answers make it. False: it was closed already. */
export async function closeQuestion(db: Writer, id: number, closedById?: number) {
  const now = new Date()
  const [closed] = await db
    .update(questions)
    .set({ ...UNCLAIMED, status: 'closed', closedAt: now, closedById, changedAt: now })
    .where(and(eq(questions.id, id), ne(questions.status, 'closed')))
    .returning()
  if (closed) await resumeClock(db, closed, now)
  return closed !== undefined
}

/** False: it is not closed any more, or was closed anew since `question` was read. */
export async function reopenQuestion(db: Writer, { id, closedAt }: Pick<Question, 'id' | 'closedAt'>) {
  if (!closedAt) return false
  const reopened = await db
    .update(questions)
    .set({ status: statusOfAnswers, closedAt: null, closedById: null, changedAt: new Date() })
    .where(and(eq(questions.id, id), eq(questions.closedAt, closedAt)))
    .returning({ id: questions.id })
  return reopened.length > 0
}

const statusOfAnswers = sql`case when ${questions.answerCount} > 0 then 'answered' else 'open' end`

/** Counts an answer, and returns the question; undefined: it has been closed or hidden meanwhile. */
export async function countAnswer(db: Writer, id: number, answeredAt: Date) {
  const [counted] = await db
    .update(questions)
    .set({
      answerCount: sql`${questions.answerCount} + 1`,
      status: 'answered',
      answeredAt: sql`coalesce(${questions.answeredAt}, ${sql.param(answeredAt, questions.answeredAt)})`,
      changedAt: answeredAt,
    })
    .where(and(eq(questions.id, id), isLive, ne(questions.status, 'closed')))
    .returning()
  if (counted) await resumeClock(db, counted, answeredAt)
  return counted
}

export async function touchQuestion(db: Writer, id: number) {
  await db.update(questions).set({ changedAt: new Date() }).where(eq(questions.id, id))
}

/** What is made from the text once, at writing. */
export function shapes({ title, body }: QuestionText) {
  const slug = slugOf(title)
  return {
    slug: RESERVED_SLUGS.has(slug) ? `${slug}-question` : slug,
    bodyHtml: renderMarkdown(body, 2),
    excerpt: excerptOf(body, 160),
  }
}
