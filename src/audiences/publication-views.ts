import { followUpEnd } from '../comments/policy.ts'
import type { Asked } from '../consents/queries.ts'
import { askedConsents } from '../consents/views.ts'
import { type PointedOut, pointedOut } from '../identity/views.ts'
import type { Crumb, Page, Views } from '../plugins/views.ts'
import type { Question } from '../questions/queries.ts'
import { questionPath } from '../questions/views.ts'
import { fieldOfSaid, type listSaid } from './publication-queries.ts'

declare module '../plugins/views.ts' {
  interface Views {
    'audiences/publication': PointedOut & {
      id: number
      path: string
      /** Of the page that was read. */
      basis: string
      crumbs: Crumb[]
      isByName: boolean
      /** What experts wrote, which becomes public with it. */
      written: Written[]
      /** Something in that may tell who the asker is. */
      isTold: boolean
      /** Leave to publish, unless it was given. */
      consents: Views['consents/_asked']
      errors?: Record<string, string>
    }
    'audiences/_written': Pick<Views['audiences/publication'], 'written' | 'isTold'>
    'audiences/_blurs': Pick<Views['audiences/publication'], 'finds'>
  }
}

type Said = Awaited<ReturnType<typeof listSaid>>
type ByExpert = Said['experts'][number]
/** `askPath`: where its asker can ask whoever wrote it to change it. */
type Written = PointedOut['parts'][number] & { name: string; askPath?: string }

/** All that its asker wrote, by field. */
export function textsOf({ title, body, tried, imaging }: Question, { own }: Said): Record<string, string> {
  const later = Object.fromEntries(own.map((said) => [fieldOfSaid(said), said.body]))
  return { title, body, ...(tried ? { tried } : {}), ...(imaging ? { imaging } : {}), ...later }
}

export function labelsOf({ t }: Page, { own }: Said): Record<string, string> {
  const later = own.map((said) => [fieldOfSaid(said), t('What you said later')])
  return {
    title: t('Your question'),
    body: t('The whole story'),
    tried: t('Tried so far'),
    imaging: t('Scans and tests'),
    ...Object.fromEntries(later),
  }
}

type Form = {
  asked: Asked[]
  values: Record<string, string>
  errors?: Record<string, string>
  /** So long an asker can write back. */
  followUpDays: number
}

export function publicationPage(
  page: Page,
  question: Question,
  said: Said,
  form: Form,
): Views['audiences/publication'] {
  const { t } = page
  const path = questionPath(question)
  const written = writtenByExperts(page, question, said, form)
  return {
    ...pointedOut(page, textsOf(question, said), labelsOf(page, said)),
    id: question.id,
    path,
    basis: String(question.changedAt.getTime()),
    crumbs: [{ name: question.title, path }, { name: t('Publish it for everybody') }],
    isByName: !question.isPseudonym,
    written,
    isTold: written.some(({ segments }) => segments.length > 1),
    consents: askedConsents(page, form.asked, form),
    errors: form.errors,
  }
}

function writtenByExperts(page: Page, question: Question, { experts }: Said, { followUpDays }: Form): Written[] {
  const numbered = experts.map((one, index) => [`by${index}`, one] as const)
  const texts = Object.fromEntries(numbered.map(([field, { body }]) => [field, body]))
  const labels = Object.fromEntries(numbered.map(([field, one]) => [field, labelOf(page, one)]))
  return pointedOut(page, texts, labels).parts.map((part, index) => {
    const one = experts[index]!
    return { ...part, name: one.name, askPath: askPathOf(one, question, followUpDays) }
  })
}

function labelOf({ t }: Page, { what, name, ...rest }: ByExpert) {
  if (what === 'answer' && 'withdrawnAt' in rest && rest.withdrawnAt)
    return t('Answer by {name}, taken back, which can still be read', { name })
  if (what === 'answer') return t('Answer by {name}', { name })
  if (what === 'recall') return t('What {name} said of a change', { name })
  return what === 'referral' ? t('Why {name} passed it on', { name }) : t('What {name} wrote below it', { name })
}

/** Below their answer while it takes follow-ups, in reply to what they asked otherwise. */
function askPathOf(one: ByExpert, { id, status }: Question, followUpDays: number) {
  if (one.what === 'comment' && status !== 'closed') return `/questions/${id}/replies/new`
  const until = one.what === 'answer' && !one.withdrawnAt ? followUpEnd(one, followUpDays) : undefined
  return one.what === 'answer' && until && until > new Date() ? `/answers/${one.id}/follow-ups/new` : undefined
}
