import { and, asc, desc, eq, isNotNull, isNull, not, or } from 'drizzle-orm'
import { accounts, answers, comments, questions } from '../database/schema.ts'
import type { Reader } from '../database/types.ts'
import { isInConfidence, isShown } from '../questions/queries.ts'
import { isSleptOn, openTitle } from '../questions/standing.ts'

/** Who asked a question. Whoever calls this records it. */
export async function findAskerAccount(db: Reader, questionId: number) {
  const [asker] = await db
    .select({ id: accounts.id, name: accounts.name, email: accounts.email, createdAt: accounts.createdAt })
    .from(questions)
    .innerJoin(accounts, eq(accounts.id, questions.askerId))
    .where(eq(questions.id, questionId))
  return asker
}

/** Those that have waited longest for their first answer. */
export function listWaiting(db: Reader, limit: number) {
  return db
    .select({ id: questions.id, slug: questions.slug, title: questions.title, createdAt: questions.createdAt })
    .from(questions)
    .where(and(isShown, eq(questions.status, 'open')))
    .orderBy(asc(questions.createdAt), asc(questions.id))
    .limit(limit)
}

export type Hidden = Awaited<ReturnType<typeof listHiddenQuestions>>[number]

/** Hidden last, first. */
export function listHiddenQuestions(db: Reader, limit: number) {
  return db
    .select({
      id: questions.id,
      title: openTitle,
      hiddenAt: questions.hiddenAt,
      reason: questions.hiddenReason,
    })
    .from(questions)
    .where(
      and(
        isNotNull(questions.hiddenAt),
        not(isSleptOn),
        isNull(questions.withdrawnAt),
        or(isNull(questions.audience), not(isInConfidence!)),
      ),
    )
    .orderBy(desc(questions.hiddenAt), desc(questions.id))
    .limit(limit)
}

export function listHiddenAnswers(db: Reader, limit: number) {
  return db
    .select({
      id: answers.id,
      questionId: questions.id,
      title: openTitle,
      expertName: answers.expertName,
      hiddenAt: answers.hiddenAt,
      reason: answers.hiddenReason,
    })
    .from(answers)
    .innerJoin(questions, eq(questions.id, answers.questionId))
    .where(isNotNull(answers.hiddenAt))
    .orderBy(desc(answers.hiddenAt), desc(answers.id))
    .limit(limit)
}

/** Whose words an asker's are, they do not tell. */
export function listHiddenComments(db: Reader, limit: number) {
  return db
    .select({
      id: comments.id,
      questionId: questions.id,
      title: openTitle,
      hiddenAt: comments.hiddenAt,
      reason: comments.hiddenReason,
    })
    .from(comments)
    .innerJoin(questions, eq(questions.id, comments.questionId))
    .where(isNotNull(comments.hiddenAt))
    .orderBy(desc(comments.hiddenAt), desc(comments.id))
    .limit(limit)
}
