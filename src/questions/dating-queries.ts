import { type Column, eq, inArray, type SQL, sql } from 'drizzle-orm'
import {
  answerReviews,
  answers,
  comments,
  countersigns,
  declines,
  questions,
  recalls,
  referrals,
  safetyMarks,
} from '../database/schema.ts'
import type { Writer } from '../database/types.ts'

/** Where there is such a time at all. (`coalesce` tells PostgreSQL the type of what is handed in.) */
const movedTo = (column: Column, now: Date): SQL =>
  sql`case when ${column} is null then null else coalesce(${sql.param(now, column)}, ${column}) end`

/** A question counts from its publication: when it was written would tell more of who asked than its name does. */
export const asOf = (now: Date) => ({
  createdAt: now,
  waitsFrom: now,
  changedAt: now,
  pausedSeconds: 0,
  editedAt: null,
  staffEditedAt: null,
  clarifyingSince: movedTo(questions.clarifyingSince, now),
  answeredAt: movedTo(questions.answeredAt, now),
  closedAt: movedTo(questions.closedAt, now),
  flaggedAt: movedTo(questions.flaggedAt, now),
})

/**
 * All that stands on its page counts from its publication too. How long an answer took nobody else waited, and when it is
 * to be looked at again follows from the day it was given on: that stays.
 */
export async function datePage(db: Writer, questionId: number, now: Date) {
  const createdAt = now
  for (const table of [comments, referrals, declines, safetyMarks])
    await db.update(table).set({ createdAt }).where(eq(table.questionId, questionId))
  const given = await db
    .update(answers)
    .set({
      createdAt,
      editedAt: null,
      waitSeconds: null,
      reviewedAt: movedTo(answers.reviewedAt, now),
      withdrawnAt: movedTo(answers.withdrawnAt, now),
    })
    .where(eq(answers.questionId, questionId))
    .returning({ id: answers.id })
  if (given.length === 0) return
  const ids = given.map(({ id }) => id)
  await db.update(countersigns).set({ createdAt, editedAt: null }).where(inArray(countersigns.answerId, ids))
  for (const table of [answerReviews, recalls])
    await db.update(table).set({ createdAt }).where(inArray(table.answerId, ids))
}
