import { readFeature } from './features.ts'
import { readList } from './lists.ts'
import { featuresOf, mayBeName } from './name-features.ts'
import type { Reading } from './name-reading.ts'

/** How far what is true of a word speaks for a name. Learnt by `scripts/learn-identity.ts` from the texts in tests/identity. */
export type Weights = ReadonlyMap<number, number>
/** For each word whether it is part of a name. */
export type Tagger = (reading: Reading) => boolean[]

/** The weight of a word of which nothing is known. */
const ALWAYS = readFeature('always')

export function createTagger(weights: Weights): Tagger {
  const base = weights.get(ALWAYS) ?? 0

  function isName(reading: Reading, index: number, followsName: boolean) {
    let sum = base
    for (const feature of featuresOf(reading, index, followsName)) sum += weights.get(feature) ?? 0
    return sum > 0
  }

  return (reading) => {
    const tags: boolean[] = []
    for (let index = 0; index < reading.words.length; index += 1) {
      const followsName = tags[index - 1] ?? false
      tags.push(mayBeName(reading, index, followsName) && isName(reading, index, followsName))
    }
    return tags
  }
}

const written = JSON.parse(readList('weights.json')) as Record<string, number>

/** With the weights that come with the program. */
export const nameTags = createTagger(
  new Map(Object.entries(written).map(([feature, weight]) => [readFeature(feature), weight])),
)
