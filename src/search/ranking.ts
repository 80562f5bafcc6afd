import { inArray } from 'drizzle-orm'
import { categories, searchDocuments, searchTexts } from '../database/schema.ts'
import type { Reader } from '../database/types.ts'
import type { Analysis } from './analysis.ts'
import { findCandidates } from './candidates.ts'
import { fused } from './fusion.ts'
import type { Nearness } from './nearness.ts'
import { type Plan, planOf, unknownWords, wordsToLookUp } from './plan.ts'
import { type Holding, type Scored, scoreOf } from './scoring.ts'
import { type Spelling, spellingOf, termsIn } from './spelling.ts'
import { findStatistics, type Statistics } from './statistics.ts'
import { tokensOf } from './words.ts'

export type Ranked = Row & {
  score: number
  coverage: number
  /** It means much the same, whatever its words. */
  isNear: boolean
}
export type Row = Awaited<ReturnType<typeof listRows>>[number]

type Ranking = {
  rows: Ranked[]
  /** False: there are more that match, but these fit best. */
  isWhole: boolean
  corrections: { typed: string; meant: string }[]
  plan: Plan
}

/** The newer first where the first guess is the same. */
const bestOf = (scores: Map<number, number>, most: number) =>
  [...scores]
    .sort(([a, one], [b, other]) => other - one || b - a)
    .slice(0, most)
    .map(([id]) => id)

type Options = {
  most: number
  /** How many entries of the index may be read for that. */
  entries: number
  isWanted?: (row: Row) => boolean
  nearness?: Nearness
}

/** The documents that fit best, best first: as many as `most` by their words, and those near in meaning. */
export async function rank(
  db: Reader,
  analysis: Analysis,
  { most, entries, isWanted = () => true, nearness = new Map() }: Options,
): Promise<Ranking> {
  const { tokens, rooted } = wordsToLookUp(analysis)
  const statistics = await findStatistics(db, tokens, rooted)
  const spelling = await spellingOf(db, unknownWords(analysis, statistics), tellingTerms(rooted, statistics))
  for (const term of termsIn(spelling)) statistics.terms.set(term.term, term)
  const plan = planOf(analysis, statistics, spelling)
  const { scores, holders } = await findCandidates(db, { plan, statistics, phrases: analysis.phrases, entries })
  const best = bestOf(scores, most)
  const rows = (await listRows(db, [...new Set([...best, ...nearness.keys()])])).filter(isWanted)
  const isHeld = holdingOf(holders, rows)
  const texts = await listTexts(db, rows, analysis)
  const ranked = rows.flatMap((row): Ranked[] => {
    const text = texts.get(row.id)
    if (!text || !isAllowed(text.whole, analysis)) return []
    const isNear = nearness.get(row.id)?.isNear ?? false
    return [{ ...row, ...scoreOf({ ...row, ...text }, { plan, analysis, statistics, isHeld }), isNear }]
  })
  return {
    rows: fused(ranked.sort(byScore), nearness).filter(({ score, isNear }) => score > 0 || isNear),
    isWhole: scores.size <= most,
    corrections: correctionsIn(spelling),
    plan,
  }
}

/** Of the words that mean something, the rarest first. */
const tellingTerms = (tokens: string[], { terms }: Statistics) =>
  tokens.flatMap((token) => terms.get(token) ?? []).sort((a, b) => a.documentCount - b.documentCount)

const correctionsIn = ({ corrections, halves }: Spelling) =>
  [...corrections, ...halves].map(([typed, meant]) => ({
    typed,
    meant: [meant]
      .flat()
      .map(({ term }) => term)
      .join(' '),
  }))

/** Of two that fit alike, the newer. */
const byScore = (a: Ranked, b: Ranked) =>
  b.score - a.score || b.createdAt.getTime() - a.createdAt.getTime() || b.id - a.id

const listRows = (db: Reader, ids: number[]) =>
  db
    .select({
      id: searchDocuments.id,
      kind: searchDocuments.kind,
      subjectId: searchDocuments.subjectId,
      categoryId: searchDocuments.categoryId,
      isAnswered: searchDocuments.isAnswered,
      createdAt: searchDocuments.createdAt,
      answerLength: searchDocuments.answerLength,
    })
    .from(searchDocuments)
    .where(inArray(searchDocuments.id, ids))

async function listTexts(db: Reader, rows: Row[], { phrases, excluded }: Analysis) {
  const ids = rows.map(({ id }) => id)
  const withAnswers = phrases.length > 0 || excluded.length > 0
  const texts = await db
    .select({
      id: searchTexts.documentId,
      title: searchTexts.title,
      body: searchTexts.body,
      ...(withAnswers ? { answer: searchTexts.answer } : {}),
    })
    .from(searchTexts)
    .where(inArray(searchTexts.documentId, ids))
  const names = await listCategoryNames(db, rows)
  const categoryOf = new Map(rows.map(({ id, categoryId }) => [id, categoryId]))
  return new Map(
    texts.map(({ id, title, body, answer = '' }) => [
      id,
      {
        title: title.split(' '),
        body: body.split(' '),
        category: names.get(categoryOf.get(id) ?? 0) ?? [],
        whole: [title, body, answer as string],
      } satisfies Omit<Scored, 'id' | 'answerLength'> & { whole: string[] },
    ]),
  )
}

async function listCategoryNames(db: Reader, rows: Row[]) {
  const ids = [...new Set(rows.flatMap(({ categoryId }) => categoryId ?? []))]
  const found = await db
    .select({ id: categories.id, name: categories.name })
    .from(categories)
    .where(inArray(categories.id, ids))
  return new Map(found.map(({ id, name }) => [id, tokensOf(name)]))
}

/** What is said side by side is there side by side, and what is unwanted is nowhere. */
function isAllowed(texts: string[], { phrases, excluded }: Analysis) {
  const has = (tokens: string[]) => texts.some((text) => ` ${text} `.includes(` ${tokens.join(' ')} `))
  return phrases.every(has) && !excluded.some((token) => has([token]))
}

function holdingOf(holders: Map<string, number[]>, rows: Row[]): Holding {
  const wanted = new Set(rows.map(({ id }) => id))
  const held = new Map([...holders].map(([token, ids]) => [token, new Set(ids.filter((id) => wanted.has(id)))]))
  return (token, id) => held.get(token)?.has(id) ?? false
}
