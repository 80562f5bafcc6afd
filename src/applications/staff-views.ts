import type { Event } from '../audit/queries.ts'
import { type ShownEvent, shownEvent } from '../audit/views.ts'
import { checkedToday } from '../experts/credential-views.ts'
import type { Place } from '../experts/scope-views.ts'
import type { Crumb, Page } from '../plugins/views.ts'
import { OTHER } from './forms.ts'
import { canDecide, canReview, isApplicant } from './policy.ts'
import type { Application, findPeople, listApplications, listEarlier, Status } from './queries.ts'
import {
  type Fact,
  factsOf,
  type Message,
  type Shown,
  type ShownFile,
  shownFile,
  stateOf,
  type Values,
} from './views.ts'

type Listed = Awaited<ReturnType<typeof listApplications>>[number]
type Option = { value: string; label: string }
type People = Awaited<ReturnType<typeof findPeople>>
type Filter = { label: string; status?: Status; isCurrent: boolean }

declare module '../plugins/views.ts' {
  interface Views {
    'applications/queue': {
      applications: (Listed & { state: string })[]
      filters: Filter[]
      status?: Status
      next?: string
      isFirstPage: boolean
      crumbs: Crumb[]
    }
    'applications/review': {
      application: Application
      applicant: People['applicant']
      /** Who decided, and when. */
      decision?: string
      state: string
      facts: Fact[]
      messages: Message[]
      files: ShownFile[]
      earlier: (Listed & { state: string })[]
      events: ShownEvent[]
      /** It is the viewer's own: somebody else decides. */
      isOwn: boolean
      canReview: boolean
      canDecide: boolean
      problem?: string
      crumbs: Crumb[]
    } & Decision
    'applications/_decision': Decision & { application: Application; applicant: People['applicant'] }
    'applications/_acceptance': Decision & { application: Application; applicant: People['applicant'] }
  }
}

type Decision = {
  /** Of the form that was sent; the others stand as they were. */
  values: Values
  errors?: Values
  professionOptions: Option[]
  places: Place[]
}

export const QUEUE = '/moderation/applications'

export const queueCrumbs = (t: Page['t']): Crumb[] => [
  { name: t('Moderation'), path: '/moderation' },
  { name: t('Applications'), path: QUEUE },
]

export function filtersOf(t: Page['t'], counts: Map<Status, number>, current: Status | undefined): Filter[] {
  const of = (...statuses: Status[]) => ({
    count: statuses.reduce((sum, status) => sum + (counts.get(status) ?? 0), 0),
  })
  const labels: [Status | undefined, string][] = [
    [undefined, t('Open ({count, number})', of('waiting', 'asked'))],
    ['waiting', t('Waiting for us ({count, number})', of('waiting'))],
    ['asked', t('Waiting for them ({count, number})', of('asked'))],
    ['accepted', t('Accepted ({count, number})', of('accepted'))],
    ['refused', t('Refused ({count, number})', of('refused'))],
    ['withdrawn', t('Withdrawn ({count, number})', of('withdrawn'))],
  ]
  return labels.map(([status, label]) => ({ status, label, isCurrent: status === current }))
}

export const listedWithState = (t: Page['t'], rows: Listed[]) =>
  rows.map((row) => ({ ...row, state: stateOf(t, row.status) }))

type Review = Shown &
  Decision & {
    people: People
    earlier: Awaited<ReturnType<typeof listEarlier>>
    events: Event[]
    problem?: string
  }

export function reviewPage(page: Page, { application, people, wanted, earlier, events, ...review }: Review) {
  const { t, viewer } = page
  return {
    ...review,
    application,
    applicant: people.applicant,
    decision: decisionOf(page, application, people),
    state: stateOf(t, application.status),
    facts: factsOf(t, application, wanted),
    files: review.files.map(shownFile),
    earlier: listedWithState(t, earlier),
    events: events.map((event) => shownEvent(page, event)),
    isOwn: isApplicant(viewer, application),
    canReview: canReview(viewer, application),
    canDecide: canDecide(viewer, application),
    crumbs: [...queueCrumbs(t), { name: people.applicant.name }],
  }
}

function decisionOf({ t, formatDate }: Page, { status, decidedAt }: Application, { decider }: People) {
  if (!decidedAt) return undefined
  const values = { name: decider?.name ?? t('Somebody who has left'), date: formatDate(decidedAt) }
  if (status === 'accepted') return t('{name} accepted it on {date}.', values)
  if (status === 'refused') return t('{name} refused it on {date}.', values)
  return t('{name} withdrew it on {date}.', values)
}

/** What the form to accept it holds before anything was typed: what was applied for, checked today, for a year. */
export function acceptanceValues({ professionId, profession, ...application }: Application, now = new Date()): Values {
  const { credentials, issuer, number, registerUrl } = application
  const kind = professionId ? String(professionId) : OTHER
  return { profession: kind, title: profession, credentials, issuer, number, registerUrl, ...checkedToday(now) }
}
