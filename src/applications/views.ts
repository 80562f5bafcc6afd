import type { ShownEvent } from '../audit/views.ts'
import type { Place } from '../experts/scope-views.ts'
import type { Crumb, Page } from '../plugins/views.ts'
import { LARGEST_FILE, MOST_FILES } from './evidence.ts'
import type { ListedFile } from './file-queries.ts'
import { OTHER } from './forms.ts'
import { isOpen } from './policy.ts'
import type { Application, Fields, listMessages, Status } from './queries.ts'
import type { Uploads } from './uploads.ts'

type Option = { value: string; label: string }
export type Values = Record<string, string>
export type Message = Awaited<ReturnType<typeof listMessages>>[number]
export type ShownFile = Pick<ListedFile, 'id' | 'name'> & { kilobytes: number }

declare module '../plugins/views.ts' {
  interface Views {
    'applications/form': {
      values: Values
      errors?: Values
      professionOptions: Option[]
      countryOptions: Option[]
      places: Place[]
      files: ShownFile[]
      /** They are an expert already, and want more categories. */
      isExpert: boolean
      crumbs: Crumb[]
    }
    'applications/_files': { files: ShownFile[]; errors?: Values; fileHint: string; isFileNeeded: boolean }
    'applications/_register': { values: Values; errors?: Values; registerHint: string }
    'applications/_about': { values: Values; errors?: Values }
    'applications/renewal': {
      action: string
      issuer: string
      values: Values
      errors?: Values
      files: ShownFile[]
      crumbs: Crumb[]
    }
    'applications/show': {
      application: Pick<Application, 'id' | 'status' | 'createdAt' | 'decidedAt' | 'reason' | 'credentialId'>
      heading: string
      state: string
      facts: Fact[]
      messages: Message[]
      files: ShownFile[]
      values: Values
      errors?: Values
      isOpen: boolean
      crumbs: Crumb[]
    }
    'applications/_messages': { messages: Message[] }
    'applications/_facts': { facts: Fact[] }
    'applications/_events': { events: ShownEvent[] }
    'applications/credentials': { credentials: OwnCredential[]; crumbs: Crumb[] }
  }
}

export type Fact = { label: string; text?: string; address?: string; lines?: string[] }
type OwnCredential = {
  id: number
  issuer: string
  number: string
  checkedAt: Date
  checkAgainAt: Date
  hasLapsed: boolean
  /** What they handed in for it and staff have not decided on yet. */
  renewalPath?: string
}

export const applicationPath = ({ id }: Pick<Application, 'id'>) => `/experts/applications/${id}`

export const shownFile = ({ id, name, size }: ListedFile): ShownFile => ({
  id,
  name,
  kilobytes: Math.ceil(size / 1024),
})

/** What was typed, as a draft keeps it: mistakes and all. */
export function fieldsOf(values: Values): Fields {
  const { profession = '', title = '', hasInterests, interests = '' } = values
  const isListed = /^[1-9]\d{0,8}$/.test(profession)
  return {
    professionId: isListed ? Number(profession) : null,
    profession: title,
    credentials: values.credentials ?? '',
    issuer: values.issuer ?? '',
    number: values.number ?? '',
    registerUrl: values.registerUrl ?? '',
    country: values.country ?? '',
    biography: values.biography ?? '',
    interests: hasInterests === 'none' ? '' : hasInterests === 'some' ? interests || null : null,
  }
}

/** The way back: what a form shows of it. */
export function valuesOf(fields: Fields): Values {
  const { professionId, profession, interests, registerUrl, ...texts } = fields
  return {
    ...texts,
    registerUrl,
    profession: professionId ? String(professionId) : profession ? OTHER : '',
    title: profession,
    hasInterests: interests === '' ? 'none' : interests ? 'some' : '',
    interests: interests ?? '',
  }
}

const WHY: Record<Uploads['refused'][number]['why'], string> = {
  empty: '{name} is empty.',
  'too-large': '{name} is larger than {megabytes, number} MB.',
  'not-taken': '{name} is neither a PDF nor a PNG or JPEG picture.',
  broken: '{name} cannot be read: it is damaged or cut off. Please save it anew and choose it again.',
  'too-many-pixels': '{name} has more than 40 million pixels. Please make the picture smaller.',
  'too-many': '{name} is one too many: we take {most, number} files, and 40 MB in all.',
}

/** One sentence for each file that was not taken. */
export function filesError(t: Page['t'], refused: Uploads['refused']) {
  const values = { megabytes: LARGEST_FILE / 1024 / 1024, most: MOST_FILES }
  const sentences = refused.map(({ name, why }) => t(WHY[why], { ...values, name: name || t('A file') }))
  return sentences.length > 0 ? [...new Set(sentences)].join(' ') : undefined
}

export const stateOf = (t: Page['t'], status: Status) =>
  ({
    draft: t('A draft'),
    waiting: t('Waiting for our staff'),
    asked: t('Waiting for an answer from the applicant'),
    accepted: t('Accepted'),
    refused: t('Refused'),
    withdrawn: t('Withdrawn'),
  })[status]

export type Shown = { application: Application; wanted: { name: string }[]; messages: Message[]; files: ListedFile[] }

/** For whoever applied. */
export function applicationPage({ t }: Page, { application, wanted, messages, files }: Shown) {
  const { credentialId, status } = application
  const heading = credentialId ? t('Your renewal') : t('Your application')
  return {
    application,
    heading,
    state: status === 'asked' ? t('We have a question for you') : stateOf(t, status),
    facts: factsOf(t, application, wanted),
    messages,
    files: files.map(shownFile),
    isOpen: isOpen(application),
    crumbs: [{ name: t('Experts'), path: '/experts' }, { name: heading }],
  }
}

export function factsOf(t: Page['t'], application: Application, wanted: { name: string }[]): Fact[] {
  const { profession, credentials, issuer, number, registerUrl, country, biography, interests } = application
  const facts: Fact[] = [
    { label: t('Registered with'), text: issuer },
    { label: t('Number'), text: number },
    { label: t('Public register'), address: registerUrl },
  ]
  if (application.credentialId) return facts
  return [
    { label: t('Profession'), text: profession },
    { label: t('Credentials'), text: credentials },
    ...facts,
    { label: t('Country'), text: nameOfCountry(country) },
    { label: t('Wants to answer in'), lines: wanted.map(({ name }) => name) },
    { label: t('About them'), text: biography },
    { label: t('Interests'), text: interests || t('Nothing to declare') },
  ]
}

const nameOfCountry = (code: string) =>
  /^[A-Z]{2}$/.test(code) ? new Intl.DisplayNames('en', { type: 'region' }).of(code) : code
