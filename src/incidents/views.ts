import type { Answer } from '../answers/queries.ts'
import { newKey } from '../lib/form-keys.ts'
import type { Crumb, Page } from '../plugins/views.ts'
import type { Question } from '../questions/queries.ts'
import { questionPath, titleForStaff } from '../questions/views.ts'
import type { findIncident, ListedIncident } from './queries.ts'

type Form = { values: Record<string, string>; errors?: Record<string, string> }
/** No title: the question is no longer here. */
type ShownIncident = Pick<ListedIncident, 'incident' | 'deciderName'> & { title?: string }
type Found = NonNullable<Awaited<ReturnType<typeof findIncident>>>

declare module '../plugins/views.ts' {
  interface Views {
    'incidents/report': Form & {
      action: string
      answer: { expertName: string; bodyHtml: string }
      backPath: string
      crumbs: Crumb[]
    }
    'incidents/reported': { isHiding: boolean; backPath: string }
    'incidents/list': { open: ShownIncident[]; decided: ShownIncident[]; next?: string; now: Date; crumbs: Crumb[] }
    'incidents/_row': { row: ShownIncident; now: Date }
    'incidents/show': Form & {
      incident: Found['incident']
      /** None: the question is no longer here. */
      title?: string
      deciderName: string | null
      /** None where it has been erased since. */
      answer?: { bodyHtml: string; path: string }
      canDecide: boolean
      action: string
      now: Date
      crumbs: Crumb[]
    }
  }
}

export const answerPath = ({ id, questionId }: Pick<Answer, 'id' | 'questionId'>) =>
  `/questions/${questionId}#answer-${id}`

type Reported = { answer: Answer; question: Question }

export function reportPage({ t }: Page, { answer, question }: Reported, { values, errors }: Partial<Form>) {
  const backPath = `${questionPath(question)}#answer-${answer.id}`
  return {
    values: { key: newKey(), ...values },
    errors,
    action: `/answers/${answer.id}/incidents`,
    answer,
    backPath,
    crumbs: [{ name: question.title, path: questionPath(question) }, { name: t('Report harm') }],
  }
}

export const shownIncident = ({ t }: Page, { questionTitle, audience, ...row }: ListedIncident): ShownIncident => ({
  ...row,
  title: questionTitle === null && audience === null ? undefined : titleForStaff(t, questionTitle),
})

type Decided = { found: Found; answer?: Answer; canDecide: boolean; now: Date }

export function incidentPage(page: Page, { found, answer, ...rest }: Decided, form: Form) {
  return {
    ...form,
    ...shownIncident(page, found),
    ...rest,
    answer: answer && { bodyHtml: answer.bodyHtml, path: answerPath(answer) },
    action: `/moderation/incidents/${found.incident.id}/outcome`,
    crumbs: [...registerCrumbs(page.t), { name: page.t('Report {number}', { number: found.incident.id }) }],
  }
}

export const registerCrumbs = (t: Page['t']): Crumb[] => [
  { name: t('Moderation'), path: '/moderation' },
  { name: t('Incident register'), path: '/moderation/incidents' },
]
