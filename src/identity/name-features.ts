import { feature, symbol } from './features.ts'
import { COMMON, EVERYDAY, GIVEN, SURNAME, THING, WORD } from './lexicon.ts'
import type { Reading } from './name-reading.ts'
import { isParticle, nameOf, otherOf, wordOf } from './spellings.ts'
import type { Word } from './words.ts'

/** Whether a word may be part of a name at all: a quick look before the weighing. */
export function mayBeName(reading: Reading, index: number, followsName: boolean) {
  const { words, tail } = reading
  const word = words[index]!
  if (isDigit(word.gap.charCodeAt(word.gap.length - 1)) || isDigit((words[index + 1]?.gap ?? tail).charCodeAt(0)))
    return false
  if (word.shape === 'Initial') return word.text !== 'I'
  if (PLURAL.test(word.text) || isOrdinaryCompound(word)) return false
  if (followsName) return true
  const { meaning } = word
  const isListed = (meaning & (GIVEN | SURNAME)) !== 0
  if (word.shape !== 'small') return isListed || (meaning & (COMMON | EVERYDAY)) === 0
  if (meaning & COMMON || (!isListed && meaning & (WORD | EVERYDAY) && !isCalled(words, index))) return false
  return isNearCue(words, index)
}

/** "MUPs" */
const PLURAL = /^\p{Lu}{2,}s$/u
/** "Broad-based" */
const isOrdinaryCompound = ({ bare, meaning }: Word) =>
  bare.includes('-') && (meaning & WORD) !== 0 && (meaning & (GIVEN | SURNAME)) === 0

const isDigit = (code: number) => code >= 48 && code <= 57

const CALLING = new Set(['name-word', 'called', 'sound', 'self', 'self-is', 'closing'])
const isCalled = (words: Word[], index: number) =>
  CALLING.has(words[index - 1]?.cue ?? '') || CALLING.has(words[index - 2]?.cue ?? '')

const isNearCue = (words: Word[], index: number) =>
  index < 4 ||
  index > words.length - 4 ||
  words[index]!.gap.includes('\n') ||
  words[index + 1]?.cue === 'here-word' ||
  words[index + 2]?.cue === 'here-word' ||
  words[index - 1]?.cue !== undefined ||
  words[index - 2]?.cue !== undefined ||
  words[index - 3]?.cue !== undefined

const T = {
  is: symbol('is'),
  list: symbol('list'),
  word: symbol('word'),
  other: symbol('other'),
  shape: symbol('shape'),
  position: symbol('position'),
  next: symbol('next'),
  nextOf: symbol('next of'),
  nextTwo: symbol('next two'),
  after: symbol('after'),
  itself: symbol('itself'),
  genitive: symbol('genitive'),
  thing: symbol('thing'),
  ends: symbol('ends'),
  public: symbol('public'),
  goesOn: symbol('goes on'),
  goesOnAs: symbol('goes on as'),
  goesOnTo: symbol('goes on to'),
  before: symbol('before'),
  beforeOf: symbol('before of'),
  two: symbol('two before'),
  twoSigns: symbol('two before with signs'),
  three: symbol('three before'),
  second: symbol('second before'),
  sign: symbol('sign'),
}
const YES = symbol('yes')
const NO = symbol('no')
const BEGINS = symbol('begins')
const WITHIN = symbol('within')
const BLANK = symbol('_')
const yes = (is: boolean) => (is ? YES : NO)
const BEGINNINGS = new Set(['start', 'line', '.', '!', '?', '"', '“', '(', '-', '–', '—'].map(symbol))

/** Everything about a word and its neighbours that tells whether it is part of a name. */
export function featuresOf(reading: Reading, index: number, followsName: boolean): number[] {
  const word = reading.words[index]!
  const { meaning } = word
  const look: Look = {
    shape: symbol(reading.manner === 'usual' ? word.shape : `${word.shape} in ${reading.manner}`),
    name: symbol(isParticle(word) ? 'particle' : nameOf(meaning)),
    word: symbol(wordOf(meaning)),
    other: symbol(otherOf(meaning)),
    before: reading.sign(index),
    after: reading.sign(index + 1),
    next: reading.kind(index + 1),
  }
  const found = own(reading, index, look, followsName)
  if (followsName) going(found, look)
  else cued(found, reading, index, look)
  return found
}

type Look = Record<'shape' | 'name' | 'word' | 'other' | 'before' | 'after' | 'next', number>

function own(reading: Reading, index: number, look: Look, followsName: boolean) {
  const { shape, name, word, other, before, after, next } = look
  const { cue, clitic } = reading.words[index]!
  const follows = yes(followsName)
  const begins = BEGINNINGS.has(before)
  const found = [
    feature(T.is, name, word, other),
    feature(T.list, name),
    feature(T.word, word, shape),
    feature(T.other, other, follows),
    feature(T.shape, shape, name, word),
    feature(T.position, begins ? BEGINS : WITHIN, shape, name, word),
    feature(T.next, after, next),
    feature(T.nextOf, after, next, name),
    feature(T.nextTwo, after, next, reading.kind(index + 2)),
    feature(T.after, after, follows),
  ]
  if (cue) found.push(feature(T.itself, symbol(cue), follows))
  if (clitic) found.push(feature(T.genitive, symbol(clitic)))
  if (after === BLANK && (reading.words[index + 1]?.meaning ?? 0) & THING)
    found.push(feature(T.thing, symbol(clitic || 'none'), other, follows))
  const left = reading.words.length - index
  if (left <= 3) found.push(feature(T.ends, symbol(String(left)), follows, yes(begins)))
  if (isNearPublic(reading.words, index)) found.push(feature(T.public))
  return found
}

function going(found: number[], { before, shape, name, word, after, next }: Look) {
  found.push(
    feature(T.goesOn, before),
    feature(T.goesOnAs, before, shape, name, word),
    feature(T.goesOnTo, shape, after, next),
  )
}

function cued(found: number[], reading: Reading, index: number, { before, name, shape }: Look) {
  const [first, second, third] = [reading.kind(index - 1), reading.kind(index - 2), reading.kind(index - 3)]
  found.push(
    feature(T.before, first),
    feature(T.before, first, before),
    feature(T.beforeOf, first, before, name, shape),
    feature(T.two, second, first, before),
    feature(T.twoSigns, second, index > 0 ? reading.sign(index - 1) : 0, first, before),
    feature(T.three, third, second, first),
    feature(T.second, second),
    feature(T.sign, before, name, shape),
  )
}

const NEAR = [-4, -3, -2, -1, 1, 2, 3]
const isNearPublic = (words: Word[], index: number) => NEAR.some((away) => words[index + away]?.cue === 'public')
