import type { Analysis } from './analysis.ts'
import { substanceOf } from './chatter.ts'
import type { Plan, Unit } from './plan.ts'
import { type QuestionType, questionTypesOf } from './question-types.ts'
import { rarityOf, type Statistics } from './statistics.ts'

export type Scored = {
  id: number
  /** Words, not text. */
  title: string[]
  body: string[]
  category: string[]
  answerLength: number
}

/** Which words of what is looked for a document has somewhere. */
export type Holding = (token: string, id: number) => boolean

type Wanted = { plan: Plan; analysis: Pick<Analysis, 'types'>; statistics: Statistics; isHeld: Holding }

const SATURATION = 1.2
const TITLE = { weight: 1, byLength: 0.3 }
const BODY = { weight: 0.6, byLength: 0.75 }
const ANSWER = { weight: 0.1, byLength: 0.75 }
const CATEGORY = 0.3
const PARTLY = 0.6
const TOPIC = 0.5

type Score = {
  score: number
  /** Which part of what is looked for is there at all, from 0 to 1. */
  coverage: number
}

export function scoreOf(document: Scored, wanted: Wanted): Score {
  const { plan, statistics } = wanted
  const fields = fieldsOf(document, wanted)
  let sum = 0
  let covered = 0
  let whole = 0
  for (const unit of plan.units) {
    const fit = fitOf(unit, fields, plan)
    sum += unit.weight * fit
    whole += unit.weight
    covered += unit.weight * Math.min(1, fit)
  }
  for (const unit of plan.minor) sum += unit.weight * fitOf(unit, fields, plan)
  const topic = topicOf(document.title, plan, statistics)
  return {
    score: sum * (1 + TOPIC * topic) * typeFactor(document.title, wanted) ** clearnessOf(document.title),
    coverage: whole ? covered / whole : 0,
  }
}

type Fields = (token: string) => number

/** How strongly each word stands in a document (BM25 of each field, added up). */
function fieldsOf(document: Scored, { statistics, isHeld }: Wanted): Fields {
  const [title, body] = [countsOf(document.title), countsOf(document.body)]
  const category = new Set(document.category)
  const inTitle = normOf(TITLE.byLength, document.title.length, statistics.titleLength)
  const inBody = normOf(BODY.byLength, document.body.length, statistics.bodyLength)
  const inAnswer = normOf(ANSWER.byLength, document.answerLength, statistics.answerLength)
  return (token) => {
    const titled = TITLE.weight * saturated(title.get(token) ?? 0, inTitle)
    const told = BODY.weight * saturated(body.get(token) ?? 0, inBody)
    const filed = category.has(token) ? CATEGORY : 0
    const answered = isHeld(token, document.id) ? ANSWER.weight * saturated(1, inAnswer) : 0
    return titled + told + filed + answered
  }
}

const normOf = (byLength: number, length: number, mean: number) =>
  SATURATION * (1 - byLength + (byLength * length) / mean)

const saturated = (count: number, norm: number) => (count === 0 ? 0 : (count * (SATURATION + 1)) / (count + norm))

function countsOf(tokens: string[]) {
  const counts = new Map<string, number>()
  for (const token of tokens) counts.set(token, (counts.get(token) ?? 0) + 1)
  return counts
}

/** The best of the ways to say it. */
function fitOf({ readings }: Unit, fields: Fields, { values }: Plan) {
  let best = 0
  for (const { tokens, weight } of readings) {
    if (tokens.length === 1) best = Math.max(best, weight * fields(tokens[0]!))
    else best = Math.max(best, weight * fitOfPhrase(tokens, fields, values))
  }
  return best
}

function fitOfPhrase(tokens: string[], fields: Fields, values: Map<string, number>) {
  let sum = 0
  let whole = 0
  let isWhole = true
  for (const token of tokens) {
    const value = values.get(token) ?? 1
    const strength = fields(token)
    if (strength === 0) isWhole = false
    sum += value * strength
    whole += value
  }
  return (isWhole ? 1 : PARTLY) * (whole ? sum / whole : 0)
}

/** How much of what a title is about was asked for: "diabetes" asks for all of "What is diabetes?" and half of "… insipidus". */
function topicOf(title: string[], { units, values }: Plan, statistics: Statistics) {
  const asked = new Set(units.flatMap(({ readings }) => readings.flatMap(({ tokens }) => tokens)))
  const cues = cuesOf(title)
  let met = 0
  let whole = 0
  for (const [index, token] of title.entries()) {
    if (cues.places.has(index) || substanceOf(token) === 0) continue
    const value = values.get(token) || rarityOf(statistics, 1) * 0.7
    whole += value
    if (asked.has(token)) met += value
  }
  return whole ? met / whole : 0
}

const SAME = 1.2
const OTHER = 0.9

/** Somebody who asks for a treatment is not helped by a cause. */
function typeFactor(title: string[], { analysis: { types } }: Wanted) {
  const found = cuesOf(title).types
  if (found.length === 0) return 1
  if (types.size === 0) return found.includes('information') ? 1.1 : OTHER
  return found.some((type) => types.has(type)) ? SAME : OTHER
}

const CLEAR = 20

/** A title says what kind of thing it asks; in one that is a story a word such as "test" says little. */
const clearnessOf = (title: string[]) => Math.min(1, CLEAR / title.length)

const remembered = new Map<string, { types: QuestionType[]; places: Set<number> }>()
const MOST_REMEMBERED = 5_000

function cuesOf(title: string[]) {
  const key = title.join(' ')
  const known = remembered.get(key)
  if (known) return known
  if (remembered.size >= MOST_REMEMBERED) remembered.clear()
  const found = questionTypesOf(title)
  const cues = { types: [...found.keys()], places: new Set([...found.values()].flatMap((places) => [...places])) }
  remembered.set(key, cues)
  return cues
}
