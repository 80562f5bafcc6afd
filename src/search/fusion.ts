import type { Nearness } from './nearness.ts'

/** So high that the first places of two lists differ little: who stands in both comes first. */
const DAMPING = 60

/** What has less than this part of what is looked for has no place among those that fit by their words. */
const LEAST_COVERAGE = 0.2

/** Joins two orders into one by places alone: scores of words and of meaning cannot be compared (reciprocal rank fusion). */
export function fused<Row extends { id: number; coverage: number }>(byWords: Row[], nearness: Nearness): Row[] {
  if (nearness.size === 0) return byWords
  const worth = new Map<number, number>()
  for (const [place, { id, coverage }] of byWords.entries())
    if (coverage >= LEAST_COVERAGE) worth.set(id, 1 / (DAMPING + place + 1))
  for (const [id, { place }] of nearness) worth.set(id, (worth.get(id) ?? 0) + 1 / (DAMPING + place + 1))
  return byWords.toSorted((a, b) => (worth.get(b.id) ?? 0) - (worth.get(a.id) ?? 0))
}
