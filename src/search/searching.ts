import { eq, inArray, or, sql } from 'drizzle-orm'
import { categories, searchDocuments, searchRelations } from '../database/schema.ts'
import type { Reader } from '../database/types.ts'
import { analyseQuestion, analyseSearch } from './analysis.ts'
import type { Kind } from './documents.ts'
import { type Filters, facetsOf, filterOf } from './facets.ts'
import type { Meaning } from './meaning.ts'
import { nearnessTo } from './nearness.ts'
import { type Ranked, type Row, rank } from './ranking.ts'

export type SearchRequest = {
  text: string
  filters?: Filters
  sort?: 'relevance' | 'date'
  /** Beginnings that somebody may choose from: each is counted. */
  spans?: Record<string, Date>
  /** The `next` of the page before. */
  after?: string
  limit: number
  /** None: words alone are looked for. */
  meaning?: Meaning
}

export type SuggestRequest = {
  title: string
  body: string
  limit: number
  isAnswered?: boolean
  kinds?: Kind[]
  /** Not for others to see: not a word of it leaves this machine. */
  isPrivate?: boolean
  /** The document whose text it is, if it is one. */
  like?: number
  /** None: words alone are looked for. */
  meaning?: Meaning
}

export type Hit = {
  documentId: number
  kind: Kind
  id: number
  score: number
  /** Which part of what is looked for is there at all, from 0 to 1. */
  coverage: number
  /** It means much the same, whatever its words. */
  isNear: boolean
  isAnswered: boolean
  createdAt: Date
}

export type Found = {
  hits: Hit[]
  next?: string
  /** How many fit; more than that if it is not exact. */
  total: number
  isExact: boolean
  facets: ReturnType<typeof facetsOf>
  corrections: { typed: string; meant: string }[]
  /** The words to mark; those of one list stand side by side. */
  marks: string[][]
  /** The category that `category:` named, if there is one. */
  categoryPath?: string
}

/** Filters and counts look at this many documents that fit best, no more. */
const LOOKED_AT = { most: 1_000, entries: 20_000 }
/** Whoever writes waits less than whoever searches. */
const SUGGESTED_FROM = { most: 250, entries: 16_000 }
/** Whatever has less than this part of what the best has is not worth showing. */
const LEAST_COVERAGE = 0.4
/** A category or an expert is described in few words, one of which is not enough to stand among questions. */
const LEAST_OF_OTHERS = 0.75

/** What the search box finds. */
export async function search(db: Reader, request: SearchRequest): Promise<Found> {
  const analysis = analyseSearch(request.text)
  const filters = { ...request.filters }
  if (analysis.categoryPath) filters.categoryPath ??= analysis.categoryPath
  const nearness = await nearnessTo(db, request)
  const { rows, isWhole, corrections, plan } = await rank(db, analysis, { ...LOOKED_AT, nearness })
  const best = Math.max(0, ...rows.map(({ coverage }) => coverage))
  const leastOf = ({ kind }: Row) => best * (kind === 'question' ? LEAST_COVERAGE : LEAST_OF_OTHERS)
  const fitting = rows.filter((row) => row.isNear || row.coverage >= leastOf(row))
  const filter = filterOf(filters, await listCategories(db, fitting, filters))
  const chosen = fitting.filter((row) => filter.isIn(row))
  if (request.sort === 'date') chosen.sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime() || b.id - a.id)
  const from = chosen.findIndex(({ id }) => id === Number(request.after)) + 1
  const page = chosen.slice(from, from + request.limit)
  return {
    hits: page.map(hitOf),
    next: from + request.limit < chosen.length ? String(page.at(-1)!.id) : undefined,
    total: chosen.length,
    isExact: isWhole,
    facets: facetsOf(fitting, filter, request.spans),
    corrections,
    marks: [...analysis.phrases, ...plan.units.flatMap(({ readings }) => readings.map(({ tokens }) => tokens))],
    categoryPath: filters.categoryPath,
  }
}

/** What has been asked before that is like what somebody is about to ask. */
export async function suggest(db: Reader, request: SuggestRequest): Promise<Hit[]> {
  const { title, body, limit, isAnswered, kinds } = request
  const isWanted = (row: Row) =>
    (isAnswered === undefined || row.isAnswered === isAnswered) && (!kinds || kinds.includes(row.kind as Kind))
  const nearness = await nearnessTo(db, request)
  const { rows } = await rank(db, analyseQuestion(title, body), { ...SUGGESTED_FROM, isWanted, nearness })
  return rows.slice(0, limit).map(hitOf)
}

/** What was found to be like it, ahead of time. */
export async function listRelated(db: Reader, kind: Kind, id: number): Promise<Hit[]> {
  const [found] = await db
    .select({ relatedIds: searchRelations.relatedIds })
    .from(searchRelations)
    .innerJoin(searchDocuments, eq(searchDocuments.id, searchRelations.documentId))
    .where(sql`${searchDocuments.kind} = ${kind} and ${searchDocuments.subjectId} = ${id}`)
  const ids = found?.relatedIds ?? []
  const rows = await db.select().from(searchDocuments).where(inArray(searchDocuments.id, ids))
  return rows
    .sort((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id))
    .map((row) => hitOf({ ...row, score: 0, coverage: 0, isNear: false }))
}

const hitOf = ({ id, kind, subjectId, score, coverage, isNear, isAnswered, createdAt }: Ranked): Hit => ({
  documentId: id,
  kind: kind as Kind,
  id: subjectId,
  score,
  coverage,
  isNear,
  isAnswered,
  createdAt,
})

/** Those the documents are in, and those at or below the one that is asked for. */
function listCategories(db: Reader, rows: Row[], { categoryPath }: Filters) {
  const ids = [...new Set(rows.flatMap(({ categoryId }) => categoryId ?? []))]
  const isBelow = categoryPath
    ? sql`substr(${categories.path} || '/', 1, ${categoryPath.length + 1}) = ${`${categoryPath}/`}`
    : undefined
  return db
    .select({ id: categories.id, path: categories.path, name: categories.name })
    .from(categories)
    .where(or(inArray(categories.id, ids), isBelow))
}
