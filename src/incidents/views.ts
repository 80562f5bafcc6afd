import { canSeeAnswer } from '../answers/policy.ts'
import type { Answer } from '../answers/queries.ts'
import { basisOf } from '../answers/views.ts'
import { newKey } from '../lib/form-keys.ts'
import { renderMarkdown } from '../lib/markdown.ts'
import type { Crumb, Page } from '../plugins/views.ts'
import type { Question } from '../questions/queries.ts'
import { questionPath, titleForStaff } from '../questions/views.ts'
import { isHiddenByReport, isHiddenOtherwise } from './decision-queries.ts'
import type { findIncident, Incident, ListedIncident } from './queries.ts'
import { isChangedSince } from './reported-queries.ts'

type Form = { values: Record<string, string>; errors?: Record<string, string> }
/** No title: the question is no longer here. */
type ShownIncident = Pick<ListedIncident, 'incident' | 'deciderName'> & { title?: string }
type Found = NonNullable<Awaited<ReturnType<typeof findIncident>>>
/** What stands in the place of an answer that was taken down; without a notice it is being looked into. */
export type TakenDown = { notice: string | null; at: Date }

declare module '../plugins/views.ts' {
  interface Views {
    'incidents/report': Form & {
      action: string
      /** Where whoever has an account signs in and comes back; none: they have. */
      signInPath?: string
      expertName: string
      /** None: it is hidden already, and whoever has more to say adds that. */
      bodyHtml?: string
      /** Their report takes it down before anybody has looked. */
      isHiding: boolean
      backPath: string
      crumbs: Crumb[]
    }
    'incidents/reported': {
      isHiding: boolean
      /** Another report has hidden it, or staff. */
      isHidden: boolean
      isDecided: boolean
      isByVisitor: boolean
      hasEmail: boolean
      backPath?: string
    }
    'incidents/confirm': { token: string }
    'incidents/confirmed': { isHidden: boolean }
    'incidents/list': { open: ShownIncident[]; decided: ShownIncident[]; next?: string; now: Date; crumbs: Crumb[] }
    'incidents/_row': { row: ShownIncident; now: Date }
    'incidents/_clock': { incident: Incident; now: Date }
    'incidents/_outcome': { incident: Incident; deciderName: string | null }
    'incidents/_decision': Form & { action: string; answer?: ShownAnswer; also: Also }
    'incidents/_other': { row: ShownIncident; now: Date }
    'incidents/_answer': { answer: ShownAnswer; title?: string }
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
      /** Those of them that can be decided with this one. */
      also: Also
      canDecide: boolean
      action: string
      now: Date
      crumbs: Crumb[]
    }
  }
}

/** Their ids, as a form can carry them. */
type Also = { count: number; ids: string }

type ShownAnswer = {
  bodyHtml: string
  /** It has been changed since it was reported: what it said then, unless that has been removed. */
  changed?: { bodyHtml?: string }
  isWithdrawn: boolean
  path: string
  /** As a form can carry it. */
  basis: string
  /** Staff have hidden it for another reason. */
  isHiddenOtherwise: boolean
}

export const answerPath = ({ id, questionId }: Pick<Answer, 'id' | 'questionId'>) =>
  `/questions/${questionId}#answer-${id}`

type Reported = { answer: Answer; question: Question; isAdding: boolean; isHiding: boolean }

export function reportPage({ t, viewer }: Page, reported: Reported, { values, errors }: Form) {
  const { answer, question, isAdding, isHiding } = reported
  const backPath = `${questionPath(question)}#answer-${answer.id}`
  return {
    values: { ...values, key: values.key ?? newKey() },
    errors,
    action: `/answers/${answer.id}/incidents`,
    signInPath: viewer ? undefined : `/answers/${answer.id}/incidents/new`,
    expertName: answer.expertName,
    bodyHtml: isAdding ? undefined : answer.bodyHtml,
    isHiding,
    backPath,
    crumbs: [{ name: question.title, path: questionPath(question) }, { name: t('Report harm') }],
  }
}

export const reportedPage = (incident: Incident, answer?: Answer) => ({
  isHiding: incident.isHiding,
  isHidden: answer !== undefined && answer.hiddenAt !== null,
  isDecided: incident.decidedAt !== null,
  isByVisitor: incident.isByVisitor,
  hasEmail: incident.reporterEmail !== null,
  backPath: incident.questionId === null ? undefined : `/questions/${incident.questionId}`,
})

export const shownIncident = ({ t }: Page, { questionTitle, audience, ...row }: ListedIncident): ShownIncident => ({
  ...row,
  title: questionTitle === null && audience === null ? undefined : titleForStaff(t, questionTitle),
})

type Decided = {
  found: Found
  answer?: Answer
  /** As it was when it was reported. */
  reportedText?: string
  others: ListedIncident[]
  canDecide: boolean
  now: Date
}

export function incidentPage(page: Page, { found, answer, reportedText, others, ...rest }: Decided, form: Form) {
  return {
    ...form,
    ...shownIncident(page, found),
    ...rest,
    answer: answer && shownAnswer(answer, found.incident, reportedText),
    also: alsoOf(page, others),
    others: others.map((row) => shownIncident(page, row)),
    action: `/moderation/incidents/${found.incident.id}/outcome`,
    crumbs: [...registerCrumbs(page.t), { name: page.t('Report {number}', { number: found.incident.id }) }],
  }
}

/** Nobody decides what they reported themselves. */
function alsoOf({ viewer }: Page, others: ListedIncident[]): Also {
  const open = others.filter(({ incident }) => !incident.decidedAt && incident.reporterId !== viewer?.id)
  return { count: open.length, ids: open.map(({ incident }) => incident.id).join() }
}

const TOP_HEADING = 3

const shownAnswer = (answer: Answer, incident: Incident, reportedText?: string): ShownAnswer => ({
  bodyHtml: answer.bodyHtml,
  changed: isChangedSince(incident, answer)
    ? { bodyHtml: reportedText && renderMarkdown(reportedText, TOP_HEADING) }
    : undefined,
  isWithdrawn: answer.withdrawnAt !== null,
  path: answerPath(answer),
  basis: basisOf(answer),
  isHiddenOtherwise: isHiddenOtherwise(answer),
})

export const registerCrumbs = (t: Page['t']): Crumb[] => [
  { name: t('Moderation'), path: '/moderation' },
  { name: t('Incident register'), path: '/moderation/incidents' },
]

/** Harm was feared of it: what staff hide for other reasons leaves no trace. */
const isMissed = (answer: Answer) => answer.hiddenNotice !== null || isHiddenByReport(answer)

const isFallen = (answer: Answer) => (answer.hiddenAt ? isMissed(answer) : answer.withdrawnAt !== null)

/**
 * Where readers would miss an answer, they are told that there was one. Its author and staff see it where it stood.
 * `fallenCount`: of how many they are told that they do not stand.
 */
export const fallenAmong = ({ viewer }: Page, { answers }: { answers: { answer: Answer }[] }) => ({
  fallenCount: answers.filter(({ answer }) => isFallen(answer)).length,
  takenDown: answers.flatMap(({ answer }): TakenDown[] => {
    const { hiddenAt: at, hiddenNotice: notice } = answer
    return at && isMissed(answer) && !canSeeAnswer(viewer, answer) ? [{ notice, at }] : []
  }),
})
