import { readFeature } from '../../src/identity/features.ts'
import { GIVEN } from '../../src/identity/lexicon.ts'
import { featuresOf, mayBeName } from '../../src/identity/name-features.ts'
import { Reading } from '../../src/identity/name-reading.ts'
import { isPublicPerson } from '../../src/identity/public-people.ts'
import { wordsOf } from '../../src/identity/words.ts'
import type { Labelled } from './identity-texts.ts'
import { type Random, randomFrom } from './random.ts'
import { withStrangeWords } from './strange-words.ts'

/** One word: what is true of it, whether it is part of a name, and how much it counts. */
export type Example = { features: number[]; isName: boolean; weight: number }
/** A text to learn from. `forgotten`: how many of its names are to look as if no list had them. */
type Variant = { labelled: Labelled; forgotten: number; weight: number }

const ALWAYS = readFeature('always')
const NO_NAME =
  /\d|@|\/|\b(?:hospital|clinic|infirmary|general|permanente|street|road|lane|avenue|house|cottage|practice|surgery|centre|center|university|st|dot)\b/i
const TITLE = /^(?:dra?|mr|mrs|ms|prof|professor|doctor|miss|sister|nurse)$/

const isName = (span: string) => !NO_NAME.test(span) && span.split(/\s+/).length <= 6

/** Several times over, so that no chance decides which names are forgotten. */
const SEEDS = [7, 8, 9]

export function examplesOf(texts: Labelled[], weight: number): Example[] {
  return SEEDS.flatMap((seed) => {
    const random = randomFrom(seed)
    return texts.flatMap((labelled) =>
      variantsOf(labelled, weight / SEEDS.length, random).flatMap((variant) => examplesIn(variant, random)),
    )
  })
}

/** The same text as others would write it: with names no list has, in small letters, in capitals, of other remedies. */
function variantsOf(labelled: Labelled, weight: number, random: Random): Variant[] {
  const variants = [{ labelled, forgotten: 0, weight }]
  const add = (variant: Labelled, forgotten: number, share: number) =>
    variants.push({ labelled: variant, forgotten, weight: weight * share })
  if (labelled.spans.some(isName)) {
    add(labelled, 0.5, 0.7)
    add(
      inCase(labelled, (text) => text.toLowerCase()),
      0.25,
      0.4,
    )
  } else if (random() < 0.5)
    add(
      inCase(labelled, (text) => text.toLowerCase()),
      0,
      0.5,
    )
  if (labelled.spans.length === 0)
    for (let count = labelled.text.length > 200 ? 2 : 1; count > 0; count -= 1)
      add(withStrangeWords(labelled, random), 0, 0.5)
  if (random() < 0.06)
    add(
      inCase(labelled, (text) => text.toUpperCase()),
      0.2,
      0.4,
    )
  return variants
}

const inCase = ({ text, spans }: Labelled, change: (text: string) => string): Labelled => ({
  text: change(text),
  spans: spans.map(change),
})

function examplesIn({ labelled, forgotten, weight }: Variant, random: Random): Example[] {
  const reading = new Reading(wordsOf(labelled.text), labelled.text)
  const labels = labelsOf(labelled, reading)
  for (const [index, label] of labels.entries()) if (label && random() < forgotten) reading.forget(index)
  return labels.flatMap((label, index) => {
    const followsName = labels[index - 1] === true
    if (label === undefined || !mayBeName(reading, index, followsName)) return []
    return [{ features: [ALWAYS, ...featuresOf(reading, index, followsName)], isName: label, weight }]
  })
}

/** For each word whether it is part of a name; undefined where the labels leave it open. */
function labelsOf({ text, spans }: Labelled, reading: Reading): (boolean | undefined)[] {
  const { words } = reading
  const isWithin = (index: number, span: string) => {
    const { start, end } = words[index]!
    for (let at = text.indexOf(span); at >= 0; at = text.indexOf(span, at + 1))
      if (at <= start && end <= at + span.length) return true
    return false
  }
  return words.map((word, index) => {
    const span = spans.find((one) => isWithin(index, one))
    if (span !== undefined) return isName(span) && !TITLE.test(word.bare) ? true : undefined
    const isOpen = spans.some(isName) && word.shape !== 'small' && (word.meaning & GIVEN) !== 0
    return isOpen || (spans.length === 0 && isOfPublicPerson(reading, index)) ? undefined : false
  })
}

const isOfPublicPerson = ({ words }: Reading, index: number) =>
  [2, 3].some((length) =>
    Array.from({ length }, (_, back) => index - back).some(
      (first) =>
        first >= 0 &&
        first + length <= words.length &&
        words.slice(first, first + length).every(({ shape }) => shape !== 'small') &&
        isPublicPerson(words, { first, last: first + length - 1 }),
    ),
  )
