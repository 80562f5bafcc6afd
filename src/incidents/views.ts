import { canSeeAnswer } from '../answers/policy.ts'
import type { Answer } from '../answers/queries.ts'
import { basisOf } from '../answers/views.ts'
import { newKey } from '../lib/form-keys.ts'
import type { Crumb, Page } from '../plugins/views.ts'
import type { Question } from '../questions/queries.ts'
import { questionPath, titleForStaff } from '../questions/views.ts'
import { isHiddenOtherwise } from './decision-queries.ts'
import type { findIncident, Incident, ListedIncident } from './queries.ts'

type Form = { values: Record<string, string>; errors?: Record<string, string> }
/** No title: the question is no longer here. */
type ShownIncident = Pick<ListedIncident, 'incident' | 'deciderName'> & { title?: string }
type Found = NonNullable<Awaited<ReturnType<typeof findIncident>>>
/** What stands in the place of an answer that was taken down. */
export type TakenDown = { notice: string; at: Date }

declare module '../plugins/views.ts' {
  interface Views {
    'incidents/report': Form & {
      action: string
      /** Where whoever has an account signs in and comes back; none: they have. */
      signInPath?: string
      answer: { expertName: string; bodyHtml: string }
      backPath: string
      crumbs: Crumb[]
    }
    'incidents/reported': { isHiding: boolean; isByVisitor: boolean; hasEmail: boolean; backPath: string }
    'incidents/confirm': { token: string }
    'incidents/confirmed': { isHiding: boolean }
    'incidents/list': { open: ShownIncident[]; decided: ShownIncident[]; next?: string; now: Date; crumbs: Crumb[] }
    'incidents/_row': { row: ShownIncident; now: Date }
    'incidents/_clock': { incident: Incident; now: Date }
    'incidents/_outcome': { incident: Incident; deciderName: string | null }
    'incidents/_decision': Form & { action: string; answer?: ShownAnswer }
    'incidents/_taken-down': { takenDown: TakenDown }
    'incidents/show': Form & {
      incident: Incident
      /** None: the question is no longer here. */
      title?: string
      deciderName: string | null
      /** None where it has been erased since. */
      answer?: ShownAnswer
      /** Other reports about it. */
      others: ShownIncident[]
      canDecide: boolean
      action: string
      now: Date
      crumbs: Crumb[]
    }
  }
}

type ShownAnswer = {
  bodyHtml: string
  path: string
  /** As a form can carry it. */
  basis: string
  /** Staff have hidden it for another reason. */
  isHiddenOtherwise: boolean
}

export const answerPath = ({ id, questionId }: Pick<Answer, 'id' | 'questionId'>) =>
  `/questions/${questionId}#answer-${id}`

type Reported = { answer: Answer; question: Question }

export function reportPage({ t, viewer }: Page, { answer, question }: Reported, { values, errors }: Partial<Form>) {
  const backPath = `${questionPath(question)}#answer-${answer.id}`
  return {
    values: { key: newKey(), ...values },
    errors,
    action: `/answers/${answer.id}/incidents`,
    signInPath: viewer ? undefined : `/answers/${answer.id}/incidents/new`,
    answer,
    backPath,
    crumbs: [{ name: question.title, path: questionPath(question) }, { name: t('Report harm') }],
  }
}

export const reportedPage = ({ isHiding, isByVisitor, reporterEmail }: Incident, { id }: Question) => ({
  isHiding,
  isByVisitor,
  hasEmail: reporterEmail !== null,
  backPath: `/questions/${id}`,
})

export const shownIncident = ({ t }: Page, { questionTitle, audience, ...row }: ListedIncident): ShownIncident => ({
  ...row,
  title: questionTitle === null && audience === null ? undefined : titleForStaff(t, questionTitle),
})

type Decided = { found: Found; answer?: Answer; others: ListedIncident[]; canDecide: boolean; now: Date }

export function incidentPage(page: Page, { found, answer, others, ...rest }: Decided, form: Form) {
  return {
    ...form,
    ...shownIncident(page, found),
    ...rest,
    answer: answer && shownAnswer(answer),
    others: others.map((row) => shownIncident(page, row)),
    action: `/moderation/incidents/${found.incident.id}/outcome`,
    crumbs: [...registerCrumbs(page.t), { name: page.t('Report {number}', { number: found.incident.id }) }],
  }
}

const shownAnswer = (answer: Answer): ShownAnswer => ({
  bodyHtml: answer.bodyHtml,
  path: answerPath(answer),
  basis: basisOf(answer),
  isHiddenOtherwise: isHiddenOtherwise(answer),
})

export const registerCrumbs = (t: Page['t']): Crumb[] => [
  { name: t('Moderation'), path: '/moderation' },
  { name: t('Incident register'), path: '/moderation/incidents' },
]

/** Where readers would miss an answer, they are told that there was one. Its author and staff see it where it stood. */
export const takenDownAmong = ({ viewer }: Page, { answers }: { answers: { answer: Answer }[] }): TakenDown[] =>
  answers.flatMap(({ answer }) => {
    const { hiddenAt: at, hiddenNotice: notice } = answer
    return at && notice && !canSeeAnswer(viewer, answer) ? [{ notice, at }] : []
  })
