import { and, asc, eq, gte } from 'drizzle-orm'
import type { Answer } from '../answers/queries.ts'
import { revisions } from '../database/schema.ts'
import type { Reader } from '../database/types.ts'
import type { Incident } from './queries.ts'

/** Its expert has changed it since. */
export const isChangedSince = ({ createdAt }: Incident, { editedAt }: Answer) =>
  editedAt !== null && editedAt > createdAt

/** What an answer that was changed since said when it was reported. Undefined: that version has been removed. */
export async function findReportedText(db: Reader, { createdAt }: Incident, { id }: Answer) {
  const [replaced] = await db
    .select({ body: revisions.body })
    .from(revisions)
    .where(and(eq(revisions.answerId, id), gte(revisions.replacedAt, createdAt)))
    .orderBy(asc(revisions.replacedAt), asc(revisions.id))
    .limit(1)
  return replaced?.body
}
