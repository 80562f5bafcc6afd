/** A text cut into words, each with its place in the text and in its sentence. */
export type Words = {
  count: number
  /** As they are compared: small letters, no accents, no plural. */
  word: string[]
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

export function wordsOf(text: string): Words {
  const words: Words = { count: 0, word: [], start: [], end: [], sentence: [], pause: [] }
  let sentence = 0
  let pause: Pause = Pause.sentence
  for (const { 0: piece, index } of text.slice(0, LONGEST_TEXT).matchAll(PIECE)) {
    const found = pauseOf(piece)
    if (found !== undefined) {
      pause = Math.max(pause, found) as Pause
      continue
    }
    if (pause === Pause.sentence) sentence++
    push(words, { word: plain(piece), start: index, end: index + piece.length, sentence, pause })
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

type Word = { word: string; start: number; end: number; sentence: number; pause: Pause }

function push(words: Words, { word, start, end, sentence, pause }: Word) {
  words.word.push(word)
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
  const result: Words = { count: 0, word: [], start: [], end: [], sentence: [], pause: [] }
  for (let at = 0; at < words.count; at++) {
    const length = cannotAt(words, at)
    const last = at + Math.max(length, 1) - 1
    push(result, {
      word: length > 0 ? (PAST.has(words.word[at]!) ? 'couldnt' : 'cant') : words.word[at]!,
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
