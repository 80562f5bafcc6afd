import { isNumber, meaningsOf } from './numbers.ts'
import { createSpelling } from './spelling.ts'
import { Pause, plain, type Words } from './words.ts'

/** A thing that can be said in many ways. */
export type Terms = {
  name: string
  /** Words as they are written; `swell*` is all that begin so, `legs!` several, `#fever` a number that says so. */
  terms: string[]
  /** Longer terms in which the words mean something else. */
  not?: string[]
}

/** Where a concept is said: from word `from` to word `to`. */
export type Mention = { from: number; to: number }
export type Mentions = Map<string, Mention[]>

type Node = { next: Map<string, Node>; concepts: string[] }

const FILLER = 'filler'
const KEY_WORDS = 'key words'
const CORRECT = 'not misspelt'
const NOT_SOUGHT = new Set([FILLER, KEY_WORDS, CORRECT])
const SHORTEST_STEM = 3
const MOST_FILLERS = 2
const MOST_REMEMBERED = 20_000

/** Finds every concept that words mention, each mention the longest at its place. */
export function createLexicon(concepts: Terms[]): (words: Words) => Mentions {
  const sought = concepts.filter(({ name }) => !NOT_SOUGHT.has(name))
  const meant = sought.flatMap(({ name, terms, not = [] }) => [
    { name, terms },
    { name: elsewise(name), terms: not },
  ])
  const root = treeOf(meant)
  const fillers = new Set(wordsOfList(concepts, FILLER))
  const keysOf = createKeys(concepts, meant)

  return (words) => {
    const keys = words.word.map((_, at) => keysOf(words, at))
    const mentions: Mentions = new Map()
    const search = { keys, words, fillers, mentions }
    for (let at = 0; at < words.count; at++) walk(search, root, { from: at, at, skipped: 0 })
    for (const { name, not } of sought) if (not) dropElsewise(mentions, name)
    return mentions
  }
}

const wordsOfList = (concepts: Terms[], name: string) =>
  concepts.find((concept) => concept.name === name)?.terms.map(plain) ?? []

/** Under which the terms are found that a concept does not mean. */
const elsewise = (name: string) => `not ${name}`

function dropElsewise(mentions: Mentions, name: string) {
  const others = mentions.get(elsewise(name)) ?? []
  const said = mentions.get(name)
  if (!said || others.length === 0) return
  const taken = new Set(others.flatMap(({ from, to }) => Array.from({ length: to - from + 1 }, (_, at) => from + at)))
  mentions.set(
    name,
    said.filter(({ from, to }) => !taken.has(from) || !taken.has(to)),
  )
}

// --- the tree of terms ----------------------------------------------------------------------------------------------

const several = (word: string) => `${word}!`

const termWords = (term: string) =>
  term.split(' ').map((word) => {
    if (word.endsWith('*')) return `${word.slice(0, -1).toLowerCase()}*`
    if (word.endsWith('!')) return several(plain(word.slice(0, -1)))
    return word.startsWith('#') ? word : plain(word)
  })

function treeOf(concepts: Pick<Terms, 'name' | 'terms'>[]) {
  const root: Node = { next: new Map(), concepts: [] }
  for (const { name, terms } of concepts) for (const term of terms) plant(root, name, termWords(term))
  return root
}

function plant(root: Node, concept: string, words: string[]) {
  let node = root
  for (const word of words) {
    const next = node.next.get(word) ?? { next: new Map(), concepts: [] }
    node.next.set(word, next)
    node = next
  }
  if (!node.concepts.includes(concept)) node.concepts.push(concept)
}

type Search = { keys: string[][]; words: Words; fillers: ReadonlySet<string>; mentions: Mentions }
type Step = { from: number; at: number; skipped: number }

/** A term is a few words long and at most two fillers are skipped in a row: a bounded number of steps from each word. */
function walk(search: Search, node: Node, { from, at, skipped }: Step) {
  const { keys, words, fillers, mentions } = search
  if (at >= words.count || (at > from && words.pause[at] !== Pause.none)) return
  for (const key of keys[at]!) {
    const next = node.next.get(key)
    if (!next) continue
    for (const concept of next.concepts) note(mentions, concept, { from, to: at })
    if (next.next.size > 0) walk(search, next, { from, at: at + 1, skipped: 0 })
  }
  if (at > from && skipped < MOST_FILLERS && fillers.has(words.word[at]!))
    walk(search, node, { from, at: at + 1, skipped: skipped + 1 })
}

/** Of several that begin at one word the longest. */
function note(mentions: Mentions, concept: string, mention: Mention) {
  const list = mentions.get(concept)
  const last = list?.at(-1)
  if (last?.from === mention.from) last.to = Math.max(last.to, mention.to)
  else if (list) list.push(mention)
  else mentions.set(concept, [mention])
}

// --- the names a word goes by -----------------------------------------------------------------------------------------

/** Its own, as it was meant where it is misspelt, the beginnings it shares with terms, what its number says. */
function createKeys(concepts: Terms[], meant: Pick<Terms, 'terms'>[]) {
  const words = meant.flatMap(({ terms }) => terms.flatMap(termWords))
  const stems = new Set(words.filter((word) => word.endsWith('*')))
  const longestStem = Math.max(0, ...[...stems].map((stem) => stem.length - 1))
  const correct = new Set([...words, ...wordsOfList(concepts, CORRECT)])
  const fold = createSpelling(wordsOfList(concepts, KEY_WORDS), correct)
  const remembered = new Map<string, string[]>()

  function look(word: string) {
    const folded = fold(word)
    const keys = folded === word ? [word] : [folded, word]
    if (word === 'couldnt') keys.push('cant')
    for (let length = SHORTEST_STEM; length <= Math.min(folded.length, longestStem); length++) {
      const stem = `${folded.slice(0, length)}*`
      if (stems.has(stem)) keys.push(stem)
    }
    return keys
  }

  return ({ word: all, isPlural }: Words, at: number) => {
    const word = all[at]!
    if (isNumber(word)) return [word, ...meaningsOf(word, all.slice(at + 1, at + 3))]
    const name = isPlural[at] ? several(word) : word
    const known = remembered.get(name)
    if (known) return known
    if (remembered.size >= MOST_REMEMBERED) remembered.clear()
    const keys = isPlural[at] ? [...look(word), name] : look(word)
    remembered.set(name, keys)
    return keys
  }
}
