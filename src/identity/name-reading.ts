import { symbol } from './features.ts'
import {
  BRAND,
  COMMON,
  EPONYM,
  EVERYDAY,
  GIVEN,
  meaningOf,
  PLACE,
  PLAIN,
  PROPER,
  SURNAME,
  THING,
  WORD,
} from './lexicon.ts'
import type { Word } from './words.ts'

export type Shape = 'Title' | 'CAPS' | 'small' | 'Initial' | 'mixed'
/** "i write like this", "I WRITE LIKE THIS" */
type Manner = 'small' | 'CAPS' | 'usual'

/** The words of a text as the search for names sees them; what costs is worked out when it is asked for. */
export class Reading {
  readonly words: Word[]
  readonly shapes: Shape[]
  readonly manner: Manner
  readonly tail: string
  readonly #meanings: number[] = []
  readonly #kinds: number[] = []
  readonly #signs: number[] = []

  constructor(words: Word[], text: string) {
    this.words = words
    this.shapes = words.map(({ text }) => shapeOf(text))
    this.manner = mannerOf(this.shapes)
    this.tail = text.slice(words.at(-1)?.end ?? 0)
  }

  meaning(index: number) {
    const word = this.words[index]
    if (!word) return 0
    this.#meanings[index] ??= word.bare.includes('-') ? meaningOfCompound(word.bare) : meaningOf(word.bare)
    return this.#meanings[index]!
  }

  /** For training: as if a word stood in no list of names. */
  forget(index: number) {
    this.#meanings[index] = this.meaning(index) & ~(PLAIN | GIVEN | SURNAME)
  }

  /** What a neighbour is: its cue, or how it is written and which lists it stands in. */
  kind(index: number) {
    const word = this.words[index]
    if (!word) return index < 0 ? START : END
    this.#kinds[index] ??= symbol(this.#kindOf(word, index))
    return this.#kinds[index]!
  }

  /** What stands between a word and the one before, in a sign. */
  sign(index: number) {
    const word = this.words[index]
    if (index === 0) return START
    if (!word) return symbol(/[.,:;?!()"“”\n-]/.exec(this.tail)?.[0] ?? 'end')
    this.#signs[index] ??= signOf(word.gap)
    return this.#signs[index]!
  }

  #kindOf(word: Word, index: number) {
    if (word.cue) return word.cue
    if (isParticle(word)) return 'particle'
    const shape = this.shapes[index]!
    if (shape === 'Initial') return 'Initial'
    const meaning = this.meaning(index)
    return shape === 'small' ? `small ${wordOf(meaning)}` : `${shape} ${nameOf(meaning)} ${wordOf(meaning)}`
  }
}

const START = symbol('start')
const END = symbol('end')

function mannerOf(shapes: Shape[]): Manner {
  const share = (shape: Shape) => shapes.filter((one) => one === shape).length / shapes.length
  if (share('CAPS') > 0.6) return 'CAPS'
  return share('small') > 0.97 ? 'small' : 'usual'
}

/** "Al-Khatib" is a name if one of its parts is, "Charcot-Marie-Tooth" an illness, "post-op" a word if both are. */
function meaningOfCompound(word: string) {
  const whole = meaningOf(word)
  if (whole) return whole
  const parts = word.split('-').map(meaningOf)
  if (parts.every((part) => part & (WORD | COMMON | EVERYDAY))) return WORD
  return parts.reduce((all, part) => all | (part & (PLAIN | GIVEN | SURNAME | EPONYM)), 0)
}

export function shapeOf(word: string): Shape {
  const first = word.charCodeAt(0)
  if (first >= 97 && first <= 122) return 'small'
  if (word.length === 1) return word === word.toUpperCase() ? 'Initial' : 'small'
  if (word[0] === word[0]!.toLowerCase()) return 'small'
  if (isSmall(word.slice(1)) || word.split(/[-'’]/).every((part) => isSmall(part.slice(1)))) return 'Title'
  return word === word.toUpperCase() ? 'CAPS' : 'mixed'
}

const isSmall = (letters: string) => letters === letters.toLowerCase()

export function nameOf(meaning: number) {
  if (meaning & PLAIN) return 'plain'
  if (meaning & GIVEN) return meaning & SURNAME ? 'either' : 'given'
  return meaning & SURNAME ? 'surname' : 'no'
}

export function wordOf(meaning: number) {
  if (meaning & COMMON) return 'common'
  if (meaning & EVERYDAY) return 'everyday'
  return meaning & WORD ? 'word' : 'unknown'
}

const OTHERS: [number, string][] = [
  [BRAND, 'brand'],
  [EPONYM, 'eponym'],
  [PROPER, 'proper'],
  [PLACE, 'place'],
  [THING, 'thing'],
]
export const otherOf = (meaning: number) => OTHERS.find(([bit]) => meaning & bit)?.[1] ?? 'nothing'

const PARTICLES = new Set(
  'al ap bin ibn da de del della den der di dos du el la le ten ter van von y mac ni nic o af av zu st'.split(' '),
)
export const isParticle = (word: Word) => PARTICLES.has(word.bare)

const BLANK = symbol('_')
const SIGNS = new Set('.,:;?!()"“”\'’-–—/@&*~+='.split(''))

function signOf(gap: string) {
  if (gap === ' ') return BLANK
  const rest = gap.replace(/^['’](?:s|m|re|ll|ve|d)\b/i, '').trimStart()
  if (rest === '') return gap.includes('\n') ? symbol('line') : BLANK
  if (gap.includes('\n')) return symbol('line')
  if (/^\d/.test(rest)) return symbol('0')
  const sign = SIGNS.has(rest[0]!) ? rest[0]! : 'other'
  return symbol(/\d/.test(rest) ? `${sign}0` : sign)
}
