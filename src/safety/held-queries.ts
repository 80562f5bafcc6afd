import { and, asc, eq, gt, inArray, isNull, lte, notExists, or } from 'drizzle-orm'
import { comments, safetyMarks } from '../database/schema.ts'
import type { Reader, Writer } from '../database/types.ts'
import { SHOWN } from '../questions/concealment-queries.ts'
import { settleDiscussion } from '../questions/discussion-queries.ts'
import { isHeld, WHY_HELD } from './mark-queries.ts'

export type HeldComment = typeof comments.$inferSelect

/** The same as the condition says of a row. */
export const isHeldBack = ({ hiddenAt, hiddenReason }: Pick<HeldComment, 'hiddenAt' | 'hiddenReason'>) =>
  hiddenAt !== null && hiddenReason === WHY_HELD

/** What was said below a question and waits for a moderator, in order. */
export const listHeld = (db: Reader, questionId: number) =>
  db
    .select()
    .from(comments)
    .where(and(eq(comments.questionId, questionId), isHeld))
    .orderBy(asc(comments.createdAt), asc(comments.id))

/** Everybody it is for reads it. Undefined: somebody else was quicker, or its writer has taken it back. */
export async function releaseComment(db: Writer, id: number) {
  const [released] = await db
    .update(comments)
    .set(SHOWN)
    .where(and(eq(comments.id, id), isHeld, isNull(comments.withdrawnAt)))
    .returning()
  if (released) await settleDiscussion(db, released.questionId)
  return released
}

type Kept = { byId: number; reason?: string }

/** It stays its writer's and staff's. Undefined: somebody else was quicker. */
export async function keepBackComment(db: Writer, id: number, { byId, reason = '' }: Kept) {
  const [kept] = await db
    .update(comments)
    .set({ hiddenById: byId, hiddenReason: reason })
    .where(and(eq(comments.id, id), isHeld))
    .returning()
  return kept
}

/** Its writer does not see it any more, and moderators go on to. False: it is not held, or one of them has decided on it. */
export async function takeBackHeld(db: Writer, id: number, now: Date) {
  const taken = await db
    .update(comments)
    .set({ withdrawnAt: now })
    .where(and(eq(comments.id, id), isHeld))
    .returning({ id: comments.id })
  return taken.length > 0
}

/** What was taken back while it was held, where a moderator has decided on it before then. */
export async function deleteTakenBack(db: Writer, before: Date) {
  const undecided = db
    .select({ id: safetyMarks.id })
    .from(safetyMarks)
    .where(and(eq(safetyMarks.commentId, comments.id), or(isNull(safetyMarks.seenAt), gt(safetyMarks.seenAt, before))))
  const due = await db
    .select({ id: comments.id })
    .from(comments)
    .where(and(lte(comments.withdrawnAt, before), notExists(undecided)))
  const ids = due.map(({ id }) => id)
  if (ids.length > 0) await db.delete(comments).where(inArray(comments.id, ids))
}
