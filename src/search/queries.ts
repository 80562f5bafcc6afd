import { and, eq, inArray, lte, or, sql } from 'drizzle-orm'
import { searchDocuments, searchRelations, searchTerms, searchTexts, searchTotals } from '../database/schema.ts'
import type { Reader, Writer } from '../database/types.ts'
import type { Kind, SearchDocument } from './documents.ts'
import { deleteTokens, insertTokens, listed } from './engine.ts'
import type { Tokens } from './probes.ts'
import { rootOf } from './stems.ts'
import { tokensOf } from './words.ts'

const MOST_WORDS = 5_000

/** To be called in the transaction of what it tells of. */
export const indexDocument = (db: Writer, document: SearchDocument) => indexDocuments(db, [document])

/** Many at once count their words together. The same document twice, in one call, is the caller's mistake. */
export async function indexDocuments(db: Writer, documents: SearchDocument[]) {
  const changes = new Changes()
  const before = await listTokens(db, documents)
  for (const document of documents) {
    const old = before.get(keyOf(document))
    const tokens = tokensIn(document, old)
    const id = await saveDocument(db, document, tokens)
    await saveTokens(db, { id, tokens, old })
    changes.add(old, -1)
    changes.add(tokens, 1)
  }
  await saveChanges(db, changes)
}

/** What has been answered since; `answer` holds all answers there are. */
export async function indexAnswers(db: Writer, kind: Kind, id: number, answer: string) {
  const [found] = await db
    .select({ id: searchDocuments.id, ...stored })
    .from(searchDocuments)
    .innerJoin(searchTexts, eq(searchTexts.documentId, searchDocuments.id))
    .where(isSubject({ kind, id }))
  if (!found) return
  const tokens = { ...found, answer: joined(answer) }
  const changes = new Changes()
  changes.add(found, -1)
  changes.add(tokens, 1)
  await db
    .update(searchDocuments)
    .set({ isAnswered: tokens.answer !== '', answerLength: lengthOf(tokens.answer) })
    .where(eq(searchDocuments.id, found.id))
  await saveTokens(db, { id: found.id, tokens, old: found })
  await saveChanges(db, changes)
}

export async function removeDocument(db: Writer, kind: Kind, id: number) {
  const old = (await listTokens(db, [{ kind, id }])).get(keyOf({ kind, id }))
  const [removed] = await db
    .delete(searchDocuments)
    .where(isSubject({ kind, id }))
    .returning({ id: searchDocuments.id })
  if (!removed) return
  await deleteTokens(db, removed.id)
  const changes = new Changes()
  changes.add(old, -1)
  await saveChanges(db, changes)
}

/** Everything in one category is in another now. */
export async function moveDocuments(db: Writer, fromCategoryId: number, toCategoryId: number) {
  await db
    .update(searchDocuments)
    .set({ categoryId: toCategoryId })
    .where(eq(searchDocuments.categoryId, fromCategoryId))
}

/** False for a database from before there was a search. */
export async function isIndexed(db: Reader) {
  const [totals] = await db.select({ id: searchTotals.id }).from(searchTotals)
  return totals !== undefined
}

type Subject = { kind: string; id: number }

const stored = { title: searchTexts.title, body: searchTexts.body, answer: searchTexts.answer }
const keyOf = ({ kind, id }: Subject) => `${kind} ${id}`
const joined = (text: string) => tokensOf(text, MOST_WORDS).join(' ')
const lengthOf = (tokens: string) => (tokens ? tokens.split(' ').length : 0)
const isSubject = ({ kind, id }: Subject) => and(eq(searchDocuments.kind, kind), eq(searchDocuments.subjectId, id))

async function listTokens(db: Writer, subjects: Subject[]) {
  const rows = await db
    .select({ kind: searchDocuments.kind, id: searchDocuments.subjectId, ...stored })
    .from(searchDocuments)
    .innerJoin(searchTexts, eq(searchTexts.documentId, searchDocuments.id))
    .where(or(...subjectsByKind(subjects)))
  return new Map(rows.map((row) => [keyOf(row), row]))
}

const subjectsByKind = (subjects: Subject[]) =>
  [...Map.groupBy(subjects, ({ kind }) => kind)].map(([kind, group]) =>
    and(
      eq(searchDocuments.kind, kind),
      inArray(
        searchDocuments.subjectId,
        group.map(({ id }) => id),
      ),
    ),
  )

const tokensIn = ({ title, body, answer }: SearchDocument, old?: Tokens): Tokens => ({
  title: joined(title),
  body: joined(body),
  answer: answer === undefined ? (old?.answer ?? '') : joined(answer),
})

