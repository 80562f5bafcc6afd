import type { Answer } from '../answers/queries.ts'
import type { AnswerInThread } from '../answers/requested.ts'
import { answerPath, basisOf, quotedAnswer } from '../answers/views.ts'
import { categoryCrumbs } from '../categories/views.ts'
import type { Crumb, Page } from '../plugins/views.ts'
import { questionPath } from '../questions/views.ts'
import { isOverdue } from './policy.ts'
import type { listReviews, OverdueAnswer } from './queries.ts'

const DAY_MS = 86_400_000
/** Whoever can check an answer is offered it so long before it is due. */
const OFFERED_BEFORE_MS = 60 * DAY_MS

export type ShownReview = {
  reviewedAt: Date | null
  reviewedByName: string | null
  /** The month in which it should have been checked, once that has gone by. */
  overdueSince?: string
  isOffered: boolean
}

type Listed = OverdueAnswer & { path: string; due: string; writtenBy?: string }
type Earlier = Awaited<ReturnType<typeof listReviews>>[number]
type Tab = { label: string; show?: 'mine' | 'others'; isCurrent: boolean }

declare module '../plugins/views.ts' {
  interface Views {
    'reviews/_review': { review: ShownReview; answerId: number }
    'reviews/form': {
      action: string
      values: Record<string, string>
      errors?: Record<string, string>
      quoted: ReturnType<typeof quotedAnswer>
      title: string
      path: string
      editPath?: string
      countersignPath?: string
      earlier: Earlier[]
      crumbs: Crumb[]
    }
    'reviews/_answers': { answers: Listed[]; canReview: boolean }
    'reviews/_pages': { next?: string; isFirstPage: boolean; path: string; show?: string }
    'reviews/desk': {
      answers: Listed[]
      tabs: Tab[]
      show: 'mine' | 'others'
      next?: string
      isFirstPage: boolean
      crumbs: Crumb[]
    }
    'reviews/moderation': {
      answers: Listed[]
      count: number
      next?: string
      isFirstPage: boolean
      canReview: boolean
      crumbs: Crumb[]
    }
  }
}

export const monthOf = ({ locale }: Page, date: Date) =>
  new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(date)

export function shownReview(page: Page, answer: Answer, { canReview, now }: { canReview: boolean; now: Date }) {
  const { reviewedAt, reviewedByName, reviewBy } = answer
  const isSoon = reviewBy !== null && Number(reviewBy) - Number(now) < OFFERED_BEFORE_MS
  return {
    reviewedAt,
    reviewedByName,
    overdueSince: isOverdue(answer, now) ? monthOf(page, reviewBy!) : undefined,
    isOffered: canReview && isSoon,
  }
}

/** As other machines read it: the last time that any of these answers was checked. */
export function reviewData(answers: Answer[]) {
  const reviewed = answers.filter(({ reviewedAt }) => reviewedAt !== null)
  const last = reviewed.sort((a, b) => Number(b.reviewedAt) - Number(a.reviewedAt))[0]
  return last ? { lastReviewed: last.reviewedAt!, reviewedBy: { name: last.reviewedByName ?? '' } } : {}
}

type Form = { earlier: Earlier[]; values: Record<string, string>; errors?: Record<string, string> }

/** What whoever checks an answer saw of it: its text, and when it was checked last. */
export const reviewBasis = (answer: Answer) => `${basisOf(answer)}-${answer.reviewedAt?.getTime() ?? 0}`

export function reviewForm({ t, viewer }: Page, place: AnswerInThread, { values, errors, earlier }: Form) {
  const { answer, question, category, ancestors } = place
  const isOwn = viewer?.id === answer.expertId
  return {
    action: `/answers/${answer.id}/review`,
    values: { ...values, basis: reviewBasis(answer) },
    errors,
    quoted: quotedAnswer(answer),
    title: question.title,
    path: answerPath(question, answer.id),
    editPath: isOwn ? `/answers/${answer.id}/edit` : undefined,
    countersignPath: isOwn ? undefined : `/answers/${answer.id}/countersign`,
    earlier,
    crumbs: [
      ...categoryCrumbs(t, ancestors, category),
      { name: question.title, path: questionPath(question) },
      { name: t('Check an answer') },
    ],
  }
}

type Overdue = { rows: OverdueAnswer[]; next?: string; isFirstPage: boolean }

export function deskReviews(page: Page, { rows, show, ...pages }: Overdue & { show: 'mine' | 'others' }) {
  const { t } = page
  return {
    ...pages,
    show,
    answers: rows.map((row) => listed(page, row)),
    tabs: [
      { label: t('My answers'), isCurrent: show === 'mine' },
      { label: t('Answers of others'), show: 'others' as const, isCurrent: show === 'others' },
    ],
    crumbs: [
      { name: t('Desk'), path: '/desk' },
      { name: t('Answers to check'), path: '/desk/reviews' },
    ],
  }
}

export function moderationReviews(page: Page, { rows, ...rest }: Overdue & { count: number; canReview: boolean }) {
  const { t } = page
  return {
    ...rest,
    answers: rows.map((row) => listed(page, row)),
    crumbs: [
      { name: t('Moderation'), path: '/moderation' },
      { name: t('Answers to check'), path: '/moderation/reviews' },
    ],
  }
}

const listed = (page: Page, row: OverdueAnswer): Listed => ({
  ...row,
  path: `/questions/${row.questionId}/${row.questionSlug}#answer-${row.id}`,
  due: monthOf(page, row.reviewBy!),
  writtenBy: page.viewer?.id === row.expertId ? undefined : row.expertName,
})
