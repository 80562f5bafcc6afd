import { symbol } from './features.ts'
import {
  BRAND,
  bare,
  COMMON,
  cueOf,
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

export type Shape = 'Title' | 'CAPS' | 'small' | 'Initial' | 'mixed'

/** All that is known of a word by itself, without the "'s" at its end. */
export type Spelling = {
  text: string
  bare: string
  clitic: string
  cue: string | undefined
  shape: Shape
  meaning: number
  /** What it is to its neighbours, as a symbol: its cue, or how it is written and which lists it stands in. */
  kind: number
}

const known = new Map<string, Spelling>()
const MOST_KNOWN = 20_000

/** Texts are made of the same words over and over. */
export function spellingOf(whole: string): Spelling {
  const before = known.get(whole)
  if (before) return before
  if (known.size === MOST_KNOWN) known.clear()
  const spelling = spelled(whole)
  known.set(whole, spelling)
  return spelling
}

const CLITIC = /['’](?:s|m|re|ll|ve|d)$/i

function spelled(whole: string): Spelling {
  const lower = whole.toLowerCase()
  const clitic = CLITIC.exec(lower)?.[0] ?? ''
  const text = clitic ? whole.slice(0, -clitic.length) : whole
  const plain = bare(clitic ? lower.slice(0, -clitic.length) : lower)
  const cue = (clitic && cueOf(plain + clitic.replace('’', "'"))) || cueOf(plain)
  return withKind({
    text,
    bare: plain,
    clitic,
    cue,
    shape: shapeOf(text),
    meaning: plain.includes('-') ? meaningOfCompound(plain) : meaningOf(plain),
  })
}

const withKind = (spelling: Omit<Spelling, 'kind'>): Spelling => ({ ...spelling, kind: symbol(kindOf(spelling)) })

/** For learning: as if a word stood in no list of names. */
export const forgotten = <Known extends Spelling>(word: Known): Known => {
  const unnamed = { ...word, meaning: word.meaning & ~(PLAIN | GIVEN | SURNAME) }
  return { ...unnamed, kind: symbol(kindOf(unnamed)) }
}

function kindOf({ cue, bare, shape, meaning }: Omit<Spelling, 'kind'>) {
  if (cue) return cue
  if (PARTICLES.has(bare)) return 'particle'
  if (shape === 'Initial') return 'Initial'
  return shape === 'small' ? `small ${wordOf(meaning)}` : `${shape} ${nameOf(meaning)} ${wordOf(meaning)}`
}

/** "Al-Khatib" is a name if one of its parts is, "Charcot-Marie-Tooth" an illness, "post-op" a word if both are. */
function meaningOfCompound(word: string) {
  const whole = meaningOf(word)
  if (whole) return whole
  const parts = word.split('-').map(meaningOf)
  const areNames = parts.every((part) => part & (GIVEN | SURNAME))
  if (!areNames && parts.every((part) => part & (WORD | COMMON | EVERYDAY))) return WORD
  return parts.reduce((all, part) => all | (part & (PLAIN | GIVEN | SURNAME | EPONYM)), 0)
}

function shapeOf(word: string): Shape {
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
export const isParticle = ({ bare }: Spelling) => PARTICLES.has(bare)
