import type { Analysis, Part } from './analysis.ts'
import { substanceOf } from './chatter.ts'
import type { Spelling } from './spelling.ts'
import { rarityOf, type Statistics, type Term } from './statistics.ts'
import { rootOf } from './stems.ts'
import { phraseAt } from './synonyms.ts'

/** One way to say it: all its words, and how sure it is that they mean the same. */
type Reading = { tokens: string[]; weight: number }

/** One thing somebody wrote of, in all ways it may be said. */
export type Unit = { readings: Reading[]; weight: number }

/** What is looked for: the most telling things, and, to tell equals apart, the small words of a short text. */
export type Plan = { units: Unit[]; minor: Unit[]; values: Map<string, number> }

type Context = { statistics: Statistics; spelling: Spelling; values: Map<string, number> }

const MOST_UNITS = 12
const LEAST_SHARE = 0.1
const SHORT_TEXT = 40
const SMALL_WORD = 0.4
const SYNONYM = 0.7
const RELATIVE = 0.85
const CORRECTION = 0.9
const VARIANT = 0.8
const MOST_RELATIVES = 4

/** Every word that the plan may want to know about. */
export function wordsToLookUp({ parts, phrases }: Analysis) {
  const tokens = new Set(phrases.flat())
  const rooted = new Set<string>()
  for (const part of parts)
    for (const [index, token] of part.tokens.entries()) {
      tokens.add(token)
      if (part.substances[index]! >= 0.5) rooted.add(token)
      if (part.tokens[index + 1]) tokens.add(token + part.tokens[index + 1])
      for (const other of phraseAt(part.tokens, index)?.others.flat() ?? []) tokens.add(other)
    }
  return { tokens: [...tokens], rooted: [...rooted] }
}

export const unknownWords = ({ parts }: Analysis, { terms, relatives }: Statistics) => [
  ...new Set(
    parts.flatMap((part) =>
      part.tokens.filter(
        (token, index) =>
          part.substances[index]! > 0 &&
          !terms.has(token) &&
          !relatives.has(rootOf(token)) &&
          !phraseAt(part.tokens, index),
      ),
    ),
  ),
]

export function planOf(analysis: Analysis, statistics: Statistics, spelling: Spelling): Plan {
  const context: Context = { statistics, spelling, values: new Map() }
  const parts = withSubstance(analysis.parts)
  const found = new Map<string, Unit & { emphasis: number }>()
  for (const part of parts)
    for (const { unit, key } of unitsIn(part, context)) {
      const known = found.get(key)
      if (known) known.emphasis += part.emphasis
      else found.set(key, { ...unit, emphasis: part.emphasis })
    }
  const units = [...found.values()]
    .map(({ readings, weight, emphasis }) => ({ readings, weight: weight * Math.sqrt(emphasis) }))
    .sort((a, b) => b.weight - a.weight)
  const least = (units[0]?.weight ?? 0) * LEAST_SHARE
  return {
    units: units.slice(0, MOST_UNITS).filter(({ weight }) => weight > 0 && weight >= least),
    minor: analysis.wordCount <= SHORT_TEXT ? smallWords(parts, context) : [],
    values: context.values,
  }
}

/** Where there is nothing but chatter, chatter is what is asked. */
function withSubstance(parts: Part[]): Part[] {
  const most = Math.max(0, ...parts.flatMap(({ substances }) => substances))
  if (most > 0.3) return parts
  return parts.map((part) => ({ ...part, substances: part.substances.map(() => 1) }))
}

function* unitsIn(part: Part, context: Context) {
  const { tokens, substances } = part
  for (let index = 0; index < tokens.length; ) {
    const phrase = phraseAt(tokens, index) ?? compoundAt(tokens, index, context)
    const own = phrase?.tokens ?? [tokens[index]!]
    const substance = phrase && own.length > 1 ? 1 : substances[index]!
    index += own.length
    if (substance === 0) continue
    const unit = unitOf(own, phrase?.others ?? [], context)
    if (unit.weight > 0) yield { key: own.join(' '), unit: { ...unit, weight: unit.weight * substance } }
  }
}

/** "rib cage", where the corpus says "ribcage" */
function compoundAt(tokens: string[], index: number, { statistics }: Context) {
  const [first, second] = [tokens[index]!, tokens[index + 1]]
  if (!second || substanceOf(first) === 0 || substanceOf(second) === 0 || !statistics.terms.has(first + second))
    return undefined
  return { tokens: [first, second], others: [[first + second]] }
}

function unitOf(own: string[], others: string[][], context: Context): Unit {
  const { statistics, spelling } = context
  const readings: Reading[] = [{ tokens: own, weight: 1 }, ...spelt(own, spelling)]
  if (own.length === 1) readings.push(...relativesOf(own[0]!, context))
  for (const tokens of others) readings.push({ tokens, weight: SYNONYM })
  const known = readings.filter(({ tokens }) =>
    tokens.every((token) => statistics.terms.has(token) || isFound(token, context)),
  )
  const weight = known[0] === readings[0] ? total(own, context) : bestOf(known, context)
  return { readings: known, weight }
}

function spelt(own: string[], { corrections, halves, variants }: Spelling): Reading[] {
  const readings: Reading[] = []
  if (own.some((token) => corrections.has(token)))
    readings.push({ tokens: own.map((token) => corrections.get(token)?.term ?? token), weight: CORRECTION })
  if (own.length > 1) return readings
  const parted = halves.get(own[0]!)
  if (parted) readings.push({ tokens: parted.map(({ term }) => term), weight: CORRECTION })
  for (const { term } of variants.get(own[0]!) ?? []) readings.push({ tokens: [term], weight: VARIANT })
  return readings
}

const isFound = (token: string, context: Context) => worthOf(token, context) > 0

function relativesOf(token: string, { statistics, spelling }: Context): Reading[] {
  const root = spelling.corrections.get(token)?.root ?? rootOf(token)
  return (statistics.relatives.get(root) ?? [])
    .filter(({ term }) => term !== token)
    .slice(0, MOST_RELATIVES)
    .map(({ term }) => ({ tokens: [term], weight: RELATIVE }))
}

const bestOf = (readings: Reading[], context: Context) =>
  Math.max(0, ...readings.map(({ tokens, weight }) => weight * total(tokens, context)))

const total = (tokens: string[], context: Context) => tokens.reduce((sum, token) => sum + worthOf(token, context), 0)

/** Rare words tell most, and those that questions are about more than those that only answers use. */
function worthOf(token: string, context: Context): number {
  const known = context.values.get(token)
  if (known !== undefined) return known
  const value = termValue(findTerm(token, context), context.statistics)
  context.values.set(token, value)
  return value
}

function termValue(term: Term | undefined, statistics: Statistics) {
  if (!term || term.documentCount <= 0) return 0
  const topical = term.questionCount / term.documentCount
  return rarityOf(statistics, term.documentCount) * (0.5 + 0.5 * topical)
}

function findTerm(token: string, { statistics }: Context) {
  const known = statistics.terms.get(token)
  if (known) return known
  for (const terms of statistics.relatives.values()) {
    const relative = terms.find(({ term }) => term === token)
    if (relative) return relative
  }
  return undefined
}

function smallWords(parts: Part[], context: Context): Unit[] {
  const tokens = new Set(parts.flatMap((part) => part.tokens.filter((_token, index) => part.substances[index]! === 0)))
  return [...tokens]
    .map((token) => ({
      readings: [{ tokens: [token], weight: 1 }],
      weight: SMALL_WORD * worthOf(token, context),
    }))
    .filter(({ weight }) => weight > 0)
}
