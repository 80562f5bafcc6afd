import { and, between, desc, eq, gt, gte, inArray } from 'drizzle-orm'
import { searchTerms, searchTotals } from '../database/schema.ts'
import type { Reader } from '../database/types.ts'
import { rootOf } from './stems.ts'

export type Term = { term: string; root: string; documentCount: number; questionCount: number; titleCount: number }

/** What is known of the words of a corpus. */
export type Statistics = {
  documentCount: number
  titleLength: number
  bodyLength: number
  answerLength: number
  terms: Map<string, Term>
  /** Of each root, the words that share it, the most used first. */
  relatives: Map<string, Term[]>
}

const listed = {
  term: searchTerms.term,
  root: searchTerms.root,
  documentCount: searchTerms.documentCount,
  questionCount: searchTerms.questionCount,
  titleCount: searchTerms.titleCount,
}

const MOST_RELATIVES = 2_000

export async function findStatistics(db: Reader, tokens: string[], rooted: string[]): Promise<Statistics> {
  const [totals] = await db.select().from(searchTotals).where(eq(searchTotals.id, 1))
  const count = Math.max(1, totals?.documentCount ?? 0)
  const found = await listTerms(db, tokens)
  const roots = [...new Set(rooted.map(rootOf))]
  const related = await db
    .select(listed)
    .from(searchTerms)
    .where(and(inArray(searchTerms.root, roots), gt(searchTerms.documentCount, 0)))
    .orderBy(desc(searchTerms.documentCount), searchTerms.term)
    .limit(MOST_RELATIVES)
  return {
    documentCount: count,
    titleLength: Math.max(1, (totals?.titleLength ?? 0) / count),
    bodyLength: Math.max(1, (totals?.bodyLength ?? 0) / count),
    answerLength: Math.max(1, (totals?.answerLength ?? 0) / count),
    terms: new Map(found.map((term) => [term.term, term])),
    relatives: Map.groupBy(related, ({ root }) => root),
  }
}

export const listTerms = (db: Reader, tokens: string[]): Promise<Term[]> =>
  db
    .select(listed)
    .from(searchTerms)
    .where(and(inArray(searchTerms.term, tokens), gt(searchTerms.documentCount, 0)))

const MOST_NEIGHBOURS = 3_000

/** Words that begin like a misspelt one and are about as long. */
export function listNeighbours(db: Reader, prefixes: string[], length: { from: number; to: number }) {
  return db
    .select(listed)
    .from(searchTerms)
    .where(
      and(
        inArray(searchTerms.prefix, prefixes),
        between(searchTerms.length, length.from, length.to),
        gte(searchTerms.documentCount, 1),
      ),
    )
    .orderBy(desc(searchTerms.documentCount), searchTerms.term)
    .limit(MOST_NEIGHBOURS)
}

export function rarityOf({ documentCount }: Statistics, count: number) {
  return Math.log(1 + (documentCount - Math.min(count, documentCount) + 0.5) / (count + 0.5))
}
