import { type PointedOut, pointedOut } from '../identity/views.ts'
import type { Crumb, Page } from '../plugins/views.ts'
import { isSleptOn } from '../questions/policy.ts'
import type { Question } from '../questions/queries.ts'
import { writtenIn } from '../questions/texts.ts'
import { factsOf, fieldLabels, questionPath, titleForStaff } from '../questions/views.ts'
import { type Change, changesTo, type Revision } from '../revisions/views.ts'
import type { HeldComment } from './held-queries.ts'
import { type Mark, type WaitingMark, WHY_HELD } from './mark-queries.ts'
import type { Rules } from './rules.ts'
import { type ShownMark, shownMarks } from './views.ts'

type Queued = {
  questionId: number
  title: string
  names: string[]
  isHeld: boolean
  isBelow: boolean
  isTakenBack: boolean
  createdAt: Date
}

type Typed = { values: Record<string, string>; errors?: Record<string, string> }
type HeldBelow = Pick<HeldComment, 'id' | 'questionId' | 'bodyHtml' | 'createdAt' | 'withdrawnAt'> & Typed

declare module '../plugins/views.ts' {
  interface Views {
    'safety/queue': { rows: Queued[]; next?: string; isOnCall: boolean; crumbs: Crumb[] }
    'safety/_on-call': { isOnCall: boolean }
    'safety/decision': {
      questionId: number
      title: string
      /** None: its asker sleeps on it, and staff read it here alone. */
      path?: string
      bodyHtml: string
      facts: ReturnType<typeof factsOf>
      /** When others see it, while its asker sleeps on it. */
      publishAt?: Date
      withdrawnAt: Date | null
      /** Whoever asked it can be found and written to. */
      hasAsker: boolean
      /** What may tell who asked it, in what was never published. */
      identity: PointedOut
      /** What it said before, the last first; with what is changed. */
      changes: Change[]
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
    'safety/_changes': { changes: Change[] }
    'safety/_identity': PointedOut
    'safety/_reach': { questionId: number; hasAsker: boolean }
    'safety/_words': { fieldId?: string; isNeeded: boolean; hasAsker: boolean; value?: string; error?: string }
    'safety/_held-below': { held: HeldBelow; hasAsker: boolean }
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
      title: isSleptOn(first!) ? t('A question that is not published yet') : titleForStaff(t, first!.title),
      names: [first!, ...others].map(({ flag }) => rules.flags[flag]?.name ?? flag),
      isHeld: first!.isHeld && (first!.commentId ? first!.commentReason === WHY_HELD : first!.heldAt !== null),
      isBelow: first!.commentId !== null,
      isTakenBack: (first!.withdrawnAt ?? first!.commentWithdrawnAt) !== null,
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
  question: Question
  marks: Mark[]
  earlier: Revision[]
  held: HeldComment[]
  values?: Record<string, string>
  errors?: Record<string, string>
  /** What was typed is about what was said below. */
  commentId?: number
}

export function decisionPage(page: Page, rules: Rules, { question, marks, held, earlier, ...typed }: Decision) {
  const { id, title, bodyHtml, heldAt, withdrawnAt } = question
  const isAsleep = isSleptOn(question)
  const { values = {}, errors, commentId } = typed
  const typedFor = (id?: number): Typed => (id === commentId ? { values, errors } : { values: {} })
  const heldIds = held.map((comment) => comment.id)
  return {
    questionId: id,
    title,
    path: isAsleep ? undefined : questionPath(question),
    bodyHtml,
    facts: factsOf(page.t, question),
    publishAt: isAsleep ? question.publishAt! : undefined,
    withdrawnAt,
    hasAsker: question.askerId !== null,
    identity: identityIn(page, question),
    changes: changesTo(question, earlier),
    marks: shownMarks(page, marks, rules),
    isHeld: heldAt !== null,
    isToBeSeen: marks.some(({ seenAt, commentId: below }) => !seenAt && !heldIds.includes(below ?? 0)),
    held: held.map((comment) => ({ ...comment, ...typedFor(comment.id) })),
    ...typedFor(),
    crumbs: [...crumbs(page.t), { name: title }],
  }
}

/** Nobody but its asker has read what was never published: what may tell who they are has yet to be looked at. */
function identityIn(page: Page, question: Question): PointedOut {
  if (!question.isIdentityUnseen || question.withdrawnAt || isSleptOn(question)) return { parts: [], finds: [] }
  const { parts, finds } = pointedOut(page, writtenIn(question), fieldLabels(page.t))
  return { parts: parts.filter(({ segments }) => segments.length > 1), finds }
}
