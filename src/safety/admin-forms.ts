import type { TSchema } from 'typebox'
import { Value } from 'typebox/value'
import { parse, stringify } from 'yaml'
import type { Page } from '../plugins/views.ts'
import { ConceptRule, CountryRule, FlagRule, type RuleKind } from './rules.ts'

const SHAPES: Record<RuleKind, TSchema> = { flag: FlagRule, concept: ConceptRule, country: CountryRule }

const BLANK: Record<RuleKind, unknown> = {
  flag: {
    name: '',
    title: '',
    text: '',
    source: '',
    sourceUrl: 'https://',
    writtenOn: '2026-01-01',
    severity: 'emergency',
    isFirm: true,
    when: [],
    unless: [],
  },
  concept: { is: 'symptom', words: '' },
  country: { name: '', emergency: '112', crisis: [], minimumAge: 16, young: [], source: '', writtenOn: '2026-01-01' },
}

/** As people edit it. */
export const writeRule = (kind: RuleKind, rule: unknown = BLANK[kind]) => stringify(rule, { lineWidth: 110 })

type Read = { rule: Record<string, unknown> } | { error: string }

export function readRule(t: Page['t'], kind: RuleKind, text: string): Read {
  const rule = parsed(text)
  if (rule instanceof Error) return { error: rule.message.split('\n')[0]! }
  if (typeof rule !== 'object' || rule === null || Array.isArray(rule))
    return { error: t('It takes fields, one a line, such as “name: The heart”.') }
  const [error] = Value.Errors(SHAPES[kind], rule)
  if (!error) return { rule: rule as Record<string, unknown> }
  return { error: problemIn(t, error) }
}

type Problem = { keyword: string; instancePath: string; params: object }

/** In words, without the pattern it was held against. */
function problemIn(t: Page['t'], { keyword, instancePath, params }: Problem) {
  const field = instancePath.slice(1).replaceAll('/', '.')
  const known = params as Known
  const place = field.split('.').at(-1) ?? ''
  if (keyword === 'required') return t('“{field}” is missing.', { field: nameOf(field, known.requiredProperties) })
  if (keyword === 'additionalProperties' || keyword === 'boolean')
    return t('There is no field “{field}”.', { field: nameOf(field, known.additionalProperties) })
  if (keyword === 'enum')
    return t('“{field}” is one of these: {words}.', { field, words: (known.allowedValues ?? []).join(', ') })
  if (keyword === 'pattern') return t(SHAPES_IN_WORDS[place] ?? LINE, { field })
  if (keyword === 'type') return t('“{field}” is not of the right kind: compare it with the original.', { field })
  return t('“{field}” is too short, too long or out of range.', { field })
}

type Known = { requiredProperties?: string[]; additionalProperties?: string[]; allowedValues?: unknown[] }

const nameOf = (field: string, [name = '']: string[] = []) => [field, name].filter(Boolean).join('.')

const words = (sentence: string) => sentence
const LINE = words('“{field}” is one line of 1 to 200 characters.')
const PHONE = words('“{field}” is a number as it is dialled: digits, with blanks between them.')
const ADDRESS = words('“{field}” is an address that begins with https://')
const SHAPES_IN_WORDS: Record<string, string> = {
  phone: PHONE,
  emergency: PHONE,
  url: ADDRESS,
  sourceUrl: ADDRESS,
  writtenOn: words('“{field}” is a day, such as 2026-01-31, between quotation marks.'),
}

function parsed(text: string): unknown {
  try {
    return parse(text)
  } catch (error) {
    return error as Error
  }
}
