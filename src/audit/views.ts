import { isAdministrator } from '../accounts/policy.ts'
import type { Page } from '../plugins/views.ts'
import { titleForStaff } from '../questions/views.ts'
import type { Event } from './queries.ts'

declare module '../plugins/views.ts' {
  interface Views {
    'audit/_events': { events: ShownEvent[] }
  }
}

export type ShownEvent = {
  sentence: string
  /** What it is about, by its name now. */
  about?: { name: string; path?: string }
  reason: string | null
  createdAt: Date
}

/** What each thing that staff can do is called. */
const ACTIONS: Record<string, string> = {
  'letter-resent': '{name} had a letter sent again',
  'letter-dropped': '{name} dropped a letter that could not be sent',
  'letter-read': '{name} looked up to whom a letter goes',
  'asker-revealed': '{name} looked up who asked a question',
  'question-closed': '{name} closed a question',
  'question-reopened': '{name} opened a question again',
  'claim-ended': '{name} let go of a question that an expert was answering',
  'question-referred-category': '{name} moved a question to another category',
  'question-referred-expert': '{name} passed a question on to a colleague',
  'question-referred-in-person': '{name} advised an asker to see somebody in person',
  'question-edited': '{name} edited a question',
  'question-hidden': '{name} hid a question',
  'question-shown': '{name} showed a question again',
  'answer-hidden': '{name} hid an answer',
  'answer-shown': '{name} showed an answer again',
  'answer-withdrawn': '{name} withdrew an answer',
  'answer-restored': '{name} restored an answer',
  'incident-upheld': '{name} found that a reported answer may do harm',
  'incident-withdrawn': '{name} took back a reported answer',
  'incident-corrected': '{name} found a reported answer to be put right',
  'incident-dismissed': '{name} found a reported answer to be sound',
  'comment-hidden': '{name} hid a comment',
  'comment-released': '{name} published what was held below a question',
  'comment-kept-back': '{name} decided not to publish what was held below a question',
  'comment-shown': '{name} showed a comment again',
  'question-looked-at': '{name} looked at a question that may be urgent',
  'question-released': '{name} published a question that was held',
  'question-kept-back': '{name} decided not to publish a question that was held',
  'safety-rule-edited': '{name} changed a rule for red flags',
  'safety-rule-restored': '{name} brought back a rule for red flags as it came',
  'consent-reworded': '{name} changed the words of a consent',
  'research-exported': '{name} handed out what people allowed for research',
  'page-reviewed': '{name} wrote down who has read a text about the site',
  'page-edited': '{name} changed a text about the site',
  'page-restored': '{name} brought back a text about the site as it came',
  'version-removed': '{name} removed an old version',
  'category-created': '{name} made a category',
  'category-edited': '{name} edited a category',
  'category-moved': '{name} moved a category',
  'category-moved-up': '{name} moved a category up',
  'category-moved-down': '{name} moved a category down',
  'category-merged': '{name} merged two categories',
  'category-deleted': '{name} deleted a category',
  'role-changed': '{name} changed a role',
  'second-factors-reset': '{name} reset the two-step sign-in of an account',
  'account-renamed': '{name} changed the name of an account',
  'expert-edited': '{name} edited the profile of an expert',
  'expert-verified': '{name} verified an expert',
  'expert-unverified': '{name} withdrew the verification of an expert',
  'application-sent': '{name} applied to be an expert',
  'application-asked': '{name} asked an applicant something',
  'application-answered': '{name} wrote about their application',
  'application-accepted': '{name} accepted an application',
  'application-refused': '{name} refused an application',
  'application-withdrawn': '{name} withdrew an application',
  'application-file-opened': '{name} opened a file of an application',
  'renewal-sent': '{name} handed in a renewal',
  'renewal-accepted': '{name} renewed a registration',
  'credential-added': '{name} entered a registration of an expert',
  'credential-edited': '{name} changed a registration of an expert',
  'credential-renewed': '{name} checked a registration of an expert again',
  'credential-removed': '{name} removed a registration of an expert',
  'scope-changed': '{name} changed where an expert may answer',
  'profession-created': '{name} added a profession',
  'profession-renamed': '{name} renamed a profession',
  'profession-scope-changed': '{name} changed where a profession may answer',
  'profession-deleted': '{name} removed a profession',
}

/** What somebody did. */
export const actionWords = (t: Page['t'], action: string, name: string) => t(ACTIONS[action] ?? action, { name })

export function shownEvent({ t, viewer }: Page, event: Event): ShownEvent {
  const { action, actorName, subject, reason, createdAt } = event
  const name = actorName ?? t('Somebody who has left')
  return {
    sentence: t(ACTIONS[action] ?? '{name}: {action}', { name, action }),
    about: subject && { name: subjectName(t, subject), path: subjectPath(event, isAdministrator(viewer)) },
    reason,
    createdAt,
  }
}

const subjectName = (t: Page['t'], { name, audience }: NonNullable<Event['subject']>) =>
  name ?? (audience === null ? t('A question that is not published yet') : titleForStaff(t))

/** Accounts and categories are for administrators alone. */
function subjectPath({ subjectKind, subjectId, subject }: Event, isForAdministrator: boolean) {
  if (subjectKind === 'question') return `/questions/${subjectId}`
  if (subjectKind === 'answer') return `/questions/${subject?.questionId}#answer-${subjectId}`
  if (subjectKind === 'incident') return `/moderation/incidents/${subjectId}`
  if (subjectKind === 'comment') return `/questions/${subject?.questionId}#comment-${subjectId}`
  if (subjectKind === 'application') return `/moderation/applications/${subjectId}`
  if (!isForAdministrator) return undefined
  if (subjectKind === 'profession') return `/admin/professions/${subjectId}`
  return subjectKind === 'category' ? `/admin/categories/${subjectId}` : `/admin/accounts/${subjectId}`
}
