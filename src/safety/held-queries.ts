import { and, asc, eq } from 'drizzle-orm'
import { comments } from '../database/schema.ts'
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

/** Everybody it is for reads it. Undefined: somebody else was quicker. */
export async function releaseComment(db: Writer, id: number) {
  const [released] = await db
    .update(comments)
    .set(SHOWN)
    .where(and(eq(comments.id, id), isHeld))
    .returning()
  if (released) await settleDiscussion(db, released.questionId)
  return released
}

type Kept = { byId: number; reason: string }

/** It stays its writer's and staff's. Undefined: somebody else was quicker. */
export async function keepBackComment(db: Writer, id: number, { byId, reason }: Kept) {
  const [kept] = await db
    .update(comments)
    .set({ hiddenById: byId, hiddenReason: reason })
    .where(and(eq(comments.id, id), isHeld))
    .returning()
  return kept
}
