import type { Reader } from '../database/types.ts'
import { substanceOf } from './chatter.ts'
import { listNeighbours, listTerms, type Term } from './statistics.ts'

/** What words may have been meant to be. */
export type Spelling = {
  /** Of words that nobody has used the best of the corpus' own words. */
  corrections: Map<string, Term>
  /** Of words that nobody has used two that they are made of: "backpain". */
  halves: Map<string, Term[]>
  /** Of rare words a far more frequent one, and of frequent words their slips: writers of questions make them too. */
  variants: Map<string, Term[]>
}

const SHORTEST = 5
const MOST_WORDS = 8

/** @param known the words that the corpus has, the most telling first */
export async function spellingOf(db: Reader, unknown: string[], known: Term[]): Promise<Spelling> {
  const halves = await halvesOf(db, unknown.filter(isWord).slice(0, MOST_WORDS))
  const whole = unknown.filter((word) => !halves.has(word))
  return { halves, corrections: await correctionsOf(db, whole), variants: await variantsOf(db, known) }
}

export const termsIn = ({ corrections, halves, variants }: Spelling) => [
  ...corrections.values(),
  ...[...halves.values(), ...variants.values()].flat(),
]

async function correctionsOf(db: Reader, unknown: string[]) {
  const corrections = new Map<string, Term>()
  for (const word of unknown.filter(isWord).slice(0, MOST_WORDS)) {
    const allowed = mistakesIn(word)
    const range = { from: word.length - allowed, to: word.length + allowed }
    const best = closest(word, await listNeighbours(db, beginningsOf(word), range))
    if (best) corrections.set(word, best)
  }
  return corrections
}

const SHORTEST_HALF = 3
const LEAST_USED_HALF = 3

async function halvesOf(db: Reader, words: string[]) {
  const ways = new Map(words.map((word) => [word, waysToPart(word)]))
  const found = await listTerms(db, [...new Set([...ways.values()].flat(2))])
  const terms = new Map(found.map((term) => [term.term, term]))
  const useOf = (token: string) => (substanceOf(token) > 0 ? (terms.get(token)?.documentCount ?? 0) : 0)
  const leastUse = (pair: string[]) => Math.min(...pair.map(useOf))
  const halves = new Map<string, Term[]>()
  for (const [word, pairs] of ways) {
    const best = pairs.toSorted((a, b) => leastUse(b) - leastUse(a))[0]
    if (best && leastUse(best) >= LEAST_USED_HALF)
      halves.set(
        word,
        best.map((token) => terms.get(token)!),
      )
  }
  return halves
}

const waysToPart = (word: string) =>
  Array.from({ length: Math.max(0, word.length - 2 * SHORTEST_HALF + 1) }, (_, index) => [
    word.slice(0, index + SHORTEST_HALF),
    word.slice(index + SHORTEST_HALF),
  ])

/** A slip is so much rarer than the word. */
const TIMES_RARER = 10
const MOST_SLIPS = 4
const MOST_WITH_VARIANTS = 12

async function variantsOf(db: Reader, known: Term[]) {
  const variants = new Map<string, Term[]>()
  for (const word of known.filter(({ term }) => isWord(term)).slice(0, MOST_WITH_VARIANTS)) {
    const found = await rememberedVariants(db, word)
    if (found.length > 0) variants.set(word.term, found)
  }
  return variants
}

type Known = { at: number; variants: Term[] }

const memories = new WeakMap<Reader, Map<string, Known>>()
const MOST_REMEMBERED = 5_000
const REMEMBERED_MS = 600_000

/** The same words come in most questions, and a new slip may wait a little to be seen through. */
async function rememberedVariants(db: Reader, word: Term) {
  const memory = memories.get(db) ?? new Map<string, Known>()
  memories.set(db, memory)
  const known = memory.get(word.term)
  if (known && Date.now() - known.at < REMEMBERED_MS) return known.variants
  if (memory.size >= MOST_REMEMBERED) memory.clear()
  const { length } = word.term
  const near = await listNeighbours(db, beginningsOf(word.term), { from: length - 1, to: length + 1 })
  const variants = likelyVariants(word, near)
  memory.set(word.term, { at: Date.now(), variants })
  return variants
}

function likelyVariants({ term, documentCount }: Term, near: Term[]) {
  const isBetter = (other: Term) => other.documentCount >= documentCount * TIMES_RARER
  const isSlip = (other: Term) => other.documentCount * TIMES_RARER <= documentCount
  const alike = near.filter(
    (other) => (isBetter(other) || isSlip(other)) && other.term !== term && mistakesBetween(term, other.term, 1) <= 1,
  )
  const better = alike.filter(isBetter).slice(0, 1)
  return better.length > 0 ? better : alike.slice(0, MOST_SLIPS)
}

/** Letters alone: a number that nobody has used is a number. */
const isWord = (word: string) => word.length >= SHORTEST && /^\p{L}+$/u.test(word)

/** A slip may have hit the first two letters too. */
const beginningsOf = (word: string) => [
  ...new Set([word.slice(0, 2), word[1]! + word[0]!, word[0]! + word[2]!, word.slice(1, 3)]),
]

const mistakesIn = (word: string) => (word.length < 7 ? 1 : word.length < 10 ? 2 : word.length < 12 ? 3 : 4)

function closest(word: string, candidates: Term[]): Term | undefined {
  const allowed = mistakesIn(word)
  let best: { term: Term; cost: number } | undefined
  for (const term of candidates) {
    const mistakes = mistakesBetween(word, term.term, allowed)
    if (mistakes > allowed || (mistakes > 2 && !isSameAtEnds(word, term.term))) continue
    const cost = mistakes - (word[0] === term.term[0] ? 0.5 : 0) - Math.log10(term.documentCount + 1) * 0.25
    if (!best || cost < best.cost) best = { term, cost }
  }
  return best?.term
}

const isSameAtEnds = (one: string, other: string) =>
  one.slice(0, 4) === other.slice(0, 4) && one.at(-1) === other.at(-1)

/** Letters left out, put in, changed or swapped with the next (Damerau); counting stops above `most`. */
export function mistakesBetween(one: string, other: string, most: number): number {
  if (Math.abs(one.length - other.length) > most) return most + 1
  let before: number[] = []
  let last = Array.from({ length: other.length + 1 }, (_, index) => index)
  for (let i = 1; i <= one.length; i++) {
    const row = [i]
    for (let j = 1; j <= other.length; j++) {
      const isSame = one[i - 1] === other[j - 1]
      let least = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + (isSame ? 0 : 1))
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1])
        least = Math.min(least, before[j - 2]! + 1)
      row.push(least)
    }
    if (Math.min(...row) > most) return most + 1
    before = last
    last = row
  }
  return last[other.length]!
}
