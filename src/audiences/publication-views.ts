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
      /** What experts wrote that may tell who the asker is: only they can change it. */
      quoted: string[]
      /** Leave to publish, unless it was given. */
      consents: Views['consents/_asked']
      errors?: Record<string, string>
    }
    'audiences/_blurs': Pick<Views['audiences/publication'], 'finds'>
  }
}

type Said = Awaited<ReturnType<typeof listSaid>>

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

type Form = { asked: Asked[]; values: Record<string, string>; errors?: Record<string, string> }

export function publicationPage(
  page: Page,
  question: Question,
  said: Said,
  form: Form,
): Views['audiences/publication'] {
  const { t } = page
  const path = questionPath(question)
  const byExperts = Object.fromEntries(said.experts.map((text, index) => [`by${index}`, text]))
  return {
    ...pointedOut(page, textsOf(question, said), labelsOf(page, said)),
    id: question.id,
    path,
    basis: String(question.changedAt.getTime()),
    crumbs: [{ name: question.title, path }, { name: t('Publish it for everybody') }],
    isByName: !question.isPseudonym,
    quoted: pointedOut(page, byExperts, byExperts).finds.map(({ text }) => text),
    consents: askedConsents(page, form.asked, form),
    errors: form.errors,
  }
}
