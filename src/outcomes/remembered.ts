import type { Reader } from '../database/types.ts'
import { tallyOfCategory } from './queries.ts'
import { type OutcomeSum, outcomeSum } from './sums.ts'

const KEPT_MS = 600_000

type Kept = { until: number; sum: Promise<OutcomeSum | undefined> }
const kept = new WeakMap<Reader, Map<number, Kept>>()

/** It changes slowly and stands on every page of a question: so each process looks every ten minutes. */
export function outcomeInCategory(db: Reader, categoryId: number, now: Date) {
  const sums = kept.get(db) ?? new Map<number, Kept>()
  kept.set(db, sums)
  const known = sums.get(categoryId)
  if (known && known.until > now.getTime()) return known.sum
  const sum = tallyOfCategory(db, categoryId).then(outcomeSum)
  sums.set(categoryId, { until: now.getTime() + KEPT_MS, sum })
  sum.catch(() => sums.delete(categoryId))
  return sum
}
