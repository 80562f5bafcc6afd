import type { Crumb, Page } from '../plugins/views.ts'
import { factsOf, questionPath } from '../questions/views.ts'
import type { Availability, DeskQuestion, listBegun, listFollowUps, ORDERS, SHOWN } from './queries.ts'
import type { Subject } from './subjects.ts'

type Choice = { label: string; query: Query; isCurrent: boolean; count?: number }
type Query = { show?: string; order?: string; category?: string; after?: string }

type DeskRow = {
  id: number
  path: string
  title: string
  excerpt: string
  /** What the asker told of themselves. */
  facts: { label: string; value: string }[]
  categoryName: string
  categoryPath: string
  waited: string
  /** They have said what an expert asked them, or have yet to. */
  asker?: 'replied' | 'asked'
  isWidened: boolean
  flaggedAt: Date | null
  holder?: { name: string; until: Date; isOwn: boolean }
}

/** Put before this expert, and why. */
type RoutedRow = DeskRow & { routedAt: Date; from?: { expertName: string; reason: string } }

declare module '../plugins/views.ts' {
  interface Views {
    'desk/show': {
      crumbs: Crumb[]
      rows: DeskRow[]
      next?: Query
      isFirstPage: boolean
      /** The address of the list's first page. */
      first: Query
      /** Nothing narrows down what is listed. */
      isAll: boolean
      tabs: Choice[]
      orders: Choice[]
      subjects: Choice[]
      chosen?: { name: string; up: Query }
      claims: DeskRow[]
      /** Asked of this expert in confidence. */
      confided: DeskRow[]
      routed: RoutedRow[]
      begun: Awaited<ReturnType<typeof listBegun>>
      followUps: Awaited<ReturnType<typeof listFollowUps>>
      overdueCount: number
      availability: Availability
      isAway: boolean
    }
    'desk/_hand': Pick<Views['desk/show'], 'claims'>
    'desk/_confided': Pick<Views['desk/show'], 'confided'>
    'desk/_routed': Pick<Views['desk/show'], 'routed'>
    'desk/_follow-ups': Pick<Views['desk/show'], 'followUps'>
    'desk/_waiting': Pick<
      Views['desk/show'],
      'rows' | 'next' | 'isFirstPage' | 'first' | 'isAll' | 'tabs' | 'orders' | 'chosen'
    >
    'desk/_aside': Pick<Views['desk/show'], 'subjects' | 'chosen' | 'begun' | 'overdueCount'>
    'desk/_meta': { row: DeskRow }
    'desk/availability': {
      crumbs: Crumb[]
      values: Record<string, string>
      errors?: Record<string, string>
    }
  }
}

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

/** Without the time in which an expert waited for the asker. */
function waitOf({ createdAt, waitsFrom, clarifyingSince }: Waited, now: Date) {
  return Math.max(0, (clarifyingSince ?? now).getTime() - (waitsFrom ?? createdAt).getTime())
}

type Waited = Pick<DeskQuestion, 'createdAt' | 'waitsFrom' | 'clarifyingSince'>

/** In the largest unit that fits. */
function waitText(t: Page['t'], milliseconds: number) {
  const days = Math.floor(milliseconds / DAY_MS)
  if (days > 0) return t('Has waited {count, plural, one {# day} other {# days}}', { count: days })
  const hours = Math.floor(milliseconds / HOUR_MS)
  if (hours > 0) return t('Has waited {count, plural, one {# hour} other {# hours}}', { count: hours })
  return t('Has waited less than an hour')
}

export function deskRow({ t, viewer }: Page, question: DeskQuestion, now: Date): DeskRow {
  const { holderName, claimedUntil, pausedSeconds, clarifyingSince } = question
  return {
    ...question,
    path: questionPath(question),
    facts: factsOf(t, question),
    waited: waitText(t, waitOf(question, now)),
    flaggedAt: question.flaggedAt,
    asker: clarifyingSince ? 'asked' : pausedSeconds > 0 ? 'replied' : undefined,
    isWidened: question.widenedAt !== null,
    holder:
      holderName && claimedUntil
        ? { name: holderName, until: claimedUntil, isOwn: question.holderId === viewer?.id }
        : undefined,
  }
}

const TABS: [(typeof SHOWN)[number], string][] = [
  ['waiting', 'Waiting for an answer'],
  ['replied', 'The asker has replied'],
  ['asked', 'Waiting for the asker'],
]
const ORDER_NAMES: [(typeof ORDERS)[number], string][] = [
  ['longest', 'Longest wait first'],
  ['newest', 'Newest first'],
]

/** What stands in the address; what holds anyway is left out. */
const queryOf = ({ show, order, ...query }: Query): Query => ({
  ...query,
  show: show === 'waiting' ? undefined : show,
  order: order === 'longest' ? undefined : order,
})

type Narrowed = Required<Pick<Query, 'show' | 'order'>> & { category?: string }

export function choicesOf(t: Page['t'], narrowed: Narrowed, subjects: Subject[]) {
  const { show, order, category } = narrowed
  return {
    first: queryOf(narrowed),
    isAll: category === undefined && show === 'waiting',
    tabs: TABS.map(([value, label]) => ({
      label: t(label),
      query: queryOf({ ...narrowed, show: value }),
      isCurrent: value === show,
    })),
    orders: ORDER_NAMES.map(([value, label]) => ({
      label: t(label),
      query: queryOf({ ...narrowed, order: value }),
      isCurrent: value === order,
    })),
    subjects: subjects.map(({ name, path, count }) => ({
      label: name,
      query: queryOf({ ...narrowed, category: path }),
      isCurrent: path === category,
      count,
    })),
  }
}

/** One level up from a category, or the whole desk. */
export const upFrom = (narrowed: Narrowed, above: string | undefined) => queryOf({ ...narrowed, category: above })

export const nextQuery = (narrowed: Narrowed, after: string | undefined) =>
  after === undefined ? undefined : queryOf({ ...narrowed, after })

export const deskCrumbs = (t: Page['t']): Crumb[] => [{ name: t('My desk'), path: '/desk' }]

/** The day as a form has it. */
export const dayOf = (date: Date) => date.toISOString().slice(0, 10)
