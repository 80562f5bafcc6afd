import { symbol } from './features.ts'
import { forgotten, type Shape } from './spellings.ts'
import type { Word } from './words.ts'

/** "i write like this", "I WRITE LIKE THIS" */
type Manner = 'small' | 'CAPS' | 'usual'

/** The words of a text as the search for names sees them. */
export class Reading {
  readonly words: Word[]
  readonly manner: Manner
  readonly tail: string
  readonly #signs: number[] = []

  constructor(words: Word[], text: string) {
    this.words = words
    this.manner = mannerOf(words)
    this.tail = text.slice(words.at(-1)?.end ?? 0)
  }

  /** For learning: as if a word stood in no list of names. */
  forget(index: number) {
    this.words[index] = forgotten(this.words[index]!)
  }

  kind(index: number) {
    return this.words[index]?.kind ?? (index < 0 ? START : END)
  }

  /** What stands between a word and the one before, in a sign. */
  sign(index: number) {
    const word = this.words[index]
    if (index === 0) return START
    if (!word) return symbol(/[.,:;?!()"“”\n-]/.exec(this.tail)?.[0] ?? 'end')
    this.#signs[index] ??= isShortTitle(this.words[index - 1]!) ? signOf(word.gap.replace('.', '')) : signOf(word.gap)
    return this.#signs[index]!
  }
}

/** The stop of "Dr." ends no sentence. */
const isShortTitle = ({ cue, bare }: Word) => (cue === 'doctor-title' || cue === 'title') && bare.length <= 4

const START = symbol('start')
const END = symbol('end')

function mannerOf(words: Word[]): Manner {
  const share = (shape: Shape) => words.filter((word) => word.shape === shape).length / words.length
  if (share('CAPS') > 0.6) return 'CAPS'
  return share('small') > 0.97 ? 'small' : 'usual'
}

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
