import type { Mention } from './lexicon.ts'
import type { Signs } from './signs.ts'

/**
 * How far each sign speaks for each flag, against nothing being urgent: hundredths of a natural logarithm of odds, in
 * the order of `flags`. Learnt by `scripts/learn-safety.ts` from the texts in tests/safety.
 */
export type Weights = { flags: string[]; base: number[]; signs: Record<string, number[]> }

const HUNDREDTH = 100

export function createWeights({ flags, base, signs: all }: Weights) {
  const weightsOf = new Map(Object.entries(all).map(([sign, weights]) => [sign, Int16Array.from(weights)]))

  return {
    /** For each flag the sum of what the signs of a text say. */
    sums(signs: Signs): Map<string, number> {
      const sums = Int32Array.from(base)
      for (const sign of signs.keys()) {
        const weights = weightsOf.get(sign)
        if (weights) for (let at = 0; at < sums.length; at++) sums[at]! += weights[at]!
      }
      return new Map(flags.map((flag, at) => [flag, sums[at]! / HUNDREDTH]))
    },

    /** Where the signs stand that say most for a flag, those first. */
    strongest(signs: Signs, flag: string, most: number): Mention[] {
      const at = flags.indexOf(flag)
      return [...signs]
        .map(([sign, mention]) => ({ mention, weight: weightsOf.get(sign)?.[at] ?? 0 }))
        .filter(({ mention, weight }) => weight > 0 && mention.from >= 0)
        .sort((a, b) => b.weight - a.weight)
        .slice(0, most)
        .map(({ mention }) => mention)
    },
  }
}

/** Of several sums in one: it is as large as the largest, and larger where others are near. */
export function together(sums: Iterable<number>) {
  const all = [...sums]
  const most = Math.max(...all)
  return most === -Infinity ? most : most + Math.log(all.reduce((total, sum) => total + Math.exp(sum - most), 0))
}
