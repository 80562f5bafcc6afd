import { and, asc, eq, inArray, isNull, or } from 'drizzle-orm'
import { answers, comments, type questions } from '../database/schema.ts'
import type { Reader, Writer } from '../database/types.ts'
import { plainTextOf } from '../lib/excerpts.ts'
import { indexDocument } from '../search/queries.ts'

type Searched = Pick<
  typeof questions.$inferSelect,
  'id' | 'title' | 'bodyHtml' | 'tried' | 'imaging' | 'categoryId' | 'createdAt' | 'commentCount'
>

/** Neither hidden nor below an answer that is not to be read. */
export const isReadable = and(
  isNull(comments.hiddenAt),
  or(isNull(comments.answerId), and(isNull(answers.hiddenAt), isNull(answers.withdrawnAt))),
)

/**
 * What a search reads of questions. What their askers said later, when experts asked back, is part of them; what the
 * experts asked would be found by those who have nothing of the kind.
 */
export async function listSearched(db: Reader, rows: Searched[]) {
  const ids = rows.filter(({ commentCount }) => commentCount > 0).map(({ id }) => id)
  const later = Map.groupBy(await listSaidLater(db, ids), ({ questionId }) => questionId)
  return rows.map(({ id, title, bodyHtml, tried, imaging, categoryId, createdAt }) => ({
    kind: 'question' as const,
    id,
    title,
    body: [plainTextOf(bodyHtml), tried, imaging, ...(later.get(id) ?? []).map((text) => plainTextOf(text.bodyHtml))]
      .filter(Boolean)
      .join('\n'),
    categoryId,
    createdAt,
  }))
}

/** To be called whenever what a search reads of it has changed; its answers are added by those who know them. */
export async function indexQuestion(db: Writer, question: Searched) {
  const [document] = await listSearched(db, [question])
  await indexDocument(db, document!)
}

async function listSaidLater(db: Reader, questionIds: number[]) {
  if (questionIds.length === 0) return []
  return db
    .select({ questionId: comments.questionId, bodyHtml: comments.bodyHtml })
    .from(comments)
    .leftJoin(answers, eq(answers.id, comments.answerId))
    .where(and(inArray(comments.questionId, questionIds), eq(comments.isByAsker, true), isReadable))
    .orderBy(asc(comments.createdAt), asc(comments.id))
}
