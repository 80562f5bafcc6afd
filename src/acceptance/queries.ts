import { and, eq, isNotNull, isNull, ne } from 'drizzle-orm'
import { isShown } from '../answers/queries.ts'
import { answers } from '../database/schema.ts'
import type { Writer } from '../database/types.ts'
import { lockQuestion } from '../questions/concealment-queries.ts'
import { touchQuestion } from '../questions/queries.ts'

type Chosen = { id: number; questionId: number }

/** In the place of one that was accepted before. False: it is not to be read any more, or was accepted already. */
export async function acceptAnswer(db: Writer, { id, questionId }: Chosen, now = new Date()) {
  await lockQuestion(db, questionId)
  if ((await db.$count(answers, and(eq(answers.id, id), isShown))) === 0) return false
  await db
    .update(answers)
    .set({ acceptedAt: null })
    .where(and(eq(answers.questionId, questionId), isNotNull(answers.acceptedAt), ne(answers.id, id)))
  const accepted = await db
    .update(answers)
    .set({ acceptedAt: now })
    .where(and(eq(answers.id, id), isNull(answers.acceptedAt)))
    .returning({ id: answers.id })
  if (accepted.length > 0) await touchQuestion(db, questionId)
  return accepted.length > 0
}

export async function unacceptAnswer(db: Writer, { id, questionId }: Chosen) {
  await lockQuestion(db, questionId)
  await db.update(answers).set({ acceptedAt: null }).where(eq(answers.id, id))
  await touchQuestion(db, questionId)
}
