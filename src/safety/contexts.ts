import type { Mention, Mentions } from './lexicon.ts'
import { Pause, type Words } from './words.ts'

/** Why something that is said does not count as happening. */
export const Context = {
  negated: 1,
  past: 2,
  chronic: 4,
  over: 8,
  imagined: 16,
  asked: 32,
  told: 64,
  feared: 128,
} as const

export type ContextName = keyof typeof Context

/** The bits of each word. */
export type Contexts = Uint8Array

const LONGEST_NEGATION = 14
const LONGEST_FINE = 10

type Reading = { words: Words; cues: Mentions; bits: Contexts; marks: Marks }
/** For each word, whether a cue stands there: looked up often. */
type Marks = {
  breaks: Uint8Array
  stops: Uint8Array
  present: Uint8Array
  recent: Uint8Array
  verbs: Uint8Array
  subjects: Uint8Array
}

/** @param meant what is said with a "no" of its own, such as "no feeling": that denies nothing */
export function readContexts(words: Words, cues: Mentions, meant: Mention[]): Contexts {
  const bits = new Uint8Array(words.count)
  const mark = (...names: string[]) =>
    markOf(
      words.count,
      names.flatMap((name) => cues.get(name) ?? []),
    )
  const marks = {
    breaks: mark('turn'),
    stops: mark('stop'),
    present: markOf(words.count, cuesOfNow(words, cues)),
    recent: mark('recent'),
    verbs: mark('verb'),
    subjects: mark('subject'),
  }
  const reading = { words, cues, bits, marks }
  negate(reading, meant)
  clearFine(reading)
  bySegment(reading)
  imagine(reading)
  fear(reading)
  bySentence(reading)
  return bits
}

/** "I could not" is found where "I cannot" is, and says nothing of now. */
const cuesOfNow = ({ word }: Words, cues: Mentions) =>
  (cues.get('present') ?? []).filter(({ from, to }) => !word.slice(from, to + 1).includes('couldnt'))

function markOf(count: number, mentions: Mention[]) {
  const marks = new Uint8Array(count)
  for (const { from, to } of mentions) marks.fill(1, from, to + 1)
  return marks
}

const cuesOf = ({ cues }: Reading, name: string) => cues.get(name) ?? []

// --- no, not, without -----------------------------------------------------------------------------------------------

function negate(reading: Reading, meant: Mention[]) {
  const { words, bits } = reading
  const harmless = markOf(words.count, cuesOf(reading, 'not a negation'))
  for (const { from } of meant) harmless[from] = 1
  for (const { from, to } of cuesOf(reading, 'negation')) {
    if (harmless[from]) continue
    const end = endOfNegation(reading, to)
    for (let at = to + 1; at < end; at++) bits[at]! |= Context.negated
  }
}

/** A "no" reaches over a list ("no numbness, tingling or weakness") up to the next thing that is said to be so. */
function endOfNegation({ words, marks }: Reading, cue: number) {
  const from = cue + 1
  const last = Math.min(words.count, from + LONGEST_NEGATION)
  for (let at = from; at < last; at++) {
    if (words.sentence[at] !== words.sentence[cue] || isTurn({ words, marks }, at)) return at
    const isListed = words.pause[at] === Pause.comma || words.word[at] === 'and'
    if (isListed && (beginsClause({ words, marks }, at) || isVerbalEnd(words, cue, at))) return at
  }
  return last
}

const VERBAL = /(nt|not|never)$/

/** "He does not eat, hands like ice": after a verb the list goes on only where an "or" follows. */
function isVerbalEnd({ word, sentence, count }: Words, cue: number, from: number) {
  if (!VERBAL.test(word[cue]!) || word[from] === 'and') return false
  for (let at = from; at < Math.min(count, from + LONGEST_NEGATION) && sentence[at] === sentence[cue]; at++)
    if (word[at] === 'or' || word[at] === 'nor') return false
  return true
}

const isTurn = ({ words, marks }: Said, at: number) =>
  words.pause[at]! >= Pause.clause || marks.breaks[at] === 1 || marks.stops[at] === 1

type Said = Pick<Reading, 'words' | 'marks'>

/** Whether what follows a comma or an "and" has a subject or a verb of its own. */
function beginsClause({ words, marks }: Said, from: number) {
  const first = words.word[from] === 'and' ? from + 1 : from
  for (let at = first; at < Math.min(words.count, first + 6); at++) {
    if (words.sentence[at] !== words.sentence[from]) return false
    if (at > first && (words.pause[at]! > Pause.none || words.word[at] === 'or')) return false
    if (marks.verbs[at] || (at === first && marks.subjects[at])) return true
  }
  return false
}

/** "My bladder and bowels are fine": back to where the clause began. */
function clearFine(reading: Reading) {
  const { words, bits, marks } = reading
  for (const { from } of cuesOf(reading, 'fine')) {
    const first = Math.max(0, from - LONGEST_FINE)
    for (let at = from - 1; at >= first; at--) {
      if (words.sentence[at] !== words.sentence[from] || marks.breaks[at]) break
      bits[at]! |= Context.negated
      if (words.pause[at]! > Pause.none) break
    }
  }
}

// --- long ago, for years, over ----------------------------------------------------------------------------------------

const SEGMENT_CUES = [
  ['history', Context.past],
  ['chronic', Context.chronic],
  ['resolved', Context.over],
] as const

