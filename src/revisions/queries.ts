import { and, eq, sql } from 'drizzle-orm'
import { revisions } from '../database/schema.ts'
import type { Reader, Writer } from '../database/types.ts'

type Subject = { questionId: number; answerId?: number }
type Replaced = Subject & { title?: string; body: string; writtenAt: Date; editorId: number }

/** Keeps what a text said until now; of a question the title too. */
export async function keepRevision(db: Writer, { questionId, answerId, title, body, writtenAt, editorId }: Replaced) {
  await db.insert(revisions).values({ questionId, answerId, title, body, writtenAt, replacedById: editorId })
}

/** What an answer, or with no answer the question itself, said before; the oldest first. */
export function listRevisions(db: Reader, { questionId, answerId }: Subject) {
  const subject = answerId === undefined ? sql`${revisions.answerId} is null` : eq(revisions.answerId, answerId)
  return db
    .select({
      id: revisions.id,
      title: revisions.title,
      body: revisions.body,
      writtenAt: revisions.writtenAt,
      replacedById: revisions.replacedById,
    })
    .from(revisions)
    .where(and(eq(revisions.questionId, questionId), subject))
    .orderBy(revisions.writtenAt, revisions.id)
}

/** What it belonged to; undefined where it was gone already. */
export async function deleteRevision(db: Writer, id: number) {
  const [deleted] = await db
    .delete(revisions)
    .where(eq(revisions.id, id))
    .returning({ questionId: revisions.questionId, answerId: revisions.answerId })
  return deleted
}
