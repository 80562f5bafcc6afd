import type { Crumb, Page } from '../plugins/views.ts'
import { writeRule } from './admin-forms.ts'
import { hashOf } from './book.ts'
import type { Finding, Place } from './flags.ts'
import type { Matcher } from './matcher.ts'
import type { Change } from './rule-queries.ts'
import type { RuleKind, Rules } from './rules.ts'

type Row = { key: string; name: string; path: string; isChanged: boolean; isOff: boolean; severity?: string }
type Segment = { text: string; isFound: boolean }
type Trial = {
  /** No pattern: what is marked in the text raises it together. */
  flags: { name: string; pattern?: string }[]
  /** What else is said speaks against these. */
  outweighed: { name: string; pattern?: string }[]
  segments: Segment[]
  readings: { said: string; concept: string; ruledOut: string }[]
}

declare module '../plugins/views.ts' {
  interface Views {
    'safety/book': {
      flags: Row[]
      concepts: Row[]
      countries: Row[]
      text?: string
      trial?: Trial
      errors?: Record<string, string>
      crumbs: Crumb[]
    }
    'safety/_trial': { trial: Trial }
    'safety/_rows': { rows: Row[] }
    'safety/rule': {
      kind: RuleKind
      key: string
      typed: string
      error?: string
      /** As it came, where it came with the program. */
      original?: string
      isChanged: boolean
      /** The original has changed since this was made from it. */
      isStale: boolean
      crumbs: Crumb[]
    }
  }
}

const crumbs = (t: Page['t']): Crumb[] => [
  { name: t('Administration'), path: '/admin' },
  { name: t('Red flags'), path: '/admin/safety' },
]

type Shown = { changes: Change[]; text?: string; trial?: Trial; errors?: Record<string, string> }

export function booksPage({ t }: Page, { flags, concepts, countries }: Rules, { changes, ...shown }: Shown) {
  const rowsOf = (kind: RuleKind, rules: Record<string, object>) =>
    Object.entries(rules).map(([key, rule]) => rowOf({ kind, key, rule, changes }))
  return {
    flags: rowsOf('flag', flags),
    concepts: rowsOf('concept', concepts).sort((a, b) => a.name.localeCompare(b.name)),
    countries: rowsOf('country', countries),
    ...shown,
    crumbs: crumbs(t),
  }
}

type Named = { name?: string; isOff?: boolean; severity?: string }

function rowOf({ kind, key, rule, changes }: { kind: RuleKind; key: string; rule: Named; changes: Change[] }): Row {
  return {
    key,
    name: rule.name ?? key,
    path: `/admin/safety/${kind}/${encodeURIComponent(key)}`,
    isChanged: changes.some((change) => change.kind === kind && change.key === key),
    isOff: rule.isOff ?? false,
    severity: rule.severity,
  }
}

const MOST_READINGS = 200

/** Which rule fires where in a text, and what was understood of its words. */
export function trialOf(matcher: Matcher, { flags }: Rules, text: string): Trial {
  const found = matcher.check(text)
  const readings = matcher.explain(text).sort((a, b) => a.start - b.start)
  const named = ({ flag, pattern }: Finding) => ({ name: flags[flag]?.name ?? flag, pattern })
  const isRaised = ({ flag }: Finding) => found.some((other) => other.flag === flag)
  return {
    flags: found.map(named),
    outweighed: matcher
      .match(text)
      .filter((finding) => !isRaised(finding))
      .map(named),
    segments: segmentsOf(
      text,
      found.flatMap(({ places }) => places),
    ),
    readings: readings.slice(0, MOST_READINGS).map(({ start, end, concept, ruledOut }) => ({
      said: text.slice(start, end),
      concept,
      ruledOut: ruledOut.join(', '),
    })),
  }
}

function segmentsOf(text: string, places: Place[]): Segment[] {
  const segments: Segment[] = []
  let at = 0
  for (const { start, end } of places.sort((a, b) => a.start - b.start)) {
    if (start > at) segments.push({ text: text.slice(at, start), isFound: false })
    if (end > at) segments.push({ text: text.slice(Math.max(start, at), end), isFound: true })
    at = Math.max(at, end)
  }
  return [...segments, { text: text.slice(at), isFound: false }]
}

type Edited = { kind: RuleKind; key: string; typed: string; error?: string; original?: object; change?: Change }

export function rulePage({ t }: Page, { kind, key, typed, error, original, change }: Edited) {
  return {
    kind,
    key,
    typed,
    error,
    original: original && writeRule(kind, original),
    isChanged: change !== undefined,
    isStale: change !== undefined && original !== undefined && change.originalHash !== hashOf(original),
    crumbs: [...crumbs(t), { name: key }],
  }
}
