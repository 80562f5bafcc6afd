import type { ShownEvent } from '../audit/views.ts'
import { isVerified } from '../database/verification.ts'
import { renderMarkdown } from '../lib/markdown.ts'
import { slugOf } from '../lib/slugs.ts'
import type { Crumb, Page, Views } from '../plugins/views.ts'
import { monthOf } from '../reviews/views.ts'
import type { Typed } from './category-views.ts'
import type { ShownMail } from './letters.ts'
import type { countWaiting, ExpertProfile, findAccountWithProfile, Role, searchAccounts } from './queries.ts'

export type { Typed } from './category-views.ts'

type ListedAccount = Awaited<ReturnType<typeof searchAccounts>>[number]
type Found = NonNullable<Awaited<ReturnType<typeof findAccountWithProfile>>>
/** What was checked about an expert, and where they may answer: `own` categories, or wherever their profession may. */
type Standing = {
  credentials: Views['experts/_managed']['credentials']
  own: { name: string; path: string }[]
  profession?: string
}
type Tab = { label: string; show?: string; isCurrent: boolean }
type Paged = { next?: string; isFirstPage: boolean }
/** `parts` of its text; links of this site can be followed. None: it is not for administrators' eyes. */
declare module '../plugins/views.ts' {
  interface Views {
    'admin/home': Awaited<ReturnType<typeof countWaiting>>
    'admin/accounts': Paged & {
      /** `since` when by the month: the minute would tell which first question is whose. */
      accounts: (ListedAccount & { roleName: string; isVerified: boolean; since: string })[]
      tabs: Tab[]
      q?: string
      show?: string
    }
    'admin/account': Found & {
      /** The month. */
      since: string
      standing?: Standing
      events: ShownEvent[]
      roleOptions: { value: string; label: string }[]
      role: string
      typedName: string
      errors?: Record<string, string>
      crumbs: Crumb[]
    }
    'admin/expert': Typed & { path: string; crumbs: Crumb[] }
    'admin/two-factor': Typed & { name: string; path: string; crumbs: Crumb[] }
    'admin/_two-factor': Pick<Found, 'account'>
    'admin/outbox': Paged & { mail: ShownMail[]; isReadable: boolean }
    'admin/events': Paged & { events: ShownEvent[] }
    'admin/_expert': { account: Found['account']; expert: NonNullable<Found['expert']>; standing: Standing }
    'admin/_standing': { address: string; expert: NonNullable<Found['expert']>; standing: Standing }
    'admin/_name': Pick<Views['admin/account'], 'account' | 'typedName' | 'errors'>
    'admin/_mail': { mail: ShownMail }
    'admin/letter': Typed & {
      id: number
      crumbs: Crumb[]
      /** Once a reason has been given. */
      letter?: { recipient: string; parts?: ShownMail['parts'] }
    }
    'admin/_letter': { parts: NonNullable<ShownMail['parts']> }
    'admin/_pages': Paged & { path: string; query: Record<string, string | undefined> }
  }
}

const ROLES: Record<Role, string> = {
  member: 'Member',
  expert: 'Expert',
  moderator: 'Moderator',
  administrator: 'Administrator',
}

const adminCrumb = (t: Page['t']): Crumb => ({ name: t('Administration'), path: '/admin' })

export const accountPath = (id: number) => `/admin/accounts/${id}`

export const accountCrumbs = (t: Page['t'], { id, name }: { id: number; name: string }): Crumb[] => [
  adminCrumb(t),
  { name: t('Accounts'), path: '/admin/accounts' },
  { name, path: accountPath(id) },
]

export const roleOptions = (t: Page['t']) => Object.entries(ROLES).map(([value, label]) => ({ value, label: t(label) }))

type Search = Paged & { rows: ListedAccount[]; q?: string; show?: string }

export function accountsPage(page: Page, { rows, show, ...search }: Search): Views['admin/accounts'] {
  const { t } = page
  const labels = { staff: t('Staff'), experts: t('Experts'), unverified: t('Experts to verify') }
  const filters = Object.entries(labels).map(([name, label]) => ({ show: name, label, isCurrent: name === show }))
  return {
    ...search,
    show,
    accounts: rows.map((row) => ({
      ...row,
      roleName: t(ROLES[row.role]),
      isVerified: isVerified(row),
      since: monthOf(page, row.createdAt),
    })),
    tabs: [{ label: t('All'), isCurrent: show === undefined }, ...filters],
  }
}

/** What the form holds before anything was typed. */
export function expertFields(name: string, expert: Found['expert']): Record<string, string> {
  if (!expert) return { handle: slugOf(name, 'expert') }
  const { handle, profession, credentials, registration, country, biography, interests, practice, practiceUrl } = expert
  return {
    handle,
    profession,
    credentials,
    registration: registration ?? '',
    country: country ?? '',
    biography: biography ?? '',
    hasInterests: interests === '' ? 'none' : interests ? 'some' : '',
    interests: interests ?? '',
    practice: practice ?? '',
    practiceUrl: practiceUrl ?? '',
  }
}

export const expertProfile = ({ registration, country, biography, ...typed }: TypedProfile): ExpertProfile => ({
  handle: typed.handle,
  profession: typed.profession,
  credentials: typed.credentials,
  interests: typed.hasInterests === 'none' ? '' : (typed.interests ?? null),
  practice: typed.practice ?? null,
  practiceUrl: typed.practiceUrl ?? null,
  registration: registration ?? null,
  country: country?.toUpperCase() ?? null,
  biography: biography ?? null,
  biographyHtml: biography ? renderMarkdown(biography, 2) : null,
})

type TypedProfile = Pick<ExpertProfile, 'handle' | 'profession' | 'credentials'> & {
  registration?: string
  country?: string
  biography?: string
  hasInterests?: string
  interests?: string
  practice?: string
  practiceUrl?: string
}
