import type { Comment } from '../comments/queries.ts'
import type { Crumb, Page } from '../plugins/views.ts'
import type { Question } from '../questions/queries.ts'
import { titleForStaff } from '../questions/views.ts'
import { type Mark, type WaitingMark, WHY_HELD } from './mark-queries.ts'
import type { Rules } from './rules.ts'
import { type ShownMark, shownMarks } from './views.ts'

type Queued = { questionId: number; title: string; names: string[]; isHeld: boolean; isBelow: boolean; createdAt: Date }

type Typed = { values: Record<string, string>; errors?: Record<string, string> }
type HeldBelow = Pick<Comment, 'id' | 'questionId' | 'bodyHtml' | 'createdAt'> & Typed

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
      /** No moderator has looked at something in it yet. */
      isToBeSeen: boolean
      /** What was said below it and waits for a decision. */
      held: HeldBelow[]
      values: Record<string, string>
      errors?: Record<string, string>
      crumbs: Crumb[]
    }
    'safety/_held-below': { held: HeldBelow }
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
      isHeld: first!.isHeld && (first!.commentId ? first!.commentReason === WHY_HELD : first!.heldAt !== null),
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
  held: Comment[]
  values?: Record<string, string>
  errors?: Record<string, string>
  /** What was typed is about what was said below. */
  commentId?: number
}

export function decisionPage(page: Page, rules: Rules, { question, path, marks, held, ...typed }: Decision) {
  const { id, title, bodyHtml, heldAt } = question
  const { values = {}, errors, commentId } = typed
  const typedFor = (id?: number): Typed => (id === commentId ? { values, errors } : { values: {} })
  const heldIds = held.map((comment) => comment.id)
  return {
    questionId: id,
    title,
    path,
    bodyHtml,
    marks: shownMarks(page, marks, rules),
    isHeld: heldAt !== null,
    isToBeSeen: marks.some(({ seenAt, commentId: below }) => !seenAt && !heldIds.includes(below ?? 0)),
    held: held.map((comment) => ({ ...comment, ...typedFor(comment.id) })),
    ...typedFor(),
    crumbs: [...crumbs(page.t), { name: title }],
  }
}
