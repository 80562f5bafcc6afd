import type { Outcome, OutcomeTally } from './queries.ts'

/** So many, and nobody can tell from the sum what one of them said. */
const FEWEST = 5
/** The one that says most first: soon enough to be due to the answer, late enough to last. */
const WEEKS = [6, 12, 2]
const GOOD: (Outcome | null)[] = ['much-better', 'better']

export type OutcomeSum = { week: number; better: number; total: number }

/** How many of those who told us feel better. Undefined: too few to say. */
export function outcomeSum(tally: OutcomeTally): OutcomeSum | undefined {
  for (const week of WEEKS) {
    const rows = tally.filter((row) => row.week === week)
    const total = sumOf(rows)
    if (total >= FEWEST) return { week, total, better: sumOf(rows.filter(({ outcome }) => GOOD.includes(outcome))) }
  }
  return undefined
}

const sumOf = (rows: OutcomeTally) => rows.reduce((sum, row) => sum + row.count, 0)
