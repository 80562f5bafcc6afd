import type { Example } from './name-examples.ts'
import { randomFrom } from './random.ts'

const ROUNDS = 12
const STEP = 0.15
const PENALTY = 0.0006
/** A name missed is worse than a word too many pointed at. */
const NAMES_COUNT = 1.6
/** What few words have, or what says little, is left out. */
const FEWEST = 15
const LEAST = 0.2

/** Logistic regression over what is true of words, with an L2 penalty: adaptive steps, one example at a time. */
export function weigh(examples: Example[]): Map<number, number> {
  const { columns, counts, rows } = numbered(examples)
  const weights = new Float64Array(counts.length)
  const squares = new Float64Array(counts.length).fill(1e-8)
  const random = randomFrom(11)
  for (let round = 0; round < ROUNDS; round += 1)
    for (const at of shuffled(rows.length, random)) {
      const row = rows[at]!
      const { isName, weight } = examples[at]!
      const error = (chance(weights, row) - Number(isName)) * weight * (isName ? NAMES_COUNT : 1)
      for (const column of row) {
        const slope = error + PENALTY * weights[column]!
        squares[column]! += slope * slope
        weights[column]! -= (STEP * slope) / Math.sqrt(squares[column]!)
      }
    }
  const kept = [...columns].filter(([, column]) => counts[column]! >= FEWEST && Math.abs(weights[column]!) >= LEAST)
  return new Map(kept.map(([feature, column]) => [feature, Math.round(weights[column]! * 10) / 10]))
}

function numbered(examples: Example[]) {
  const columns = new Map<number, number>()
  const counts: number[] = []
  const rows = examples.map(({ features }) =>
    features.map((feature) => {
      const column = columns.get(feature) ?? columns.size
      columns.set(feature, column)
      counts[column] = (counts[column] ?? 0) + 1
      return column
    }),
  )
  return { columns, counts, rows }
}

function chance(weights: Float64Array, row: number[]) {
  let sum = 0
  for (const column of row) sum += weights[column]!
  return 1 / (1 + Math.exp(-sum))
}

function shuffled(length: number, random: () => number) {
  const order = Array.from({ length }, (_, index) => index)
  for (let last = length - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1))
    ;[order[last], order[other]] = [order[other]!, order[last]!]
  }
  return order
}