async function saveDocument(db: Writer, document: SearchDocument, tokens: Tokens) {
  const values = {
    categoryId: document.categoryId ?? null,
    isAnswered: document.isAnswered ?? tokens.answer !== '',
    createdAt: document.createdAt,
    titleLength: lengthOf(tokens.title),
    bodyLength: lengthOf(tokens.body),
    answerLength: lengthOf(tokens.answer),
  }
  const [saved] = await db
    .insert(searchDocuments)
    .values({ kind: document.kind, subjectId: document.id, ...values })
    .onConflictDoUpdate({ target: [searchDocuments.kind, searchDocuments.subjectId], set: values })
    .returning({ id: searchDocuments.id })
  return saved!.id
}

async function saveTokens(db: Writer, { id, tokens, old }: { id: number; tokens: Tokens; old?: Tokens }) {
  const { title, body, answer } = tokens
  const isSameQuestion = old?.title === title && old.body === body
  if (isSameQuestion && old.answer === answer) return
  // with the old text goes what was made from it: its place among meanings
  if (old && !isSameQuestion) await db.delete(searchTexts).where(eq(searchTexts.documentId, id))
  const set = { title, body, answer }
  await db
    .insert(searchTexts)
    .values({ documentId: id, ...set })
    .onConflictDoUpdate({ target: searchTexts.documentId, set })
  if (old) await deleteTokens(db, id)
  await insertTokens(db, id, tokens)
  await db
    .insert(searchRelations)
    .values({ documentId: id })
    .onConflictDoUpdate({ target: searchRelations.documentId, set: { computedAt: null } })
}

type Counts = { documentCount: number; questionCount: number; titleCount: number }

/** By how much the statistics of the words change. */
class Changes {
  terms = new Map<string, Counts>()
  totals = { documentCount: 0, titleLength: 0, bodyLength: 0, answerLength: 0 }

  add(tokens: Tokens | undefined, sign: 1 | -1) {
    if (!tokens) return
    const title = new Set(tokens.title.split(' '))
    const question = new Set([...title, ...tokens.body.split(' ')])
    for (const term of new Set([...question, ...tokens.answer.split(' ')])) {
      if (!term) continue
      const counts = this.terms.get(term) ?? { documentCount: 0, questionCount: 0, titleCount: 0 }
      counts.documentCount += sign
      if (question.has(term)) counts.questionCount += sign
      if (title.has(term)) counts.titleCount += sign
      this.terms.set(term, counts)
    }
    this.totals.documentCount += sign
    this.totals.titleLength += sign * lengthOf(tokens.title)
    this.totals.bodyLength += sign * lengthOf(tokens.body)
    this.totals.answerLength += sign * lengthOf(tokens.answer)
  }
}

/** What erasures of earlier versions left behind. */
export const deleteUnusedTerms = (db: Writer) => db.delete(searchTerms).where(lte(searchTerms.documentCount, 0))

/** A word that no text holds any more may have been somebody's name. */
async function deleteUnused(db: Writer, terms: string[]) {
  await db.delete(searchTerms).where(and(inArray(searchTerms.term, terms), lte(searchTerms.documentCount, 0)))
}

/** In the order of the alphabet, so that two who write at once wait for each other and never both. */
async function saveChanges(db: Writer, { terms, totals }: Changes) {
  const rows = [...terms]
    .filter(([, counts]) => Object.values(counts).some((count) => count !== 0))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([term, counts]) => ({ term, root: rootOf(term), prefix: term.slice(0, 2), length: term.length, ...counts }))
  if (rows.length > 0)
    await db
      .insert(searchTerms)
      .select(listed(rows))
      .onConflictDoUpdate({
        target: searchTerms.term,
        set: {
          documentCount: sql`${searchTerms.documentCount} + excluded.document_count`,
          questionCount: sql`${searchTerms.questionCount} + excluded.question_count`,
          titleCount: sql`${searchTerms.titleCount} + excluded.title_count`,
        },
      })
  const lost = rows.filter(({ documentCount }) => documentCount < 0).map(({ term }) => term)
  if (lost.length > 0) await deleteUnused(db, lost)
  await db
    .insert(searchTotals)
    .values({ id: 1, ...totals })
    .onConflictDoUpdate({
      target: searchTotals.id,
      set: {
        documentCount: sql`${searchTotals.documentCount} + excluded.document_count`,
        titleLength: sql`${searchTotals.titleLength} + excluded.title_length`,
        bodyLength: sql`${searchTotals.bodyLength} + excluded.body_length`,
        answerLength: sql`${searchTotals.answerLength} + excluded.answer_length`,
      },
    })
}
