import { readFeature } from './features.ts'
import { featuresOf, mayBeName } from './name-features.ts'
import type { Reading } from './name-reading.ts'
import learnt from './weights.json' with { type: 'json' }

type Weights = ReadonlyMap<number, number>

let weights: Weights = new Map(
  Object.entries(learnt as Record<string, number>).map(([written, weight]) => [readFeature(written), weight]),
)
/** The weight of a word of which nothing is known. */
const ALWAYS = readFeature('always')

/** For each word whether it is part of a name. */
export function nameTags(reading: Reading): boolean[] {
  const tags: boolean[] = []
  for (let index = 0; index < reading.words.length; index += 1) {
    const followsName = tags[index - 1] ?? false
    tags.push(mayBeName(reading, index, followsName) && isName(reading, index, followsName))
  }
  return tags
}

function isName(reading: Reading, index: number, followsName: boolean) {
  let sum = weights.get(ALWAYS) ?? 0
  for (const feature of featuresOf(reading, index, followsName)) sum += weights.get(feature) ?? 0
  return sum > 0
}

/** For learning: what `work` gives with other weights. */
export function withWeights<Result>(others: Weights, work: () => Result): Result {
  const usual = weights
  weights = others
  try {
    return work()
  } finally {
    weights = usual
  }
}
