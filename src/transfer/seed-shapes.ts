import { type Static, type TSchema, Type } from 'typebox'
import { Value } from 'typebox/value'
import { ageBands, durations, stances } from '../database/schema.ts'

/** A file of the example content that cannot be used: one line that names it, the field, and what is wrong. */
export class SeedError extends Error {
  constructor(file: string, problem: string) {
    super(`${file}: ${problem}`)
  }
}

const strict = { additionalProperties: false }
const Line = Type.String({ pattern: '^[^\\n]{1,200}$', title: 'one line of text' })
const Prose = Type.String({ minLength: 1, title: 'text' })
const Slug = Type.String({ pattern: '^[a-z0-9]+(-[a-z0-9]+)*$', title: 'small letters, digits and hyphens' })
const Time = Type.String({ pattern: '^[-\\d]{10}T[:\\d]{8}Z$', title: 'a time such as 2026-03-11T11:29:17Z' })

export const SeedCategory = Type.Object(
  {
    name: Line,
    slug: Slug,
    description: Prose,
    guidance: Type.Optional(Prose),
    children: Type.Optional(Type.Array(Type.Unknown(), { title: 'a list of categories' })),
  },
  strict,
)

const Paths = Type.Array(Line, { title: 'a list of paths from categories.yaml' })
const Day = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$', title: 'a day such as 2026-03-11' })
const Address = Type.String({ pattern: '^https://\\S{1,490}$', title: 'an address that begins with https://' })

export const SeedProfession = Type.Object({ name: Line, categories: Paths }, strict)

const SeedCheck = Type.Object({ issuer: Line, number: Line, register: Type.Optional(Address), on: Day }, strict)

export const SeedExpert = Type.Object(
  {
    handle: Slug,
    name: Line,
    profession: Line,
    credentials: Line,
    registration: Type.Optional(Line),
    country: Type.Optional(Type.String({ pattern: '^[A-Z]{2}$', title: 'two capital letters, such as GB' })),
    biography: Type.Optional(Prose),
    interests: Type.Optional(Type.String({ title: 'text, or nothing between quotes' })),
    kind: Type.Optional(Line),
    categories: Type.Optional(Paths),
    checked: Type.Optional(Type.Array(SeedCheck, { title: 'a list of issuer, number, register and on' })),
  },
  strict,
)

export const SeedMember = Type.Object({ key: Slug, name: Line }, strict)

export const SeedQuestion = Type.Object(
  {
    title: Type.String({ pattern: '^[^\\n]{10,150}$', title: 'one line of 10 to 150 characters' }),
    category: Line,
    asked: Time,
    asker: Slug,
    named: Type.Optional(Type.Boolean({ title: 'true or false' })),
    facts: Type.Optional(
      Type.Object(
        {
          ageBand: Type.Optional(Type.Enum([...ageBands], { title: `one of ${ageBands.join(', ')}` })),
          duration: Type.Optional(Type.Enum([...durations], { title: `one of ${durations.join(', ')}` })),
          tried: Type.Optional(Prose),
          imaging: Type.Optional(Prose),
        },
        { ...strict, title: 'any of ageBand, duration, tried, imaging' },
      ),
    ),
    status: Type.Optional(Type.Enum(['closed'], { title: 'closed, or nothing' })),
  },
  strict,
)

/** Who speaks is the asker, or an expert by their handle. */
const Said = { by: Slug, at: Time, text: Prose }
const listOf = <Shape extends TSchema>(shape: Shape) =>
  Type.Optional(Type.Array(shape, { title: 'a list, with a dash before each entry' }))

export const SeedDiscussion = Type.Object(
  {
    clarifications: listOf(Type.Object(Said, strict)),
    followUps: listOf(Type.Object({ to: Slug, ...Said }, strict)),
    countersigns: listOf(
      Type.Object(
        {
          on: Slug,
          by: Slug,
          at: Time,
          stance: Type.Enum([...stances], { title: `one of ${stances.join(', ')}` }),
          reason: Type.Optional(Prose),
        },
        strict,
      ),
    ),
    accepted: Type.Optional(Type.Object({ answer: Slug, at: Time }, strict)),
    thanks: listOf(Type.Object({ for: Slug, by: Slug }, strict)),
  },
  strict,
)

export const SeedAnswer = Type.Object({ answered: Time }, strict)

type Place = { file: string; where?: string }

/** @throws {SeedError} */
export function checked<Shape extends TSchema>(shape: Shape, value: unknown, { file, where }: Place): Static<Shape> {
  const [error] = Value.Errors(shape, value)
  if (!error) return value as Static<Shape>
  throw new SeedError(file, [where, problemOf(shape, value, error)].filter(Boolean).join(', '))
}

/** @throws {SeedError} */
export function timeOf(text: string, { file, field }: { file: string; field: string }) {
  const time = new Date(text)
  if (Number.isNaN(time.getTime())) throw new SeedError(file, `${field} is "${text}"; there is no such time.`)
  return time
}

type Problem = ReturnType<typeof Value.Errors>[number]

function problemOf(shape: TSchema, value: unknown, { keyword, instancePath, params }: Problem) {
  const names = instancePath.slice(1).split('/').filter(Boolean)
  if (keyword === 'required') return `${[...names, params.requiredProperties[0]].join('.')} is missing.`
  if (keyword === 'boolean') return `there is no field ${names.join('.')}.`
  if (names.length === 0) return 'it takes fields, one a line, such as "name: Ada".'
  return `${names.join('.')} is "${Value.Pointer.Get(value, instancePath)}"; it takes ${titleAt(shape, names)}.`
}

type Described = { title?: string; properties?: Record<string, Described> }

const titleAt = (shape: Described, names: string[]) =>
  names.reduce<Described | undefined>((at, name) => at?.properties?.[name], shape)?.title
