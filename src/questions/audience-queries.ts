import { and, eq, sql } from 'drizzle-orm'
import { holdCategories } from '../categories/queries.ts'
import { questions, revisions } from '../database/schema.ts'
import type { Writer } from '../database/types.ts'
import { lockQuestion, SHOWN } from './concealment-queries.ts'
import { asOf, datePage } from './dating-queries.ts'
import { isInConfidence, type Question, type QuestionText, shapes } from './queries.ts'

type Told = QuestionText & Pick<Question, 'tried' | 'imaging'>

/**
 * What was asked in confidence is everybody's from now on, in these words, as if it had been asked this moment; what it
 * said before is nobody's to read.
 * Whoever calls this files it. Undefined: something on its page has changed since `question` was read, or it is not open any more.
 */
export async function openToAll(db: Writer, { id, categoryId, changedAt }: Question, told: Told, now: Date) {
  await holdCategories(db, categoryId)
  const current = await lockQuestion(db, id)
  if (current.changedAt.getTime() !== changedAt.getTime()) return undefined
  const forAll = { ...SHOWN, ...asOf(now), audience: null, addresseeId: null, unattendedAt: null }
  const [opened] = await db
    .update(questions)
    .set({ ...told, ...shapes(told), ...forAll, version: sql`${questions.version} + 1` })
    .where(and(eq(questions.id, id), isInConfidence))
    .returning()
  if (!opened) return undefined
  await db.delete(revisions).where(eq(revisions.questionId, id))
  await datePage(db, id, now)
  return opened
}
