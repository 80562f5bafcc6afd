import type { Reader } from '../database/types.ts'
import { listPostings } from './engine.ts'
import type { Plan, Unit } from './plan.ts'
import type { Probe } from './probes.ts'
import type { Statistics } from './statistics.ts'

/** How many index entries one search may read: what keeps it quick, however large the forum is. */
const MOST_ENTRIES = 20_000
const MOST_AT_ONCE = 8_000
const MOST_OF_A_PAIR = 1_000
const MOST_OF_A_PHRASE = 5_000
const TITLE_SHARE = 0.6

type Aim = Probe & { unit: number; weight: number }

export type Candidates = {
  /** The documents that hold some of what is looked for, with a first guess at how well they fit. */
  scores: Map<number, number>
  /** Of each word, in which documents it is somewhere. */
  holders: Map<string, number[]>
}

export async function findCandidates(
  db: Reader,
  { plan, statistics, phrases }: { plan: Plan; statistics: Statistics; phrases: string[][] },
): Promise<Candidates> {
  const aims = aimsOf(plan, statistics)
  const required = phrases.map((tokens): Probe => ({ tokens, field: 'any', limit: MOST_OF_A_PHRASE }))
  const lists = await listPostings(db, [...aims, ...required])
  const scores = added(aims, lists)
  const holders = new Map<string, number[]>()
  for (const [index, { tokens, field }] of aims.entries())
    if (tokens.length === 1 && field === 'any') holders.set(tokens[0]!, lists[index]!)
  if (phrases.length === 0) return { scores, holders }
  return { scores: inAll(scores, lists.slice(aims.length)), holders }
}

/** Of the ways to say one thing the best counts, not their sum. */
function added(aims: Aim[], lists: number[][]) {
  const scores = new Map<number, number>()
  for (const group of Map.groupBy(aims.keys(), (index) => aims[index]!.unit).values()) {
    const best = new Map<number, number>()
    for (const index of group)
      for (const id of lists[index]!) {
        const { weight } = aims[index]!
        if (weight > (best.get(id) ?? 0)) best.set(id, weight)
      }
    for (const [id, weight] of best) scores.set(id, (scores.get(id) ?? 0) + weight)
  }
  return scores
}

function inAll(scores: Map<number, number>, lists: number[][]) {
  const [first, ...others] = lists.map((ids) => new Set(ids))
  const ids = [...first!].filter((id) => others.every((other) => other.has(id)))
  return new Map(ids.map((id) => [id, scores.get(id) ?? 0]))
}

/** The most telling things first, as far as the entries reach; common words then count in company. */
function aimsOf({ units, values }: Plan, statistics: Statistics): Aim[] {
  const aims: Aim[] = []
  const common: Unit[] = []
  let left = MOST_ENTRIES
  const countOf = (tokens: string[]) =>
    Math.min(...tokens.map((token) => statistics.terms.get(token)?.documentCount ?? MOST_OF_A_PAIR))
  for (const [place, unit] of units.entries()) {
    for (const { tokens, weight } of readingsOf(unit, values)) {
      const count = countOf(tokens)
      if (count > Math.min(left, MOST_AT_ONCE)) {
        if (!common.includes(unit)) common.push(unit)
        continue
      }
      left -= count
      const aim = { tokens, limit: count + MOST_OF_A_PAIR, unit: place }
      aims.push({ ...aim, field: 'any', weight: weight * unit.weight * (1 - TITLE_SHARE) })
      aims.push({ ...aim, field: 'title', weight: weight * unit.weight })
    }
  }
  return [...aims, ...aimsAtCommon(common)]
}

/** Each reading, and of what was typed each word alone. */
function readingsOf({ readings }: Unit, values: Map<string, number>) {
  const own = readings[0]!
  if (own.tokens.length === 1) return readings
  const sum = own.tokens.reduce((total, token) => total + (values.get(token) ?? 0), 0) || 1
  const alone = own.tokens.map((token) => ({
    tokens: [token],
    weight: (own.weight * 0.6 * (values.get(token) ?? 0)) / sum,
  }))
  return [...readings, ...alone]
}

const MOST_COMMON = 4

/** "back" and "pain" are everywhere: both in one title are few enough. */
function aimsAtCommon(common: Unit[]): Aim[] {
  const units = common.slice(0, MOST_COMMON)
  const pairs = units.flatMap((one, index) => units.slice(index + 1).map((other) => [one, other]))
  const groups = pairs.length > 0 ? pairs : units.map((unit) => [unit])
  return groups.flatMap((group, index) => {
    const tokens = [...new Set(group.flatMap(({ readings }) => readings[0]!.tokens))]
    const weight = group.reduce((sum, unit) => sum + unit.weight, 0)
    const aim = { tokens, limit: MOST_OF_A_PAIR, unit: -1 - index }
    return [
      { ...aim, field: 'title' as const, weight },
      { ...aim, field: 'any' as const, weight: weight * (1 - TITLE_SHARE) },
    ]
  })
}
