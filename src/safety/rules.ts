import { type Static, Type } from 'typebox'
import { Context, type ContextName } from './contexts.ts'
import type { Concept, Flag } from './flags.ts'
import { createMatcher } from './matcher.ts'
import { conceptKinds } from './reading.ts'
import type { Weights } from './weights.ts'

export const severities = ['emergency', 'urgent', 'crisis'] as const

const strict = { additionalProperties: false }
const Line = Type.String({ pattern: '^[^\\n]{1,200}$' })
const Day = Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\d$' })
const Address = Type.String({ pattern: '^https://[^\\s"<>]{1,300}$' })
/** As it is dialled, with the blanks people read it by. */
const Phone = Type.String({ pattern: '^[+\\d][\\d ]{1,20}$' })

export type ConceptRule = Static<typeof ConceptRule>
/** Words with commas between them. */
export const ConceptRule = Type.Object(
  {
    is: Type.Optional(Type.Enum([...conceptKinds])),
    words: Type.Optional(Type.String({ maxLength: 50_000 })),
    not: Type.Optional(Type.String({ maxLength: 10_000 })),
    from: Type.Optional(Type.Array(Line)),
  },
  strict,
)

export type FlagRule = Static<typeof FlagRule>
export const FlagRule = Type.Object(
  {
    name: Line,
    severity: Type.Enum([...severities]),
    /** What is said to whoever wrote it: a heading, and what to do now, in Markdown. */
    title: Line,
    text: Type.String({ minLength: 1, maxLength: 3_000 }),
    source: Line,
    sourceUrl: Address,
    writtenOn: Day,
    isOff: Type.Optional(Type.Boolean()),
    /** Raised only where no other flag is. */
    isGeneral: Type.Optional(Type.Boolean()),
    /** Raised whatever the rest of the text says. */
    isFirm: Type.Optional(Type.Boolean()),
    counts: Type.Optional(Type.Array(Type.Enum(Object.keys(Context) as ContextName[]))),
    when: Type.Array(Line),
    unless: Type.Optional(Type.Array(Line)),
  },
  strict,
)

const Helpline = Type.Object(
  { name: Line, phone: Type.Optional(Phone), url: Type.Optional(Address), note: Type.Optional(Line) },
  strict,
)

export type Helpline = Static<typeof Helpline>
export type CountryRule = Static<typeof CountryRule>
export const CountryRule = Type.Object(
  {
    name: Line,
    /** For danger to life. */
    emergency: Phone,
    /** For what cannot wait and is not that. */
    urgent: Type.Optional(Helpline),
    poison: Type.Optional(Helpline),
    crisis: Type.Array(Helpline),
    /** From what age somebody may ask without a parent. */
    minimumAge: Type.Integer({ minimum: 0, maximum: 21 }),
    young: Type.Array(Helpline),
    source: Line,
    writtenOn: Day,
  },
  strict,
)

export type RuleKind = 'flag' | 'concept' | 'country'
export type Rules = {
  flags: Record<string, FlagRule>
  concepts: Record<string, ConceptRule>
  countries: Record<string, CountryRule>
  weights: Weights
}

/** @throws {PatternError} where a pattern names words that there are not */
export function matcherOf({ flags, concepts, weights }: Pick<Rules, 'flags' | 'concepts' | 'weights'>) {
  const inForce = Object.entries(flags).filter(([, { isOff }]) => !isOff)
  return createMatcher(
    Object.entries(concepts).map(([name, rule]): Concept => ({ name, ...conceptOf(rule) })),
    inForce.map(([key, rule]): Flag => ({ key, ...rule })),
    weights,
  )
}

const conceptOf = ({ is = 'cue', words = '', not, from }: ConceptRule) => ({
  is,
  terms: listed(words),
  not: not === undefined ? undefined : listed(not),
  from,
})

const listed = (words: string) =>
  words
    .split(/[,\n]/)
    .map((term) => term.trim().replace(/\s+/g, ' '))
    .filter(Boolean)
