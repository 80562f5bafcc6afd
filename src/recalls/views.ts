import type { Answer } from '../answers/queries.ts'
import type { AnswerInThread } from '../answers/requested.ts'
import { answerPath, basisOf, quotedAnswer } from '../answers/views.ts'
import { categoryCrumbs } from '../categories/views.ts'
import { renderMarkdown } from '../lib/markdown.ts'
import type { Crumb, Page } from '../plugins/views.ts'
import { questionPath } from '../questions/views.ts'
import { canRestore, canWithdraw } from './policy.ts'
import type { Recall } from './queries.ts'

/** `byName`: none where it was our staff. */
type ShownRecall = Pick<Recall, 'id' | 'kind' | 'reason' | 'createdAt'> & { byName?: string }

export type ShownRecalls = {
  /** What stands instead of the answer. */
  withdrawal?: ShownRecall
  /** What happened before. */
  earlier: ShownRecall[]
  canWithdraw: boolean
  canRestore: boolean
}

declare module '../plugins/views.ts' {
  interface Views {
    'recalls/_withdrawal': { withdrawal: ShownRecall; answerId: number; canRestore: boolean }
    'recalls/_earlier': { earlier: ShownRecall[]; answerId: number }
    'recalls/form': {
      isWithdrawal: boolean
      action: string
      values: Record<string, string>
      errors?: Record<string, string>
      quoted: ReturnType<typeof quotedAnswer>
      title: string
      path: string
      crumbs: Crumb[]
    }
    'recalls/text': {
      withdrawal: ShownRecall
      expertName: string
      bodyHtml: string
      path: string
      crumbs: Crumb[]
    }
  }
}

/** The author signs as on the answer: whoever else it was, they acted for the site. */
function shownRecall({ expertName }: Answer, { id, kind, reason, createdAt, byName }: Recall): ShownRecall {
  return { id, kind, reason, createdAt, byName: byName === expertName ? byName : undefined }
}

/** @param rows of all answers of the thread, the oldest first */
export function shownRecalls({ viewer }: Page, answer: Answer, rows: Recall[]): ShownRecalls {
  const own = rows.filter(({ answerId }) => answerId === answer.id)
  const last = answer.withdrawnAt ? own.findLast(({ kind }) => kind === 'withdrawn') : undefined
  return {
    withdrawal: last && shownRecall(answer, last),
    earlier: own.filter((recall) => recall !== last).map((recall) => shownRecall(answer, recall)),
    canWithdraw: canWithdraw(viewer, answer),
    canRestore: canRestore(viewer, answer, last),
  }
}

type Form = { values: Record<string, string>; errors?: Record<string, string> }

export function recallForm(page: Page, place: AnswerInThread, { values, errors }: Form) {
  const { answer, question } = place
  const isWithdrawal = answer.withdrawnAt === null
  const heading = isWithdrawal ? page.t('Withdraw an answer') : page.t('Restore an answer')
  return {
    isWithdrawal,
    action: isWithdrawal ? withdrawalPath(answer.id) : restorationPath(answer.id),
    values: { ...values, basis: basisOf(answer) },
    errors,
    quoted: quotedAnswer(answer),
    title: question.title,
    path: answerPath(question, answer.id),
    crumbs: crumbsOf(page, place, heading),
  }
}

type Withdrawn = { withdrawal: Recall; body: string }

export function withdrawnText(page: Page, place: AnswerInThread, { withdrawal, body }: Withdrawn) {
  const { answer, question } = place
  return {
    withdrawal: shownRecall(answer, withdrawal),
    expertName: answer.expertName,
    bodyHtml: renderMarkdown(body, 2),
    path: answerPath(question, answer.id),
    crumbs: crumbsOf(page, place, page.t('A withdrawn answer')),
  }
}

const crumbsOf = ({ t }: Page, { question, category, ancestors }: AnswerInThread, name: string): Crumb[] => [
  ...categoryCrumbs(t, ancestors, category),
  { name: question.title, path: questionPath(question) },
  { name },
]

export const withdrawalPath = (answerId: number | string) => `/answers/${answerId}/withdrawal`
export const restorationPath = (answerId: number | string) => `/answers/${answerId}/restoration`
