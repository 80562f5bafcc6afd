import { Type } from 'typebox'

/** What is written so far; however much that is, it may be looked up. */
export const SuggestionsForm = Type.Object({ title: Type.Optional(Type.String()), body: Type.Optional(Type.String()) })

/** What a search can show, in the order of its tabs; `kinds.ts` says how. */
export const shownKinds = ['question', 'expert', 'category'] as const
export type ShownKind = (typeof shownKinds)[number]

const CHOICES = {
  kind: shownKinds,
  status: ['answered', 'open'],
  since: ['week', 'month', 'year'],
  sort: ['date'],
} as const

type Choices = { [Name in keyof typeof CHOICES]?: (typeof CHOICES)[Name][number] }

/** What the address of a search says. */
export type SearchQuery = Choices & { q: string; category?: string; after?: string; isCut: boolean }

const LONGEST_SEARCH = 300
const LONGEST_VALUE = 500

/**
 * Takes any query string: what means nothing here is left out, so that an address that somebody mistyped or a program
 * made up shows a page.
 */
export function readSearch(query: unknown): SearchQuery {
  const text = (name: string) => textIn((query as Record<string, unknown>)[name])
  const chosen = Object.entries(CHOICES).map(([name, values]) => [name, values.find((value) => value === text(name))])
  const q = text('q')
  return {
    ...(Object.fromEntries(chosen) as Choices),
    q: withoutHalves(q.slice(0, LONGEST_SEARCH)),
    category:
      text('category')
        .slice(0, LONGEST_VALUE)
        .replace(/^\/+|\/+$/g, '') || undefined,
    after: text('after').slice(0, LONGEST_VALUE) || undefined,
    isCut: q.length > LONGEST_SEARCH,
  }
}

/** Where it is given twice the last one counts. */
function textIn(value: unknown) {
  const last: unknown = Array.isArray(value) ? value.at(-1) : value
  return typeof last === 'string' ? last.replaceAll('\0', '').replace(/\s+/g, ' ').trim() : ''
}

/** Half of a character, where the cut went through it, is none. */
const withoutHalves = (text: string) => text.replace(/[\ud800-\udbff]$/, '').toWellFormed()
