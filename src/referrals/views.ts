import type { Crumb, Page } from '../plugins/views.ts'
import type { Question } from '../questions/queries.ts'
import { questionPath } from '../questions/views.ts'
import { canSeeDeclines } from './policy.ts'
import type { DeclineRow, ReferralRow } from './queries.ts'
import type { Colleague } from './routing-queries.ts'

type Named = { name: string; path: string }

export type ShownReferral = {
  kind: 'category' | 'expert' | 'in-person'
  expertName: string
  from?: Named
  to?: Named
  /** A colleague. */
  toExpert?: Named
  reason: string
  createdAt: Date
}

type Option = { value: string; label: string }
type Typed = { values: Record<string, string>; errors?: Record<string, string> }

declare module '../plugins/views.ts' {
  interface Views {
    'referrals/_in-person': { referrals: ShownReferral[] }
    'referrals/_referrals': { referrals: ShownReferral[] }
    'referrals/_declines': { declines: DeclineRow[] }
    'referrals/_waited': Record<never, never>
    'referrals/_links': { question: { id: number } }
    'referrals/new': Typed & {
      crumbs: Crumb[]
      question: { id: number; title: string; path: string }
      categoryOptions: Option[]
      expertOptions: Option[]
      away: Colleague[]
      /** It stays with those of whom it was asked. */
      isInConfidence: boolean
    }
    'referrals/decline': Typed & { crumbs: Crumb[]; question: { id: number; title: string; path: string } }
  }
}

function shownReferral({ referral, toName, toHandle, from, to }: ReferralRow): ShownReferral {
  const placed = (place: ReferralRow['to']) => place && { name: place.name, path: `/categories/${place.path}` }
  return {
    ...referral,
    from: placed(from),
    to: placed(to),
    toExpert: toName && toHandle ? { name: toName, path: `/experts/${toHandle}` } : undefined,
  }
}

type Passing = { referrals: ReferralRow[]; declines: DeclineRow[] }

export const shownPassing = ({ viewer }: Page, question: Question, { referrals, declines }: Passing) => ({
  referrals: referrals.map(shownReferral),
  declines: canSeeDeclines(viewer, question) ? declines : [],
  isWidened: question.widenedAt !== null && question.status === 'open',
})

type Choices = { categories: { path: string; trail: string }[]; colleagues: Colleague[]; current: string; now: Date }

export function referralPage({ t }: Page, question: Question, typed: Typed, choices: Choices) {
  const { categories, colleagues, current, now } = choices
  const away = colleagues.filter((colleague) => isAway(colleague, now))
  const here = colleagues.filter((colleague) => !away.includes(colleague))
  return {
    ...typed,
    ...aboutQuestion(t, question, t('Pass it on')),
    isInConfidence: question.audience !== null,
    categoryOptions: categories
      .filter(({ path }) => path !== current)
      .map(({ path, trail }) => ({ value: path, label: trail })),
    expertOptions: here.map(({ handle, name, profession }) => ({
      value: handle,
      label: t('{name}, {profession}', { name, profession }),
    })),
    away,
  }
}

export const isAway = ({ leaveUntil }: Pick<Colleague, 'leaveUntil'>, now: Date) =>
  leaveUntil !== null && leaveUntil > now

export const declinePage = ({ t }: Page, question: Question, typed: Typed) => ({
  ...typed,
  ...aboutQuestion(t, question, t('Not for me')),
})

function aboutQuestion(t: Page['t'], question: Question, name: string) {
  const path = questionPath(question)
  const crumbs: Crumb[] = [{ name: t('My desk'), path: '/desk' }, { name: question.title, path }, { name }]
  return { crumbs, question: { id: question.id, title: question.title, path } }
}
