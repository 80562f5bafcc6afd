import { and, asc, eq, inArray, isNotNull, isNull, lt, or, sql } from 'drizzle-orm'
import { searchDocuments, searchRelations, searchTexts } from '../database/schema.ts'
import type { Database, Reader, Writer } from '../database/types.ts'
import { searchOf } from './index.ts'

const MOST_RELATED = 5
/** What fits less than this part of how well a question fits itself is not related. */
const LEAST_FIT = 0.2
const NEIGHBOURS = 3
const RELATED_KINDS = ['question', 'guide'] as const

/**
 * Finds anew what is like the documents that have waited longest, those first whose text has changed.
 * @param before leave alone what has been found since
 * @returns how many it did
 */
export async function refreshRelated(database: Database, { most, before }: { most: number; before: Date }) {
  const due = await listDue(database.read, { most, before })
  for (const document of due) {
    const related = await findRelated(database, document)
    await database.write((db) => saveRelated(db, { id: document.id, isNew: document.computedAt === null, related }))
  }
  return due.length
}

type Due = Awaited<ReturnType<typeof listDue>>[number]

const listDue = (db: Reader, { most, before }: { most: number; before: Date }) =>
  db
    .select({
      id: searchRelations.documentId,
      computedAt: searchRelations.computedAt,
      title: searchTexts.title,
      body: searchTexts.body,
    })
    .from(searchRelations)
    .innerJoin(searchTexts, eq(searchTexts.documentId, searchRelations.documentId))
    .innerJoin(searchDocuments, eq(searchDocuments.id, searchRelations.documentId))
    .where(
      and(
        inArray(searchDocuments.kind, [...RELATED_KINDS]),
        or(isNull(searchRelations.computedAt), lt(searchRelations.computedAt, before)),
      ),
    )
    .orderBy(sql`${searchRelations.computedAt} asc nulls first`, asc(searchRelations.documentId))
    .limit(most)

async function findRelated(database: Database, { id, title, body }: Due) {
  const request = { title, body, like: id, limit: MOST_RELATED + 1, kinds: [...RELATED_KINDS] }
  const hits = await searchOf(database).suggest(request)
  const least = Math.max(0, ...hits.map(({ score }) => score)) * LEAST_FIT
  return hits
    .filter(({ documentId, score, isNear }) => documentId !== id && (isNear || score >= least))
    .slice(0, MOST_RELATED)
    .map(({ documentId }) => documentId)
}

/** What a new question is like may be like it in turn: those are the next to be looked at. */
async function saveRelated(db: Writer, { id, isNew, related }: { id: number; isNew: boolean; related: number[] }) {
  await db
    .update(searchRelations)
    .set({ relatedIds: related, computedAt: new Date() })
    .where(eq(searchRelations.documentId, id))
  if (!isNew) return
  const isNeighbour = inArray(searchRelations.documentId, related.slice(0, NEIGHBOURS))
  await db
    .update(searchRelations)
    .set({ computedAt: new Date(0) })
    .where(and(isNeighbour, isNotNull(searchRelations.computedAt)))
}