/** A sentence between its turns (but, now, since then): what is said there of time goes for all of it. */
function bySegment(reading: Reading) {
  const { bits, marks } = reading
  const ends = segmentEnds(reading)
  for (const [name, bit] of SEGMENT_CUES)
    for (const { from } of cuesOf(reading, name)) {
      const end = ends[from]!
      const first = bit === Context.over ? startOfWhatIsOver(reading, ends, from) : startOf(ends, from)
      if (bit !== Context.over && hasAny(marks.recent, first, end)) continue
      for (let at = first; at < end; at++) bits[at]! |= bit
    }
  carryPast(reading, ends)
}

/** "I had a fever, all gone now": what has no subject of its own goes for what was said before it. */
function startOfWhatIsOver({ words, marks }: Reading, ends: Int32Array, at: number) {
  const first = startOf(ends, at)
  if (first === 0 || words.pause[first] !== Pause.comma || marks.subjects[first]) return first
  return startOf(ends, first - 1)
}

function startOf(ends: Int32Array, at: number) {
  let first = at
  while (first > 0 && ends[first - 1] === ends[at]) first--
  return first
}

function segmentEnds({ words, marks }: Reading) {
  const ends = new Int32Array(words.count)
  let first = 0
  let hasVerb = false
  for (let at = 1; at <= words.count; at++) {
    hasVerb ||= marks.verbs[at - 1] === 1
    if (at < words.count && !isNewSegment({ words, marks }, at, hasVerb)) continue
    ends.fill(at, first, at)
    first = at
    hasVerb = false
  }
  return ends
}

/** "In 2018, I could not walk" is one: before its comma nothing has been said yet. */
function isNewSegment({ words, marks }: Said, at: number, hasVerb: boolean) {
  if (words.sentence[at - 1] !== words.sentence[at] || marks.breaks[at] || words.pause[at] === Pause.clause) return true
  const isListed = words.pause[at] === Pause.comma || words.word[at] === 'and'
  return isListed && hasVerb && beginsClause({ words, marks }, at)
}

/** "In 2019 it happened. I could not walk. They operated." The story goes on till it comes back to now. */
function carryPast(reading: Reading, ends: Int32Array) {
  const { words, bits, marks } = reading
  const past = markOf(words.count, cuesOf(reading, 'past tense'))
  let isPast = false
  for (let first = 0; first < words.count; first = ends[first]!) {
    const end = ends[first]!
    const begins = hasBit(bits, Context.past, first, end)
    const isNow = hasAny(marks.present, first, end) || hasAny(marks.recent, first, end)
    if (!begins && isPast && !isNow && hasAny(past, first, end)) fill(bits, Context.past, first, end)
    else isPast = begins && !isNow
  }
}

function sentencesOf(words: Words) {
  const sentences: [number, number][] = []
  for (let at = 0; at < words.count; at++) {
    if (at === 0 || words.sentence[at] !== words.sentence[at - 1]) sentences.push([at, at + 1])
    else sentences.at(-1)![1] = at + 1
  }
  return sentences
}

const hasAny = (marks: Uint8Array, first: number, end: number) => marks.subarray(first, end).includes(1)

function hasBit(bits: Contexts, bit: number, first: number, end: number) {
  for (let at = first; at < end; at++) if (bits[at]! & bit) return true
  return false
}

// --- if, in case, worried that ----------------------------------------------------------------------------------------

function imagine(reading: Reading) {
  const harmless = markOf(reading.words.count, cuesOf(reading, 'whether'))
  for (const { from, to } of cuesOf(reading, 'imagined')) if (!harmless[from]) spread(reading, to + 1, Context.imagined)
}

function fear(reading: Reading) {
  for (const { to } of cuesOf(reading, 'feared')) spread(reading, to + 1, Context.feared)
}

/** To the end of the sentence, or to a turn in it. */
function spread({ words, bits, marks }: Reading, from: number, bit: number) {
  for (let at = from; at < words.count && words.sentence[at] === words.sentence[from]; at++) {
    if (at > from && marks.breaks[at]) return
    bits[at]! |= bit
  }
}

// --- questions of knowledge, stories of others ---------------------------------------------------------------------------

function bySentence(reading: Reading) {
  const { words, bits, marks } = reading
  const asking = markOf(words.count, cuesOf(reading, 'asking'))
  const others = markOf(words.count, cuesOf(reading, 'others'))
  const own = markOf(words.count, cuesOf(reading, 'own'))
  const isStory = cuesOf(reading, 'story').length > 0
  const confirming = markOf(words.count, cuesOf(reading, 'confirming'))
  const sentences = sentencesOf(words)
  let isOthers = false
  for (const [index, [first, end]] of sentences.entries()) {
    const isOwn = hasAny(own, first, end)
    const next = sentences[index + 1] ?? [end, end]
    const isNow =
      hasAny(marks.present, first, end) || hasAny(marks.recent, first, end) || hasAny(confirming, first, next[1])
    if (hasAny(asking, first, end) && !isNow) fill(bits, Context.asked, first, end)
    isOthers = hasAny(others, first, end) || (isOthers && !isOwn)
    if (isOthers || (isStory && !isOwn)) fill(bits, Context.told, first, end)
  }
}

function fill(bits: Contexts, bit: number, first: number, end: number) {
  for (let at = first; at < end; at++) bits[at]! |= bit
}
