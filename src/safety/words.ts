/** A text cut into words, each with its place in the text and in its sentence. */
export type Words = {
  count: number
  /** As they are compared: small letters, no accents, no plural. */
  word: string[]
  /** Whether it stood in the plural. */
  isPlural: boolean[]
  start: number[]
  end: number[]
  sentence: number[]
  /** What stands before each word. */
  pause: Pause[]
}

export const Pause = { none: 0, comma: 1, clause: 2, sentence: 3 } as const
export type Pause = (typeof Pause)[keyof typeof Pause]

/** What is beyond this is not read: no form takes so much. */
const LONGEST_TEXT = 60_000
const PIECE =
  /a ?& ?e\b|\d+(?:[.,]\d+)?|\p{L}[\p{L}\p{M}]*(?:['’`´][\p{L}\p{M}]+)*|[.!?…]+|\n|[,;:()—–]|(?<!\p{L})-|-(?!\p{L})|\u2022/giu
const ACCENTS = /\p{M}/gu
const APOSTROPHES = /['’`´]/g

const noWords = (): Words => ({ count: 0, word: [], isPlural: [], start: [], end: [], sentence: [], pause: [] })

/** "Legs" are compared as "leg"; that there were several may matter. */
const isPluralOf = (piece: string, word: string) => piece.length > word.length && /s$/i.test(piece) && word !== 'i'

export function wordsOf(text: string): Words {
  const words = noWords()
  let sentence = 0
  let pause: Pause = Pause.sentence
  for (const { 0: piece, index } of text.slice(0, LONGEST_TEXT).matchAll(PIECE)) {
    const found = pauseOf(piece)
    if (found !== undefined) {
      pause = Math.max(pause, found) as Pause
      continue
    }
    if (pause === Pause.sentence) sentence++
    const word = plain(piece)
    push(words, { word, isPlural: isPluralOf(piece, word), start: index, end: index + piece.length, sentence, pause })
    pause = Pause.none
  }
  return joined(words)
}

function pauseOf(piece: string): Pause | undefined {
  if (piece === ',') return Pause.comma
  if (/^[;:()—–-]$/.test(piece)) return Pause.clause
  return /^[.!?…\n•]/.test(piece) ? Pause.sentence : undefined
}

const MOST_REMEMBERED = 20_000
const remembered = new Map<string, string>()

/** A word as it is compared, in texts as in rules. */
export function plain(word: string) {
  const known = remembered.get(word)
  if (known !== undefined) return known
  if (remembered.size >= MOST_REMEMBERED) remembered.clear()
  const found = plainly(word)
  remembered.set(word, found)
  return found
}

function plainly(word: string) {
  const letters = word.toLowerCase().normalize('NFKD').replace(ACCENTS, '').replace(APOSTROPHES, '').replace(',', '.')
  return SAME[letters] ?? singular(letters.replace(/\s/g, ''))
}

/** Written apart, shortened or doubled, and meant as one. */
const SAME: Record<string, string> = {
  cannot: 'cant',
  carnt: 'cant',
  cudnt: 'couldnt',
  unable: 'cant',
  im: 'i',
  ive: 'i',
  ill: 'ill',
  its: 'it',
  two: '2',
  three: '3',
  four: '4',
  five: '5',
  six: '6',
  seven: '7',
  eight: '8',
  nine: '9',
  ten: '10',
  twelve: '12',
  dozen: '12',
  fifteen: '15',
  sixteen: '16',
  twenty: '20',
  thirty: '30',
  forty: '40',
  fifty: '50',
  sixty: '60',
  feet: 'foot',
  children: 'child',
  teeth: 'tooth',
  thighs: 'thigh',
  was: 'was',
  has: 'has',
  does: 'does',
  is: 'is',
  his: 'his',
  this: 'this',
  yes: 'yes',
  us: 'us',
  as: 'as',
}

const singular = (word: string) =>
  word.length > 3 && word.endsWith('s') && !/(ss|us|is|sis)$/.test(word) ? word.slice(0, -1) : word

type Word = { word: string; isPlural: boolean; start: number; end: number; sentence: number; pause: Pause }

function push(words: Words, { word, isPlural, start, end, sentence, pause }: Word) {
  words.word.push(word)
  words.isPlural.push(isPlural)
  words.start.push(start)
  words.end.push(end)
  words.sentence.push(sentence)
  words.pause.push(pause)
  words.count++
}

/** Ways to say "cannot" or "could not" in several words, the longest first. */
const CANNOT = [
  ['have', 'not', 'been', 'able', 'to'],
  ['has', 'not', 'been', 'able', 'to'],
  ['havent', 'been', 'able', 'to'],
  ['hasnt', 'been', 'able', 'to'],
  ['no', 'longer', 'able', 'to'],
  ['not', 'being', 'able', 'to'],
  ['not', 'been', 'able', 'to'],
  ['without', 'being', 'able', 'to'],
  ['not', 'able', 'to'],
  ['isnt', 'able', 'to'],
  ['arent', 'able', 'to'],
  ['wasnt', 'able', 'to'],
  ['can', 'no', 'longer'],
  ['can', 'hardly'],
  ['can', 'barely'],
  ['can', 'scarcely'],
  ['can', 'not'],
  ['could', 'not'],
  ['could', 'hardly'],
  ['could', 'barely'],
  ['cant', 'hardly'],
  ['cant', 'barely'],
  ['cant', 'to'],
]
const PAST = new Set(['could', 'wasnt'])
const BEGINNINGS = new Set(CANNOT.map(([first]) => first))

function joined(words: Words): Words {
  const result = noWords()
  for (let at = 0; at < words.count; at++) {
    const length = cannotAt(words, at)
    const last = at + Math.max(length, 1) - 1
    push(result, {
      word: length > 0 ? (PAST.has(words.word[at]!) ? 'couldnt' : 'cant') : words.word[at]!,
      isPlural: words.isPlural[at]!,
      start: words.start[at]!,
      end: words.end[last]!,
      sentence: words.sentence[at]!,
      pause: words.pause[at]!,
    })
    at = last
  }
  return result
}

function cannotAt({ word, sentence }: Words, at: number) {
  if (!BEGINNINGS.has(word[at]!)) return 0
  const phrase = CANNOT.find((parts) =>
    parts.every((part, offset) => word[at + offset] === part && sentence[at + offset] === sentence[at]),
  )
  return phrase?.length ?? 0
}
