import type { Reader } from '../database/types.ts'
import { listNeighbours, type Term } from './statistics.ts'

const SHORTEST = 5
const MOST_WORDS = 8

/** What words nobody has used are likely to have meant: for each the best of the corpus' own words. */
export async function correctionsOf(db: Reader, unknown: string[]): Promise<Map<string, Term>> {
  const corrections = new Map<string, Term>()
  for (const word of unknown.filter(isWord).slice(0, MOST_WORDS)) {
    const allowed = mistakesIn(word)
    const range = { from: word.length - allowed, to: word.length + allowed }
    const best = closest(word, await listNeighbours(db, beginningsOf(word), range))
    if (best) corrections.set(word, best)
  }
  return corrections
}

/** Letters alone: a number that nobody has used is a number. */
const isWord = (word: string) => word.length >= SHORTEST && /^\p{L}+$/u.test(word)

/** A slip may have hit the first two letters too. */
const beginningsOf = (word: string) => [
  ...new Set([word.slice(0, 2), word[1]! + word[0]!, word[0]! + word[2]!, word.slice(1, 3)]),
]

const mistakesIn = (word: string) => (word.length < 7 ? 1 : word.length < 10 ? 2 : word.length < 12 ? 3 : 4)

export function closest(word: string, candidates: Term[]): Term | undefined {
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
