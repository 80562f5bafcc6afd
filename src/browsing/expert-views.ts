import type { listCountersignsBy } from '../countersigns/queries.ts'
import { sayingOf } from '../countersigns/views.ts'
import { isVerified } from '../database/verification.ts'
import type { Credential } from '../experts/credential-queries.ts'
import type { Expert, listProfessionCounts } from '../experts/queries.ts'
import { type ShownCredential, shownCredential } from '../experts/views.ts'
import { plainTextOf } from '../lib/excerpts.ts'
import { profilePage, structuredDataHtml } from '../lib/structured-data.ts'
import type { OutcomeTally } from '../outcomes/queries.ts'
import { outcomeSum } from '../outcomes/sums.ts'
import { expertOutcome } from '../outcomes/views.ts'
import type { Crumb, Page } from '../plugins/views.ts'
import { type ShownWait, spanOf } from '../waiting/views.ts'

type AnswerLine = { id: number; createdAt: Date; questionId: number; questionSlug: string; questionTitle: string }
type Named = { name: string; path: string }
type Option = { value: string; label: string }
type Given = Awaited<ReturnType<typeof listCountersignsBy>>[number]
type ListedExpert = Expert & { awayUntil?: Date }

declare module '../plugins/views.ts' {
  interface Views {
    'experts/list': {
      experts: ListedExpert[]
      count: number
      /** What the list is narrowed to, as the address has it. */
      filter: Filter
      categoryName?: string
      categoryOptions: Option[]
      professionOptions: Option[]
      next?: string
      isFirstPage: boolean
    }
    'experts/_list': { experts: ListedExpert[] }
    'experts/_filter': Pick<Views['experts/list'], 'filter' | 'categoryOptions' | 'professionOptions'>
    'experts/show': {
      expert: ListedExpert
      isVerified: boolean
      credentials: ShownCredential[]
      categories: Named[]
      /** The country's name. */
      country?: string
      /** Half of their answers came within it. */
      span?: Omit<ShownWait, 'expertCount'>
      answers: AnswerLine[]
      countersigns: { rows: (Given & { saying: string })[]; count: number }
      thanksCount: number
      /** Of their answers, for themselves alone: those that went with questions taken back. */
      takenBackCount: number
      /** How those fared whose questions they answered. */
      outcomeSentence?: string
      canEdit: boolean
      /** In confidence. */
      canBeAsked: boolean
      next?: string
      crumbs: Crumb[]
      structuredDataHtml?: string
      canonicalPath: string
      isUnlisted: boolean
    }
    'experts/_facts': Pick<Views['experts/show'], 'expert' | 'country' | 'credentials' | 'categories' | 'span'>
    'experts/_countersigns': Pick<Views['experts/show'], 'countersigns'>
  }
}

type Filter = { category?: string; profession?: string }

type List = {
  rows: Expert[]
  count: number
  professions: Awaited<ReturnType<typeof listProfessionCounts>>
  categories: { path: string; trail: string }[]
  filter: Filter
  categoryName?: string
  next?: string
  isFirstPage: boolean
  now: Date
}

export function expertList({ t }: Page, { rows, professions, categories, now, ...list }: List) {
  return {
    ...list,
    experts: rows.map((row) => listed(row, now)),
    categoryOptions: categories.map(({ path, trail }) => ({ value: path, label: trail })),
    professionOptions: professions.map(({ name, count }) => ({
      value: name,
      label: t('{name} ({count})', { name, count }),
    })),
  }
}

const listed = (expert: Expert, now: Date): ListedExpert => ({
  ...expert,
  awayUntil: expert.leaveUntil && expert.leaveUntil > now ? expert.leaveUntil : undefined,
})

type Known = {
  rows: AnswerLine[]
  next?: string
  credentials: Credential[]
  categories: Named[]
  given: Given[]
  givenCount: number
  medianSeconds?: number
  thanksCount: number
  tally: OutcomeTally
  now: Date
}

/** An example expert is nobody: search engines are told neither of the page nor of any credentials. */
export function expertPage(page: Page, expert: Expert, known: Known) {
  const path = `/experts/${expert.handle}`
  const { rows, next, categories, given, givenCount, medianSeconds, now } = known
  const credentials = known.credentials.map((credential) => shownCredential(credential, now))
  return {
    expert: listed(expert, now),
    isVerified: isVerified(expert, now),
    credentials,
    categories,
    country: expert.country ? new Intl.DisplayNames(page.locale, { type: 'region' }).of(expert.country) : undefined,
    span: medianSeconds === undefined ? undefined : spanOf(medianSeconds),
    thanksCount: known.thanksCount,
    outcomeSentence: expertOutcome(page, outcomeSum(known.tally)),
    answers: rows,
    countersigns: { rows: given.map((one) => ({ ...one, saying: sayingOf(page.t, one.stance) })), count: givenCount },
    canEdit: page.viewer?.id === expert.accountId,
    canBeAsked:
      page.viewer?.id !== expert.accountId && isVerified(expert, now) && listed(expert, now).awayUntil === undefined,
    next,
    crumbs: [
      { name: page.t('Experts'), path: '/experts' },
      { name: expert.name, path },
    ],
    structuredDataHtml: expert.isExample ? undefined : profileHtml(page, expert, { credentials, categories }),
    canonicalPath: path,
    isUnlisted: expert.isExample || !isVerified(expert, now),
  }
}

type Told = { credentials: ShownCredential[]; categories: Named[] }

/** Credentials that have lapsed are none to other machines. */
function profileHtml(page: Page, expert: Expert, { credentials, categories }: Told) {
  const { name, handle, profession, biographyHtml, practice, practiceUrl, country } = expert
  const data = {
    name,
    url: page.absolute(`/experts/${handle}`),
    jobTitle: profession,
    honorificSuffix: expert.credentials,
    description: biographyHtml ? plainTextOf(biographyHtml) : undefined,
    knowsAbout: categories.map((category) => category.name),
    worksFor: practice ? { name: practice, url: practiceUrl ?? undefined } : undefined,
    country: country ?? undefined,
    credentials: credentials
      .filter(({ hasLapsed }) => !hasLapsed)
      .map(({ issuer, number, registerUrl }) => ({ issuer, number, url: registerUrl ?? undefined })),
  }
  return structuredDataHtml(profilePage(data))
}

/** Where a page of the list of experts ended. */
export const expertCursor = ({ answerCount, accountId }: Expert) => `${answerCount}-${accountId}`

export function expertPosition(cursor: string | undefined) {
  const [, answerCount, id] = /^(\d{1,9})-(\d{1,9})$/.exec(cursor ?? '') ?? []
  return answerCount && id ? { answerCount: Number(answerCount), id: Number(id) } : undefined
}
