import { and, desc, eq, lt, or, sql } from 'drizzle-orm'
import { answers, experts, questions, revisions } from '../database/schema.ts'
import type { Reader, Writer } from '../database/types.ts'
import { countAnswerOf } from '../experts/queries.ts'
import { renderMarkdown } from '../lib/markdown.ts'
import { PAGE_SIZE, type Position } from '../lib/paging.ts'
import { countAnswer, touchQuestion } from '../questions/queries.ts'

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
>

/** Below the question's title and the expert's name. */
const TOP_HEADING = 3

/** Oldest first, each with the handle of its expert's page while there is one. */
export function listAnswers(db: Reader, questionId: number) {
  return db
    .select({ answer: answers, handle: experts.handle, verifiedAt: experts.verifiedAt })
    .from(answers)
    .leftJoin(experts, eq(experts.accountId, answers.expertId))
    .where(eq(answers.questionId, questionId))
    .orderBy(answers.createdAt, answers.id)
}

/** What an expert has answered, newest first, one more than a page. */
export function listAnswersBy(db: Reader, expertId: number, after?: Position) {
  const isFurtherDown =
    after && or(lt(answers.createdAt, after.at), and(eq(answers.createdAt, after.at), lt(answers.id, after.id)))
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
    .where(and(eq(answers.expertId, expertId), isFurtherDown))
    .orderBy(desc(answers.createdAt), desc(answers.id))
    .limit(PAGE_SIZE + 1)
}

export async function findAnswer(db: Reader, id: number) {
  const [answer] = await db.select().from(answers).where(eq(answers.id, id))
  return answer
}

/**
 * The same form posted twice makes one answer, and `isNew` is false the second time.
 * Undefined: the question has been closed meanwhile.
 */
export async function createAnswer(db: Writer, values: NewAnswer) {
  const createdAt = values.createdAt ?? new Date()
  const [created] = await db
    .insert(answers)
    .values({ ...values, createdAt, bodyHtml: renderMarkdown(values.body, TOP_HEADING) })
    .onConflictDoNothing({ target: answers.submissionKey })
    .returning()
  if (!created) {
    const [first] = await db.select().from(answers).where(eq(answers.submissionKey, values.submissionKey))
    return { answer: first!, isNew: false }
  }
  if (!(await countAnswer(db, values.questionId, createdAt))) {
    await db.delete(answers).where(eq(answers.id, created.id))
    return undefined
  }
  if (values.expertId) await countAnswerOf(db, values.expertId)
  return { answer: created, isNew: true }
}

/** Keeps what it said before as a revision. False: somebody else changed it since `answer` was read. */
export async function updateAnswer(db: Writer, answer: Answer, { body, editorId }: { body: string; editorId: number }) {
  const now = new Date()
  const changed = await db
    .update(answers)
    .set({ body, bodyHtml: renderMarkdown(body, TOP_HEADING), editedAt: now })
    .where(and(eq(answers.id, answer.id), eq(answers.body, answer.body)))
    .returning({ id: answers.id })
  if (changed.length === 0) return false
  await db.insert(revisions).values({
    questionId: answer.questionId,
    answerId: answer.id,
    body: answer.body,
    writtenAt: answer.editedAt ?? answer.createdAt,
    replacedById: editorId,
    replacedAt: now,
  })
  await touchQuestion(db, answer.questionId)
  return true
}

/** What an answer, or with no answer the question itself, said before; the oldest first. */
export function listRevisions(db: Reader, { questionId, answerId }: { questionId: number; answerId?: number }) {
  const subject = answerId === undefined ? sql`${revisions.answerId} is null` : eq(revisions.answerId, answerId)
  return db
    .select({ id: revisions.id, title: revisions.title, body: revisions.body, writtenAt: revisions.writtenAt })
    .from(revisions)
    .where(and(eq(revisions.questionId, questionId), subject))
    .orderBy(revisions.writtenAt, revisions.id)
}
