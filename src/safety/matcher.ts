import { Context, type ContextName } from './contexts.ts'
import { type Concept, type Finding, type Flag, type Place, placeOf, type Raised } from './flags.ts'
import type { Mention } from './lexicon.ts'
import { type Find, inOrder, listMatches, matchPattern, namesIn, type Pattern, parsePattern } from './patterns.ts'
import { createReader, maskOf, masksOf, type Reading } from './reading.ts'
import { signsOf } from './signs.ts'
import { createWeighing } from './weighing.ts'
import type { Weights } from './weights.ts'
import type { Words } from './words.ts'

/** What was understood of one place in a text. */
type Understood = Place & { concept: string; ruledOut: ContextName[] }

export type Matcher = ReturnType<typeof createMatcher>

type Rule = Pick<Flag, 'key' | 'isGeneral' | 'isFirm'> & { when: Pattern[]; unless: Pattern[]; counts: number }
type Senses = { masks: ReadonlyMap<string, number>; from: ReadonlyMap<string, Pattern[]> }

/**
 * Reads texts for red flags. Patterns raise them, and the weights of everything else that is said speak for or against.
 * The time it takes grows with the length of a text and in no other way.
 * @throws {PatternError} where a pattern names a concept that there is not
 */
export function createMatcher(concepts: Concept[], flags: Flag[], weights: Weights) {
  const senses = sensesOf(concepts)
  const read = createReader(concepts, senses.masks)
  const rules = flags.map((flag) => ruleOf(flag, senses))
  const weigh = createWeighing(flags, weights)

  return {
    /** The flags that a text raises, with the words that raise them. */
    check(text: string): Finding[] {
      const reading = read(text)
      return weigh(reading, signsOf(reading, senses.masks), raisedIn(reading, rules, senses))
    },

    /** The flags whose patterns a text meets, whatever else it says. */
    match: (text: string): Finding[] => raisedIn(read(text), rules, senses),

    /** What the weights know a text by. */
    signs: (text: string) => [...signsOf(read(text), senses.masks).keys()],

    /** Everything that is understood of a text, for whoever edits the rules. */
    explain(text: string): Understood[] {
      const { words, mentions, bits } = read(text)
      return [...mentions].flatMap(([concept, list]) =>
        list.map((mention) => ({
          ...placeOf(words, mention),
          concept,
          ruledOut: namesOf(bits[mention.from]! & (senses.masks.get(concept) ?? 0)),
        })),
      )
    },
  }
}

function sensesOf(concepts: Concept[]): Senses {
  const known = new Set(concepts.map(({ name }) => name))
  const parsed = (patterns: string[]) => patterns.map((pattern) => parsePattern(pattern, known))
  return { masks: masksOf(concepts), from: new Map(concepts.map(({ name, from = [] }) => [name, parsed(from)])) }
}

function ruleOf({ key, when, unless = [], counts = [], isGeneral, isFirm }: Flag, { masks }: Senses): Rule {
  const known = new Set(masks.keys())
  const parsed = (patterns: string[]) => patterns.map((pattern) => parsePattern(pattern, known))
  return { key, isGeneral, isFirm, when: parsed(when), unless: parsed(unless), counts: maskOf(counts) }
}

function raisedIn(reading: Reading, rules: Rule[], senses: Senses): Raised[] {
  const finds = new Map<number, Find>()
  const findFor = (counts: number) => {
    const find = finds.get(counts) ?? createFind(reading, senses, counts)
    finds.set(counts, find)
    return find
  }
  const raised = (some: Rule[]) => some.flatMap((rule) => fire(rule, reading.words, findFor(rule.counts)) ?? [])
  const found = raised(rules.filter(({ isGeneral }) => !isGeneral))
  return found.length > 0 ? found : raised(rules.filter(({ isGeneral }) => isGeneral))
}

/** Finds the mentions of a concept that count. */
function createFind({ words, mentions, bits }: Reading, { masks, from }: Senses, counts: number): Find {
  const live = new Map<string, Mention[]>()
  const look = (name: string) => {
    const mask = (masks.get(name) ?? 0) & ~counts
    const said = (mentions.get(name) ?? []).filter((mention) => (bits[mention.from]! & mask) === 0)
    const made = from.get(name)?.flatMap((pattern) => listMatches(pattern, words, find)) ?? []
    return made.length === 0 ? said : inOrder([...said, ...made])
  }
  const find: Find = (concept) => {
    const found = live.get(concept)
    if (found) return found
    live.set(concept, []) // a list of words that is made from itself finds nothing there
    const list = concept.includes('|') ? inOrder(namesIn(concept).flatMap(find)) : look(concept)
    live.set(concept, list)
    return list
  }
  return find
}

function fire({ key, isGeneral, isFirm, when, unless }: Rule, words: Words, find: Find): Raised | undefined {
  for (const pattern of when) {
    const mentions = matchPattern(pattern, words, find)
    if (!mentions) continue
    if (unless.some((other) => matchPattern(other, words, find))) return undefined
    const places = mentions.map((mention) => placeOf(words, mention))
    return { flag: key, pattern: pattern.text, places, isGeneral, isFirm }
  }
  return undefined
}

const namesOf = (mask: number) => (Object.keys(Context) as ContextName[]).filter((name) => mask & Context[name])
