import type { Registration } from '../database/schema.ts'
import { profilePage, structuredDataHtml } from '../lib/structured-data.ts'
import type { Crumb, Page } from '../plugins/views.ts'
import type { Credential } from './credential-queries.ts'
import type {} from './credential-views.ts'
import type { Expert } from './queries.ts'
import type {} from './scope-views.ts'

type AnswerLine = { id: number; createdAt: Date; questionId: number; questionSlug: string; questionTitle: string }

/** As everybody may see it. */
export type ShownCredential = Pick<Credential, 'issuer' | 'number' | 'registerUrl' | 'checkedAt'> & {
  hasLapsed: boolean
}

declare module '../plugins/views.ts' {
  interface Views {
    'experts/_registrations': { registrations: Registration[] }
    'experts/_credentials': { credentials: ShownCredential[] }
    'experts/list': { experts: Expert[]; next?: string; isFirstPage: boolean }
    'experts/show': {
      expert: Expert
      /** The country's name. */
      country?: string
      answers: AnswerLine[]
      next?: string
      crumbs: Crumb[]
      structuredDataHtml?: string
      canonicalPath: string
      isUnlisted: boolean
    }
  }
}

export const shownCredential = ({ checkAgainAt, ...credential }: Credential, now = new Date()): ShownCredential => ({
  ...credential,
  hasLapsed: checkAgainAt <= now,
})

type Answers = { rows: AnswerLine[]; next?: string }

/** An example expert is nobody: search engines are told neither of the page nor of any credentials. */
export function expertPage(page: Page, expert: Expert, { rows, next }: Answers) {
  const path = `/experts/${expert.handle}`
  const { name, profession, credentials, isExample } = expert
  const profile = { name, url: page.absolute(path), jobTitle: profession, honorificSuffix: credentials }
  return {
    expert,
    country: expert.country ? new Intl.DisplayNames(page.locale, { type: 'region' }).of(expert.country) : undefined,
    answers: rows,
    next,
    crumbs: [
      { name: page.t('Experts'), path: '/experts' },
      { name, path },
    ],
    structuredDataHtml: isExample ? undefined : structuredDataHtml(profilePage(profile)),
    canonicalPath: path,
    isUnlisted: isExample || !expert.verifiedAt,
  }
}

/** Where a page of the list of experts ended. */
export const expertCursor = ({ answerCount, accountId }: Expert) => `${answerCount}-${accountId}`

export function expertPosition(cursor: string | undefined) {
  const [, answerCount, id] = /^(\d{1,9})-(\d{1,9})$/.exec(cursor ?? '') ?? []
  return answerCount && id ? { answerCount: Number(answerCount), id: Number(id) } : undefined
}
