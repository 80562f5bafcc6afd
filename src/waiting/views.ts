import { categoryCrumbs } from '../categories/views.ts'
import type { Expert } from '../experts/queries.ts'
import type { Crumb, Page } from '../plugins/views.ts'
import type { Question } from '../questions/queries.ts'
import { questionPath } from '../questions/views.ts'
import { hasWaitedLong } from '../questions/waits.ts'
import { canMoveUp, isWaiting } from './policy.ts'
import type { Wait } from './queries.ts'

const HOUR_S = 3_600
const DAYS_FROM_HOURS = 48

type Named = { name: string; path: string }

/** Half of the first answers came within so many hours, or days; neither: too few to say. */
export type ShownWait = { hours?: number; days?: number; expertCount: number }

/** Nobody could read there what is asked in confidence; in these categories somebody could. */
export type Nobody = { places: string[] }

export type ShownMeanwhile = {
  /** The categories above its own, the nearest first, each with the address that moves it there. */
  wider: Named[]
  answered: { id: number; slug: string; title: string }[]
  experts: Pick<Expert, 'handle' | 'name' | 'profession'>[]
  category: Named
}

declare module '../plugins/views.ts' {
  interface Views {
    'waiting/_wait': { wait: ShownWait }
    'waiting/_category': { wait?: ShownWait; nobody?: Nobody }
    'waiting/_nobody': { nobody: Nobody }
    'waiting/_meanwhile': { meanwhile: ShownMeanwhile }
    'waiting/move': {
      question: { id: number; title: string; path: string }
      to: Named
      from: Named
      action: string
      basis: number
      error?: string
      crumbs: Crumb[]
    }
  }
}

/** None where nothing is known. */
export function shownWait(wait: Wait | undefined): ShownWait | undefined {
  if (!wait) return undefined
  const span = wait.medianSeconds === null ? {} : spanOf(wait.medianSeconds)
  return { ...span, expertCount: wait.expertCount }
}

/** In hours, or from two days on in days. */
export function spanOf(seconds: number): Pick<ShownWait, 'hours' | 'days'> {
  const hours = Math.max(1, Math.ceil(seconds / HOUR_S))
  return hours < DAYS_FROM_HOURS ? { hours } : { days: Math.ceil(hours / 24) }
}

type Around = { question: Question; category: Named; ancestors: Named[] }
type Answered = ShownMeanwhile['answered'][number] & { answerCount: number }
type Known = { wait?: Wait; experts: Expert[]; similar: Answered[]; now: Date }

/** What whoever waits for long can do meanwhile. */
export function shownMeanwhile(page: Page, { question, category, ancestors }: Around, known: Known) {
  const isLong = isWaiting(question) && hasWaitedLong(question, known.wait?.medianSeconds, known.now)
  if (!isLong || !canMoveUp(page.viewer, question)) return undefined
  return {
    wider: ancestors.toReversed().map(({ name, path }) => ({ name, path: movePath(question.id, path) })),
    answered: known.similar.filter(({ answerCount }) => answerCount > 0).slice(0, MOST_SHOWN),
    experts: known.experts.slice(0, MOST_SHOWN),
    category,
  }
}

const MOST_SHOWN = 3

const movePath = (id: number, to: string) => `/questions/${id}/category?${new URLSearchParams({ to })}`

export function movePage({ t }: Page, { question, category, ancestors }: Around, to: Named, error?: string) {
  const path = questionPath(question)
  return {
    question: { id: question.id, title: question.title, path },
    from: category,
    to,
    action: `/questions/${question.id}/category`,
    basis: question.version,
    error,
    crumbs: [
      ...categoryCrumbs(t, ancestors, category),
      { name: question.title, path },
      { name: t('Move your question') },
    ],
  }
}
