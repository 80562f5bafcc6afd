import type { Reader } from '../database/types.ts'
import { listPostings } from './engine.ts'
import type { Plan, Unit } from './plan.ts'
import type { Probe } from './probes.ts'
import type { Statistics } from './statistics.ts'

const MOST_AT_ONCE = 8_000
/** How many entries the engine may go through to find those: of words that must stand together it goes through all. */
const MOST_WALKED = 400_000
/** A word in more documents than that is not looked for where a rarer one is. */
const EVERYWHERE = 40_000
const MOST_OF_A_PAIR = 1_000
const MOST_OF_A_PHRASE = 5_000
const TITLE_SHARE = 0.6

type Aim = Probe & { unit: number; weight: number }

type Candidates = {
  /** The documents that hold some of what is looked for, with a first guess at how well they fit. */
  scores: Map<number, number>
  /** Of each word, in which documents it is somewhere. */
  holders: Map<string, number[]>
}

type Wanted = {
  plan: Plan
  statistics: Statistics
  phrases: string[][]
  /** How many index entries it may read: what keeps it quick, however large the forum is. */
  entries: number
}

export async function findCandidates(db: Reader, { plan, statistics, phrases, entries }: Wanted): Promise<Candidates> {
  const aims = aimsOf(plan, statistics, entries)
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
function aimsOf({ units, values }: Plan, statistics: Statistics, entries: number): Aim[] {
  const aims: Aim[] = []
  const common: Unit[] = []
  const budget = { entries, walked: MOST_WALKED }
  for (const [place, unit] of units.entries()) {
    for (const reading of readingsOf(unit, values)) {
      const probe = probeOf(reading.tokens, statistics)
      if (probe.count > Math.min(budget.entries, MOST_AT_ONCE) || 2 * probe.walked > budget.walked) {
        if (!common.includes(unit)) common.push(unit)
        continue
      }
      budget.entries -= probe.count
      budget.walked -= 2 * probe.walked
      aims.push(...aimsAt(probe, { unit: place, weight: reading.weight * unit.weight }))
    }
  }
  return [...aims, ...aimsAtCommon(common, statistics, budget)]
}

function aimsAt({ tokens, count }: Probed, { unit, weight }: { unit: number; weight: number }): Aim[] {
  const aim = { tokens, unit, limit: count + MOST_OF_A_PAIR }
  return [
    { ...aim, field: 'any', weight: weight * (1 - TITLE_SHARE) },
    { ...aim, field: 'title', weight },
  ]
}

type Probed = { tokens: string[]; count: number; walked: number }

/** Beside rarer words those that are everywhere narrow nothing down, and cost most: whether they are there is seen later. */
function probeOf(wanted: string[], { terms }: Statistics): Probed {
  const countOf = (token: string) => terms.get(token)?.documentCount ?? MOST_OF_A_PAIR
  const least = Math.min(...wanted.map(countOf))
  const tokens = wanted.filter((token) => countOf(token) <= Math.max(EVERYWHERE, least))
  return { tokens, count: least, walked: tokens.reduce((sum, token) => sum + countOf(token), 0) }
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
function aimsAtCommon(common: Unit[], statistics: Statistics, budget: { walked: number }): Aim[] {
  const units = common.slice(0, MOST_COMMON)
  const pairs = units.flatMap((one, index) => units.slice(index + 1).map((other) => [one, other]))
  const groups = pairs.length > 0 ? pairs : units.map((unit) => [unit])
  return groups.flatMap((group, index) => {
    const wanted = [...new Set(group.flatMap(({ readings }) => readings[0]!.tokens))]
    const { tokens, walked } = probeOf(wanted, statistics)
    if (2 * walked > budget.walked && index > 0) return []
    budget.walked -= 2 * walked
    const weight = group.reduce((sum, unit) => sum + unit.weight, 0)
    const aim = { tokens, limit: MOST_OF_A_PAIR, unit: -1 - index }
    return [
      { ...aim, field: 'title' as const, weight },
      { ...aim, field: 'any' as const, weight: weight * (1 - TITLE_SHARE) },
    ]
  })
}
