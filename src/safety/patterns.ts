import type { Mention } from './lexicon.ts'
import type { Words } from './words.ts'

/** What must be said together for a rule to fire: every part of it, anywhere in the text. */
export type Pattern = { text: string; parts: Part[] }

/** Groups that stand near each other, in the same sentence or the next ones. */
type Part = Group[]

/** Concepts in one sentence, each within so many words of the first. */
type Group = { concepts: string[]; reaches: number[] }

export class PatternError extends Error {}

const REACH = 9
const WIDE_REACH = 30

/**
 * `a + b` anywhere in the text, `a & b` near each other, `a ~ b` in the same sentence and close by, `a ~4 b` within
 * four words, `a|b` either of them.
 * @throws {PatternError}
 */
export function parsePattern(text: string, known: ReadonlySet<string>): Pattern {
  const parts = text.split(' + ').map((part) => part.split(' & ').map(parseGroup))
  for (const name of parts.flat().flatMap(({ concepts }) => concepts.flatMap(namesIn)))
    if (!known.has(name)) throw new PatternError(`“${text}”: there is no list of words called “${name}”.`)
  return { text, parts }
}

/** `a|b`: either of them. */
export const namesIn = (concept: string) => concept.split('|').map((name) => name.trim())

function parseGroup(text: string): Group {
  const [first = '', ...others] = text.trim().split(' ~')
  const near = others.map((other) => /^(\d*) ?(.+)$/.exec(other) ?? ['', '', other])
  return {
    concepts: [first, ...near.map(([, , name = '']) => name.trim())],
    reaches: near.map(([, reach]) => (reach ? Number(reach) : REACH)),
  }
}

export type Find = (concept: string) => Mention[]

/** Where the words of a pattern stand; undefined where one of them is missing. */
export function matchPattern({ parts }: Pattern, words: Words, find: Find): Mention[] | undefined {
  if (!parts.flat().every(({ concepts }) => concepts.every((concept) => find(concept).length > 0))) return undefined
  const found: Mention[] = []
  for (const part of parts) {
    const [together] = matchPart(part, words, find)
    if (!together) return undefined
    found.push(...together)
  }
  return found
}

/** Everywhere the words of a pattern stand together, from the first of them to the last. */
export const listMatches = ({ parts }: Pattern, words: Words, find: Find): Mention[] =>
  parts.flatMap((part) => Array.from(matchPart(part, words, find), spanOf))

const spanOf = (mentions: Mention[]) => ({
  from: Math.min(...mentions.map(({ from }) => from)),
  to: Math.max(...mentions.map(({ to }) => to)),
})

function* matchPart([first, ...others]: Part, words: Words, find: Find) {
  if (others.length === 0) return yield* matchGroup(first!, words, find)
  const lists = others.map((group) => inOrder(Array.from(matchGroup(group, words, find), spanOf)))
  if (lists.some((list) => list.length === 0)) return
  const scan = createScan(lists, () => WIDE_REACH)
  for (const mentions of matchGroup(first!, words, find)) {
    const near = scan(spanOf(mentions))
    if (near) yield [...mentions, ...near]
  }
}

function* matchGroup({ concepts: [first, ...others], reaches }: Group, words: Words, find: Find) {
  const lists = others.map(find)
  if (lists.some((list) => list.length === 0)) return
  const scan = createScan(lists, (index) => reaches[index]!, words)
  for (const mention of find(first!)) {
    const near = scan(mention)
    if (near) yield [mention, ...near]
  }
}

export const inOrder = (mentions: Mention[]) => mentions.sort((a, b) => a.from - b.from)

/** One of each list near what it is given, in one pass over each list as long as what it is given comes in order. */
function createScan(lists: Mention[][], reachOf: (index: number) => number, words?: Words) {
  const cursors = lists.map(() => 0)
  return (mention: Mention) => {
    const sentence = words?.sentence[mention.from]
    const near: Mention[] = []
    for (const [index, list] of lists.entries()) {
      const reach = reachOf(index)
      while (cursors[index]! < list.length - 1 && list[cursors[index]!]!.to < mention.from - reach) cursors[index]!++
      const found = nearest({ list, from: cursors[index]!, mention, reach }, (at) => words?.sentence[at] === sentence)
      if (!found) return undefined
      near.push(found)
    }
    return near
  }
}

type Search = { list: Mention[]; from: number; mention: Mention; reach: number }

/** The first that is not too far away, in the same sentence where that matters, and not the very same words. */
function nearest({ list, from, mention, reach }: Search, isInSentence: (at: number) => boolean) {
  for (let at = from; at < Math.min(list.length, from + 2 * reach + 2); at++) {
    const other = list[at]!
    if (other.from > mention.to + reach) return undefined
    const isSame = other.from === mention.from && other.to === mention.to
    if (!isSame && other.to >= mention.from - reach && isInSentence(other.from)) return other
  }
  return undefined
}
