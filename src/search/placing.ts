import { and, asc, eq, gt, inArray, lte, max, sql } from 'drizzle-orm'
import { locked } from '../database/dialect.ts'
import { searchDocuments, searchRelations, searchTexts } from '../database/schema.ts'
import type { Reader, Writer } from '../database/types.ts'
import type { Placed } from './spaces.ts'
import { findSpace, makeSpace, saveVectors } from './vectors.ts'

/** A document that can be found by its words and has no place yet in the space of the model. */
export type Unplaced = Awaited<ReturnType<typeof listUnplaced>>[number]

type Range = { after: number; until: number; limit: number }

/** Within a range of ids, so that on SQLite no forum is so large that it holds others up. */
export async function listUnplaced(db: Reader, model: string, { after, until, limit }: Range) {
  const space = await findSpace(db)
  const isUnplaced =
    space?.model === model
      ? sql`not exists (select 1 from search_vectors where document_id = ${searchDocuments.id})`
      : undefined
  return db
    .select({
      documentId: searchDocuments.id,
      kind: searchDocuments.kind,
      id: searchDocuments.subjectId,
      title: searchTexts.title,
      body: searchTexts.body,
    })
    .from(searchDocuments)
    .innerJoin(searchTexts, eq(searchTexts.documentId, searchDocuments.id))
    .where(and(gt(searchDocuments.id, after), lte(searchDocuments.id, until), isUnplaced))
    .orderBy(asc(searchDocuments.id))
    .limit(limit)
}

export async function findLastDocumentId(db: Reader) {
  const [found] = await db.select({ last: max(searchDocuments.id) }).from(searchDocuments)
  return found?.last ?? 0
}

/** What has been hidden or reworded since it was read gets no place: only its words of now may stand for it. */
export async function placeDocuments(db: Writer, model: string, placed: (Unplaced & Placed)[]) {
  if (placed.length === 0) return
  await makeSpace(db, model, placed[0]!.vector.length)
  const ids = placed.map(({ documentId }) => documentId)
  const texts = await locked(
    db
      .select({ id: searchTexts.documentId, title: searchTexts.title, body: searchTexts.body })
      .from(searchTexts)
      .where(inArray(searchTexts.documentId, ids)),
  )
  const isUnchanged = ({ documentId, title, body }: Unplaced) =>
    texts.some((text) => text.id === documentId && text.title === title && text.body === body)
  const unchanged = placed.filter(isUnchanged)
  if (unchanged.length === 0) return
  await saveVectors(
    db,
    unchanged.map(({ documentId, vector }) => ({ documentId, vector })),
  )
  await relateAnew(
    db,
    unchanged.map(({ documentId }) => documentId),
  )
}

/** What was found to be like them was found by words alone. */
const relateAnew = (db: Writer, documentIds: number[]) =>
  db
    .update(searchRelations)
    .set({ computedAt: new Date(0) })
    .where(and(inArray(searchRelations.documentId, documentIds), sql`${searchRelations.computedAt} is not null`))
