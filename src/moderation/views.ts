import type { Event } from '../audit/queries.ts'
import { type ShownEvent, shownEvent } from '../audit/views.ts'
import type { Crumb, Page, Views } from '../plugins/views.ts'
import { titleForStaff } from '../questions/views.ts'
import type { findAskerAccount, Hidden, listHiddenAnswers, listHiddenComments, listWaiting } from './queries.ts'

type HiddenAnswer = Awaited<ReturnType<typeof listHiddenAnswers>>[number]
type HiddenComment = Awaited<ReturnType<typeof listHiddenComments>>[number]
type Waiting = Awaited<ReturnType<typeof listWaiting>>[number]
type Form = { values: Record<string, string>; errors?: Record<string, string> }
type ShownHidden = { sentence: string; path: string; reason: string | null; hiddenAt: Date | null }

declare module '../plugins/views.ts' {
  interface Views {
    'moderation/home': Counts & {
      waiting: Waiting[]
      hidden: ShownHidden[]
      events: ShownEvent[]
      isAdministrator: boolean
    }
    'moderation/asker': Form & {
      question: { id: number; title: string; askerName: string }
      questionPath: string
      crumbs: Crumb[]
      /** Only once a reason has been given. */
      asker?: Awaited<ReturnType<typeof findAskerAccount>>
      events: ShownEvent[]
    }
    'moderation/concealment': Form & {
      kind: 'question' | 'answer' | 'comment'
      /** Of the question, also where an answer is hidden. */
      title: string
      action: string
      path: string
      crumbs: Crumb[]
    }
  }
}

type Hideable = Pick<Views['moderation/concealment'], 'kind' | 'path'> & { id: number; title: string | null }

export function concealmentPage({ t }: Page, { kind, id, path, ...rest }: Hideable, form: Form) {
  const title = titleForStaff(t, rest.title)
  const heading = {
    question: t('Hide the question'),
    answer: t('Hide this answer'),
    comment: t('Hide this comment'),
  }[kind]
  return {
    ...form,
    kind,
    title,
    path,
    action: `/${kind}s/${id}/concealment`,
    crumbs: [{ name: t('Moderation'), path: '/moderation' }, { name: title, path }, { name: heading }],
  }
}

/** What waits for staff. */
type Counts = {
  applicationCount: number
  dueCount: number
  overdueCount: number
  urgentCount: number
  incidents: { openCount: number; lateCount: number }
}
type Lists = Counts & {
  questions: Hidden[]
  answers: HiddenAnswer[]
  comments: HiddenComment[]
  events: Event[]
  waiting: Waiting[]
}

/** What is hidden, questions and answers together, the last first. */
export function moderationHome(page: Page, { questions, answers, comments, events, ...rest }: Lists) {
  const { t } = page
  const hidden = [
    ...questions.map(({ id, title, ...rest }) => ({
      ...rest,
      sentence: title === null ? titleForStaff(t) : t('A question: {title}', { title }),
      path: `/questions/${id}`,
    })),
    ...answers.map(({ id, questionId, title, expertName: name, ...rest }) => ({
      ...rest,
      sentence: t('The answer of {name} to: {title}', { name, title: titleForStaff(t, title) }),
      path: `/questions/${questionId}#answer-${id}`,
    })),
    ...comments.map(({ id, questionId, title, ...rest }) => ({
      ...rest,
      sentence: t('A comment below: {title}', { title: titleForStaff(t, title) }),
      path: `/questions/${questionId}#comment-${id}`,
    })),
  ]
  return {
    ...rest,
    hidden: hidden.sort((a, b) => Number(b.hiddenAt) - Number(a.hiddenAt)),
    events: events.map((event) => shownEvent(page, event)),
    isAdministrator: page.viewer?.role === 'administrator',
  }
}
