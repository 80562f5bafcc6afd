import { and, asc, eq, exists, isNotNull, isNull, lte, ne, notExists, or } from 'drizzle-orm'
import {
  accounts,
  answerReviews,
  answers,
  comments,
  countersigns,
  incidents,
  questions,
  recalls,
  referrals,
  revisions,
} from '../database/schema.ts'
import type { Reader, Writer } from '../database/types.ts'

/** Experts whose answers nobody reads any more, and when they gave them. */
export const listAnswered = (db: Reader, questionId: number) =>
  db
    .select({ accountId: accounts.id, name: accounts.name, email: accounts.email, answeredAt: answers.createdAt })
    .from(answers)
    .innerJoin(accounts, eq(accounts.id, answers.expertId))
    .where(and(eq(answers.questionId, questionId), isNull(accounts.closedAt), ne(answers.body, '')))
    .orderBy(asc(accounts.id))

export const countTakenBack = (db: Reader, expertId: number) =>
  db.$count(
    answers,
    and(
      eq(answers.expertId, expertId),
      exists(
        db
          .select({ id: questions.id })
          .from(questions)
          .where(and(eq(questions.id, answers.questionId), isNotNull(questions.withdrawnAt))),
      ),
    ),
  )

/** Questions taken back so long ago that nothing is to be left of them, unless staff still look into harm. */
export function listToEmpty(db: Reader, before: Date, limit: number) {
  const reported = db
    .select({ id: incidents.id })
    .from(incidents)
    .where(and(eq(incidents.questionId, questions.id), isNull(incidents.decidedAt)))
  const written = db
    .select({ id: answers.id })
    .from(answers)
    .where(and(eq(answers.questionId, questions.id), ne(answers.body, '')))
  return db
    .select({ id: questions.id })
    .from(questions)
    .where(
      and(lte(questions.withdrawnAt, before), or(isNull(questions.erasedAt), exists(written)), notExists(reported)),
    )
    .orderBy(asc(questions.withdrawnAt))
    .limit(limit)
}

/** What others wrote about it goes as well: it may tell as much. That they gave an answer, and when, stays. */
export async function emptyAnswers(db: Writer, questionId: number) {
  const given = await db
    .update(answers)
    .set({ body: '', bodyHtml: '' })
    .where(eq(answers.questionId, questionId))
    .returning({ id: answers.id })
  for (const { id } of given) {
    await db.update(countersigns).set({ reason: null }).where(eq(countersigns.answerId, id))
    await db.update(answerReviews).set({ note: null }).where(eq(answerReviews.answerId, id))
    await db.update(recalls).set({ reason: '' }).where(eq(recalls.answerId, id))
  }
  await db.update(referrals).set({ reason: '' }).where(eq(referrals.questionId, questionId))
  await db.delete(revisions).where(eq(revisions.questionId, questionId))
  await db.delete(comments).where(eq(comments.questionId, questionId))
}
