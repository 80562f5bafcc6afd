import { and, asc, desc, eq, gte, inArray, isNotNull, isNull, or, sql } from 'drizzle-orm'
import { recountAnswers } from '../answers/concealment-queries.ts'
import type { Answer } from '../answers/queries.ts'
import { accounts, answerRecipients, answers, countersigns, questions, recalls, revisions } from '../database/schema.ts'
import type { Reader, Writer } from '../database/types.ts'
import { lockQuestion } from '../questions/concealment-queries.ts'
import { touchQuestion } from '../questions/queries.ts'

export type Recall = typeof recalls.$inferSelect
/** `byName` is the author's as it stands on the answer, or that of somebody of staff, which no page shows. */
export type NewRecall = { reason: string; byId: number; byName: string; now: Date }

/** The oldest first. */
export function listRecalls(db: Reader, answerIds: number[]) {
  return db
    .select()
    .from(recalls)
    .where(inArray(recalls.answerId, answerIds))
    .orderBy(asc(recalls.createdAt), asc(recalls.id))
}

/** The last time it was taken back. */
export async function findWithdrawal(db: Reader, answerId: number) {
  const [withdrawal] = await db
    .select()
    .from(recalls)
    .where(and(eq(recalls.answerId, answerId), eq(recalls.kind, 'withdrawn')))
    .orderBy(desc(recalls.createdAt), desc(recalls.id))
    .limit(1)
  return withdrawal
}

/** What it said when it was taken back, which may have been changed since. */
export async function findWithdrawnText(db: Reader, { id, body, withdrawnAt }: Answer) {
  const [changed] = await db
    .select({ body: revisions.body })
    .from(revisions)
    .where(and(eq(revisions.answerId, id), gte(revisions.replacedAt, withdrawnAt!)))
    .orderBy(asc(revisions.replacedAt), asc(revisions.id))
    .limit(1)
  return changed?.body ?? body
}

/** It is no answer any more. False: it has been changed or taken down since `answer` was read. */
export async function withdrawAnswer(db: Writer, answer: Answer, { now, ...recall }: NewRecall) {
  const question = await lockQuestion(db, answer.questionId)
  const [withdrawn] = await db
    .update(answers)
    .set({ withdrawnAt: now, recallCount: sql`${answers.recallCount} + 1` })
    .where(
      and(
        eq(answers.id, answer.id),
        isNull(answers.hiddenAt),
        isNull(answers.withdrawnAt),
        eq(answers.body, answer.body),
      ),
    )
    .returning({ id: answers.id })
  if (!withdrawn) return false
  await recountAnswers(db, { question, answer, by: -1 })
  await db.insert(recalls).values({ ...recall, answerId: answer.id, kind: 'withdrawn', createdAt: now })
  return true
}

/** False: somebody else has restored or hidden it meanwhile. */
export async function restoreAnswer(db: Writer, answer: Answer, { now, ...recall }: NewRecall) {
  const question = await lockQuestion(db, answer.questionId)
  const [restored] = await db
    .update(answers)
    .set({ withdrawnAt: null, recallCount: sql`${answers.recallCount} + 1` })
    .where(and(eq(answers.id, answer.id), isNull(answers.hiddenAt), isNotNull(answers.withdrawnAt)))
    .returning({ id: answers.id })
  if (!restored) return false
  await recountAnswers(db, { question, answer, by: 1 })
  await db.insert(recalls).values({ ...recall, answerId: answer.id, kind: 'restored', createdAt: now })
  return true
}

/** In the transaction of the edit that it tells of. */
export async function recordCorrection(db: Writer, answer: Answer, { now, ...recall }: NewRecall) {
  await db
    .update(answers)
    .set({ recallCount: sql`${answers.recallCount} + 1` })
    .where(eq(answers.id, answer.id))
  await db.insert(recalls).values({ ...recall, answerId: answer.id, kind: 'corrected', createdAt: now })
  await touchQuestion(db, answer.questionId)
}

/** Everybody who was sent the answer, has thanked for it, countersigned it, asked for it or given it. */
export function listTold(db: Reader, { id, questionId, expertId }: Answer) {
  const recipients = db
    .select({ id: answerRecipients.accountId })
    .from(answerRecipients)
    .where(eq(answerRecipients.answerId, id))
  const countersigners = db
    .select({ id: countersigns.expertId })
    .from(countersigns)
    .where(and(eq(countersigns.answerId, id), isNotNull(countersigns.expertId)))
  const asker = db
    .select({ id: questions.askerId })
    .from(questions)
    .where(and(eq(questions.id, questionId), isNotNull(questions.askerId)))
  const isTold = [recipients, countersigners, asker].map((ids) => inArray(accounts.id, ids))
  const isAuthor = expertId === null ? undefined : eq(accounts.id, expertId)
  return db
    .select({ accountId: accounts.id, name: accounts.name, email: accounts.email })
    .from(accounts)
    .where(and(or(...isTold, isAuthor), isNull(accounts.closedAt)))
    .orderBy(asc(accounts.id))
}
