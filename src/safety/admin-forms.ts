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
  const field = error.instancePath.slice(1).replaceAll('/', '.') || missingField(error)
  return { error: t('{field}: {problem}', { field, problem: error.message }) }
}

const missingField = ({ params }: { params: object }) =>
  String((params as { requiredProperties?: string[] }).requiredProperties?.[0] ?? '')

function parsed(text: string): unknown {
  try {
    return parse(text)
  } catch (error) {
    return error as Error
  }
}
