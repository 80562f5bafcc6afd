import { and, eq, isNotNull, isNull, not, or, sql } from 'drizzle-orm'
import { fileQuestion, holdCategories, unfileQuestion } from '../categories/queries.ts'
import { locked } from '../database/dialect.ts'
import { questions } from '../database/schema.ts'
import type { Writer } from '../database/types.ts'
import { isInConfidence, isLive, type Question, UNCLAIMED } from './queries.ts'

export type Concealment = { hiddenById: number | null; hiddenReason: string }

export const SHOWN = { hiddenAt: null, hiddenById: null, hiddenReason: null }

/** To everybody, or to those alone of whom it was asked in confidence. */
export const SHOWN_TO_ITS_READERS = {
  ...SHOWN,
  hiddenAt: sql`case when ${questions.audience} is null then null else ${questions.hiddenAt} end`,
}

/** In no list and no count any more. Returns the question; undefined where it was hidden already. */
export async function hideQuestion(db: Writer, { id, categoryId }: Question, concealment: Concealment) {
  await holdCategories(db, categoryId)
  const now = new Date()
  const [hidden] = await db
    .update(questions)
    .set({ ...concealment, ...UNCLAIMED, hiddenAt: now, changedAt: now })
    .where(and(eq(questions.id, id), isLive))
    .returning()
  if (hidden && !hidden.audience) await unfileQuestion(db, id)
  return hidden
}

/** Where it was before. Returns the question; undefined where staff had not hidden it, or its asker wants it gone. */
export async function showQuestion(db: Writer, { id, categoryId }: Question) {
  await holdCategories(db, categoryId)
  const [shown] = await db
    .update(questions)
    .set({ ...SHOWN_TO_ITS_READERS, heldAt: null, changedAt: new Date() })
    .where(
      and(
        eq(questions.id, id),
        isNotNull(questions.hiddenAt),
        isNull(questions.publishAt),
        isNull(questions.withdrawnAt),
        or(isNull(questions.audience), not(isInConfidence!)),
      ),
    )
    .returning()
  if (shown && !shown.audience)
    await fileQuestion(db, { questionId: id, categoryId: shown.categoryId, createdAt: shown.createdAt })
  return shown
}

/** Whoever changes how many answers it has waits here for others who do. */
export async function lockQuestion(db: Writer, id: number) {
  const [question] = await locked(db.select().from(questions).where(eq(questions.id, id)))
  return question!
}

type Answered = { answerCount: number; answeredAt: Date | null }

/** A closed question stays closed, whatever its answers. */
export async function setAnswered(db: Writer, { id, status }: Question, answered: Answered) {
  const open = answered.answerCount > 0 ? 'answered' : 'open'
  await db
    .update(questions)
    .set({ ...answered, status: status === 'closed' ? status : open, changedAt: new Date() })
    .where(eq(questions.id, id))
}
