import { Context, type ContextName, type Contexts, readContexts } from './contexts.ts'
import { createLexicon, type Mention, type Mentions, type Terms } from './lexicon.ts'
import { type Find, listMatches, matchPattern, namesIn, type Pattern, parsePattern } from './patterns.ts'
import { type Words, wordsOf } from './words.ts'

export const conceptKinds = ['symptom', 'deed', 'disease', 'risk', 'crisis', 'cue'] as const
export const severities = ['emergency', 'urgent', 'crisis'] as const

export type Concept = Terms & {
  is: (typeof conceptKinds)[number]
  /** Patterns that say the same as its words do. */
  from?: string[]
}
export type Flag = {
  key: string
  /** Patterns: any of them fires. */
  when: string[]
  /** Patterns that rule it out. */
  unless?: string[]
  /** What may be so and it still counts. */
  counts?: ContextName[]
  /** Raised only where no other flag is. */
  isGeneral?: boolean
}

export type Place = { start: number; end: number }
export type Finding = { flag: string; pattern: string; places: Place[] }
/** What was understood of one place in a text. */
export type Reading = Place & { concept: string; ruledOut: ContextName[] }

export type Matcher = ReturnType<typeof createMatcher>

const FIGURE_OF_SPEECH = 'figure of speech'

/** What makes a mention of each kind not count. */
const RULED_OUT_BY: Record<Concept['is'], ContextName[]> = {
  symptom: ['negated', 'past', 'chronic', 'over', 'imagined', 'asked', 'told'],
  deed: ['past', 'chronic', 'over', 'imagined', 'asked', 'told'],
  disease: ['negated', 'past', 'chronic', 'over', 'imagined', 'asked', 'told', 'feared'],
  risk: ['negated', 'imagined', 'told'],
  crisis: ['negated', 'past', 'asked', 'told'],
  cue: [],
}

type Read = { words: Words; mentions: Mentions; bits: Contexts }
type Rule = Pick<Flag, 'key' | 'isGeneral'> & { when: Pattern[]; unless: Pattern[]; counts: number }
/** What rules out the mentions of a concept, and the patterns that say the same. */
type Sense = { mask: number; from: Pattern[] }
type Senses = Map<string, Sense>

/**
 * Reads texts for red flags. The time it takes grows with the length of a text and in no other way.
 * @throws {PatternError} where a pattern names a concept that there is not
 */
export function createMatcher(concepts: Concept[], flags: Flag[]) {
  const find = createLexicon(concepts)
  const senses = sensesOf(concepts)
  const rules = flags.map((flag) => ruleOf(flag, senses))

  function read(text: string): Read {
    const words = wordsOf(text)
    const mentions = withoutFigures(find(words))
    return { words, mentions, bits: readContexts(words, mentions, termsThatMean(mentions, senses)) }
  }

  return {
    /** The flags that a text raises, with the words that raise them. */
    check(text: string): Finding[] {
      const reading = read(text)
      const finds = new Map<number, Find>()
      const findFor = (counts: number) => {
        const find = finds.get(counts) ?? createFind(reading, senses, counts)
        finds.set(counts, find)
        return find
      }
      const raised = (some: Rule[]) => some.flatMap((rule) => fire(rule, reading.words, findFor(rule.counts)) ?? [])
      const found = raised(rules.filter(({ isGeneral }) => !isGeneral))
      return found.length > 0 ? found : raised(rules.filter(({ isGeneral }) => isGeneral))
    },

    /** Everything that is understood of a text, for whoever edits the rules. */
    explain(text: string): Reading[] {
      const { words, mentions, bits } = read(text)
      return [...mentions].flatMap(([concept, list]) =>
        list.map((mention) => ({
          ...placeOf(words, mention),
          concept,
          ruledOut: namesOf(bits[mention.from]! & maskIn(senses, concept)),
        })),
      )
    },
  }
}

function sensesOf(concepts: Concept[]): Senses {
  const known = new Set(concepts.map(({ name }) => name))
  return new Map(
    concepts.map(({ name, is, from = [] }): [string, Sense] => [
      name,
      { mask: maskOf(RULED_OUT_BY[is]), from: from.map((pattern) => parsePattern(pattern, known)) },
    ]),
  )
}

function ruleOf({ key, when, unless = [], counts = [], isGeneral }: Flag, senses: Senses): Rule {
  const known = new Set(senses.keys())
  const parsed = (patterns: string[]) => patterns.map((pattern) => parsePattern(pattern, known))
  return { key, isGeneral, when: parsed(when), unless: parsed(unless), counts: maskOf(counts) }
}

const maskIn = (senses: Senses, concept: string) => senses.get(concept)?.mask ?? 0

/** What is said with several words, of which a "no" may be one: "no feeling". */
const termsThatMean = (mentions: Mentions, senses: Senses) =>
  [...mentions].flatMap(([concept, list]) => (maskIn(senses, concept) ? list.filter(({ from, to }) => to > from) : []))

/** Finds the mentions of a concept that count. */
function createFind({ words, mentions, bits }: Read, senses: Senses, counts: number): Find {
  const live = new Map<string, Mention[]>()
  const look = (name: string) => {
    const mask = maskIn(senses, name) & ~counts
    const said = (mentions.get(name) ?? []).filter(({ from }) => (bits[from]! & mask) === 0)
    const made = senses.get(name)?.from.flatMap((pattern) => listMatches(pattern, words, find)) ?? []
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

function fire({ key, when, unless }: Rule, words: Words, find: Find): Finding | undefined {
  for (const pattern of when) {
    const mentions = matchPattern(pattern, words, find)
    if (!mentions) continue
    if (unless.some((other) => matchPattern(other, words, find))) return undefined
    return { flag: key, pattern: pattern.text, places: mentions.map((mention) => placeOf(words, mention)) }
  }
  return undefined
}

/** "My back is killing me" says nothing of being killed. */
function withoutFigures(mentions: Mentions): Mentions {
  const figures = mentions.get(FIGURE_OF_SPEECH)
  if (!figures) return mentions
  const taken = new Set(figures.flatMap(({ from, to }) => Array.from({ length: to - from + 1 }, (_, at) => from + at)))
  return new Map(
    [...mentions].map(([concept, list]) => [
      concept,
      list.filter(({ from, to }) => !taken.has(from) && !taken.has(to)),
    ]),
  )
}

const inOrder = (mentions: Mention[]) => mentions.sort((a, b) => a.from - b.from)

const placeOf = (words: Words, { from, to }: Mention) => ({ start: words.start[from]!, end: words.end[to]! })

const maskOf = (names: readonly ContextName[]) => names.reduce((mask, name) => mask | Context[name], 0)

const namesOf = (mask: number) => (Object.keys(Context) as ContextName[]).filter((name) => mask & Context[name])
