import type { Mention } from './lexicon.ts'
import { maskOf, type Reading } from './reading.ts'

const SOUGHT_FOR_OTHERS = 'not '
const RULED_OUT = maskOf(['negated', 'past', 'chronic', 'over', 'imagined', 'asked', 'told'])
const NUMBER = /^\d/
const LENGTHS = [8, 16, 40, 90]
const NOWHERE: Mention = { from: -1, to: -1 }

/**
 * What the weights know a text by, with where it first stands: its words (`numb`), the lists they are in (`[saddle]`),
 * both again with a minus where they do not count (`-numb`, `-[saddle]`), and how long it is (`(40 words)`).
 */
export function signsOf({ words, mentions, bits, isFigure }: Reading, masks: ReadonlyMap<string, number>) {
  const signs = new Map<string, Mention>([[`(${lengthOf(words.count)} words)`, NOWHERE]])
  for (const [at, word] of words.word.entries()) {
    if (isFigure[at]) continue
    const sign = NUMBER.test(word) ? '#' : word
    if (!signs.has(sign)) signs.set(sign, { from: at, to: at })
    if (bits[at]! & RULED_OUT) signs.set(`-${sign}`, NOWHERE)
  }
  for (const [concept, list] of mentions) {
    if (list.length === 0 || concept.startsWith(SOUGHT_FOR_OTHERS)) continue
    const mask = masks.get(concept) ?? 0
    signs.set(`[${concept}]`, list[0]!)
    if (list.some(({ from }) => bits[from]! & mask)) signs.set(`-[${concept}]`, NOWHERE)
  }
  return signs
}

/** The least of a few lengths that is enough. */
const lengthOf = (count: number) => LENGTHS.find((length) => count <= length) ?? 'more'

export type Signs = ReturnType<typeof signsOf>
