import { type Finding, type Flag, placeOf, type Raised } from './flags.ts'
import type { Reading } from './reading.ts'
import type { Signs } from './signs.ts'
import { createWeights, together, type Weights } from './weights.ts'

/** What a pattern adds to the sum of its flag. */
const PATTERN = 3
/** How far a flag may be below the first one and is shown beside it. */
const NEAR = 1.5
/** Below this no single flag is clear enough to be named. */
const CLEAR = -0.5
const MOST_PLACES = 5
/** So short a text says nothing else that could speak against a pattern. */
const FEW_WORDS = 12

/** Weighs what patterns raise against everything else that is said: docs/safety.md, "How words are weighed". */
export function createWeighing(flags: Flag[], table: Weights) {
  const weights = createWeights(table)
  const inForce = new Set(flags.filter(({ isGeneral }) => !isGeneral).map(({ key }) => key))
  const general = flags.find(({ isGeneral }) => isGeneral)?.key
  const isWeighed = (flag: string) => table.flags.includes(flag)

  return ({ words }: Reading, signs: Signs, raised: Raised[]): Finding[] => {
    const isShort = words.count <= FEW_WORDS
    const firm = raised.filter(({ flag, isFirm, isGeneral }) => isFirm || (!isGeneral && (isShort || !isWeighed(flag))))
    const sums = new Map([...weights.sums(signs)].filter(([flag]) => inForce.has(flag)))
    for (const { flag } of raised) if (sums.has(flag)) sums.set(flag, sums.get(flag)! + PATTERN)
    const bonus = raised.some(({ isGeneral }) => isGeneral) ? PATTERN : 0
    if (together(sums.values()) + bonus <= 0) return firm

    const shown = clearestOf(sums) ?? (general ? [general] : [])
    const byWords = (flag: string): Finding => ({
      flag,
      places: weights.strongest(signs, flag, MOST_PLACES).map((mention) => placeOf(words, mention)),
    })
    const others = shown.filter((flag) => !firm.some((finding) => finding.flag === flag))
    return [...firm, ...others.map((flag) => raised.find((finding) => finding.flag === flag) ?? byWords(flag))]
  }
}

/** The flag that most speaks for, and those near it; none where none is clear. */
function clearestOf(sums: ReadonlyMap<string, number>) {
  const least = Math.max(CLEAR, Math.max(...sums.values()) - NEAR)
  const clear = [...sums].filter(([, sum]) => sum >= least).sort(([, a], [, b]) => b - a)
  return clear.length > 0 ? clear.map(([flag]) => flag) : undefined
}
