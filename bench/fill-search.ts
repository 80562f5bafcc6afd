import { inArray, sql } from 'drizzle-orm'
import { searchDocuments, searchRelations } from '../src/database/schema.ts'
import type { Writer } from '../src/database/types.ts'
import { plainTextOf } from '../src/lib/excerpts.ts'
import { indexDocuments } from '../src/search/queries.ts'
import type { Random } from './random.ts'

type Thread = {
  question: { id: number; title: string; bodyHtml: string; categoryId: number; createdAt: Date }
  answers: { bodyHtml: string }[]
}

const SIMILAR = 5

/** Each question can be found, and has others like it, as if both had been worked out long ago. */
export async function fillSearch(db: Writer, threads: Thread[], random: Random) {
  await indexDocuments(db, threads.map(searchableOf))
  const documents = await db
    .select({ id: searchDocuments.id })
    .from(searchDocuments)
    .where(inArray(searchDocuments.subjectId, idsOf(threads)))
  const ids = documents.map(({ id }) => id)
  const computedAt = new Date()
  const relations = ids.map((documentId) => ({ documentId, relatedIds: random.many(ids, SIMILAR), computedAt }))
  await db
    .insert(searchRelations)
    .values(relations)
    .onConflictDoUpdate({
      target: searchRelations.documentId,
      set: { relatedIds: sql`excluded.related_ids`, computedAt },
    })
}

const idsOf = (threads: Thread[]) => threads.map(({ question }) => question.id)

const searchableOf = ({ question, answers }: Thread) => ({
  kind: 'question' as const,
  id: question.id,
  title: question.title,
  body: plainTextOf(question.bodyHtml),
  answer: answers.map(({ bodyHtml }) => plainTextOf(bodyHtml)).join('\n'),
  categoryId: question.categoryId,
  createdAt: question.createdAt,
})
