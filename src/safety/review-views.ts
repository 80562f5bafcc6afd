import type { Crumb, Page } from '../plugins/views.ts'
import type { Question } from '../questions/queries.ts'
import { titleForStaff } from '../questions/views.ts'
import type { Mark, WaitingMark } from './mark-queries.ts'
import type { Rules } from './rules.ts'
import { type ShownMark, shownMarks } from './views.ts'

type Queued = { questionId: number; title: string; names: string[]; isHeld: boolean; isBelow: boolean; createdAt: Date }

declare module '../plugins/views.ts' {
  interface Views {
    'safety/queue': { rows: Queued[]; next?: string; isOnCall: boolean; crumbs: Crumb[] }
    'safety/_on-call': { isOnCall: boolean }
    'safety/decision': {
      questionId: number
      title: string
      path: string
      bodyHtml: string
      marks: ShownMark[]
      isHeld: boolean
      values: Record<string, string>
      errors?: Record<string, string>
      crumbs: Crumb[]
    }
  }
}

type Queue = { rows: WaitingMark[]; next?: string; isOnCall: boolean }

/** A question once, with all that was read in it at one time. */
export function queuePage({ t }: Page, rules: Rules, { rows, next, isOnCall }: Queue) {
  const together = Map.groupBy(rows, ({ questionId, createdAt }) => `${questionId} ${createdAt.getTime()}`)
  return {
    next,
    isOnCall,
    rows: [...together.values()].map(([first, ...others]) => ({
      questionId: first!.questionId,
      title: titleForStaff(t, first!.title),
      names: [first!, ...others].map(({ flag }) => rules.flags[flag]?.name ?? flag),
      isHeld: first!.isHeld && first!.heldAt !== null,
      isBelow: first!.commentId !== null,
      createdAt: first!.createdAt,
    })),
    crumbs: crumbs(t),
  }
}

const crumbs = (t: Page['t']): Crumb[] => [
  { name: t('Moderation'), path: '/moderation' },
  { name: t('What may be urgent'), path: '/moderation/safety' },
]

type Decision = {
  question: Pick<Question, 'id' | 'title' | 'bodyHtml' | 'heldAt'>
  path: string
  marks: Mark[]
  values?: Record<string, string>
  errors?: Record<string, string>
}

export function decisionPage(page: Page, rules: Rules, { question, path, marks, values = {}, errors }: Decision) {
  const { id, title, bodyHtml, heldAt } = question
  return {
    questionId: id,
    title,
    path,
    bodyHtml,
    marks: shownMarks(page, marks, rules),
    isHeld: heldAt !== null,
    values,
    errors,
    crumbs: [...crumbs(page.t), { name: title }],
  }
}
