import { join } from 'node:path'
import fastifyView from '@fastify/view'
import { Eta } from 'eta'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { startOfDay } from '../lib/days.ts'
import { createTranslator } from '../lib/messages.ts'
import { createUrl, safePath } from '../lib/urls.ts'
import { iconHtml } from './assets.ts'
import type { AppConfig } from './context.ts'
import type { Viewer } from './sessions.ts'

export type Crumb = { name: string; path?: string }

type Layout = {
  title: string
  body: string
  description?: string
  /** The path without the query string that search engines should know this page by. */
  canonicalPath?: string
  crumbs?: Crumb[]
  structuredDataHtml?: string
  isUnlisted?: boolean
}

/** One field of a form. `fieldId` is its `name` unless the page has two of that name. */
type Field = {
  name: string
  label: string
  value?: string
  hint?: string
  error?: string
  isRequired?: boolean
  fieldId?: string
}
/** A longer text than `maxLength` is not cut off: its writer is told, here and by the server. */
type TextField = Field & { maxLength?: number }

/** The data each template needs. Features add theirs in <feature>/views.ts. */
export interface Views {
  'layouts/page': Layout
  'layouts/_head': Layout
  'layouts/_header': Record<never, never>
  'layouts/_account': Record<never, never>
  'layouts/_theme': Record<never, never>
  'layouts/_second-factor': Record<never, never>
  'layouts/_footer': Record<never, never>
  'layouts/_mark': Record<never, never>
  'layouts/_contact': Record<never, never>
  'forms/_field': TextField & { type?: string; autocomplete?: string; inputmode?: string }
  'forms/_area': TextField & { rows?: number; hasPreview?: boolean }
  /** Searchable: with JavaScript one types to find the option. */
  'forms/_select': Field & { options: { value: string; label: string }[]; emptyLabel?: string; isSearchable?: boolean }
  /** Sends `true` when ticked, nothing otherwise. */
  'forms/_checkbox': Omit<Field, 'value' | 'isRequired'> & { isChecked?: boolean }
  'forms/_label': Field
  'forms/_attributes': TextField
  /** All that is wrong, above the form. `labels` names the fields where the messages alone do not. */
  'forms/_errors': { errors?: Record<string, string>; labels?: Record<string, string> }
  'errors/error': {
    status: number
    message: string
    /** The message alone does not say why. */
    isClosedToThem: boolean
    /** What they wrote as an expert is kept. */
    isUnverified: boolean
    wait?: number
    requestId: string
    /** Somebody sent a form, and may want back what they wrote. */
    isPosted: boolean
  }
}

/** What every template has besides its own data; its functions stand in templates by their bare names. */
export type Page = ReturnType<typeof createPage>

declare module 'fastify' {
  interface FastifyRequest {
    page: Page
  }
  interface FastifyReply {
    render<Name extends keyof Views>(name: Name, data: Views[Name]): FastifyReply
    locals: { page: Page }
  }
}

const LOCALE = 'en'
const THEMES = ['light', 'dark'] as const

const { t, tHtml } = createTranslator(LOCALE)
/** Dates and numbers as most who read English write them. */
const FORMATS = 'en-GB'
const dateFormat = new Intl.DateTimeFormat(FORMATS, { dateStyle: 'long', timeZone: 'UTC' })
const momentFormat = new Intl.DateTimeFormat(FORMATS, { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' })
const clockFormat = new Intl.DateTimeFormat(FORMATS, { timeStyle: 'short', timeZone: 'UTC' })
const dayFormat = new Intl.DateTimeFormat(FORMATS, { day: 'numeric', month: 'long', timeZone: 'UTC' })
const numberFormat = new Intl.NumberFormat(FORMATS)

const formatDate = (date: Date) => dateFormat.format(date)
const formatMoment = (date: Date) => `${momentFormat.format(date)} UTC`
const formatNumber = (number: number) => numberFormat.format(number)
const isDay = (date: Date) => date.getTime() === startOfDay(date).getTime()

/**
 * Absolute, so that a kept page stays true; public/js/times.js makes it "3 hours ago" where that helps. Where days alone are
 * kept, a day.
 */
const timeHtml = (date: Date) =>
  isDay(date)
    ? `<time datetime="${date.toISOString().slice(0, 10)}">${dateFormat.format(date)}</time>`
    : `<time datetime="${date.toISOString()}" title="${formatMoment(date)}">${dateFormat.format(date)}</time>`

/** "15:40 UTC", with the day where it is not today. */
const formatClock = (date: Date) => {
  const clock = `${clockFormat.format(date)} UTC`
  const day = dayFormat.format(date)
  return day === dayFormat.format(new Date()) ? clock : `${day}, ${clock}`
}
/** A time of day that is still to come; public/js/times.js puts it into the reader's own. */
const clockHtml = (date: Date) => `<time datetime="${date.toISOString()}" data-clock>${formatClock(date)}</time>`

const NAMES = 't, tHtml, url, asset, iconHtml, timeHtml, clockHtml, formatDate, formatNumber'

export default fp(async (app: FastifyInstance, config: AppConfig) => {
  const root = join(import.meta.dirname, '../../views')
  await app.register(fastifyView, {
    engine: { eta: new Eta({ views: root, cache: true, functionHeader: `const { ${NAMES} } = it.page;` }) },
    root,
    viewExt: 'eta',
    propertyName: 'render',
  })

  const site = createSite(app, config)
  app.decorateRequest('page', null as unknown as Page)
  app.addHook('onRequest', async (request, reply) => {
    request.page = createPage(site, request)
    reply.locals = { page: request.page }
  })
})

type Site = ReturnType<typeof createSite>

function createSite(app: FastifyInstance, config: AppConfig) {
  const url = createUrl(config.basePath)
  return {
    name: config.siteName,
    url,
    asset: (file: string) => url(app.assetPath(file)),
    origin: () => app.siteOrigin(),
    basePath: config.basePath,
    contact: contactOf(config),
  }
}

function contactOf({ contact }: AppConfig) {
  if (!contact) return undefined
  return { address: contact, url: contact.startsWith('https://') ? contact : `mailto:${contact}` }
}

function createPage(site: Site, request: FastifyRequest) {
  const theme = THEMES.find((name) => name === request.cookies.theme)
  return {
    siteName: site.name,
    /** How to reach those who run the site. */
    contact: site.contact,
    locale: LOCALE,
    /** The address asked for, without the sub-path. */
    path: request.url,
    refererPath: refererPath(request, site.basePath),
    theme,
    notice: undefined as string | undefined,
    url: site.url,
    asset: site.asset,
    /** The whole address, for other machines and for mail. */
    absolute: (path: string) => site.origin() + site.url(path),
    get viewer(): Viewer | null {
      return request.viewer
    },
    t,
    tHtml,
    iconHtml,
    timeHtml,
    clockHtml,
    formatClock,
    formatDate,
    formatMoment,
    formatNumber,
  }
}

/** The page of ours the request came from. */
function refererPath({ headers: { referer } }: FastifyRequest, basePath: string) {
  if (!referer || !URL.canParse(referer)) return '/'
  const { pathname, search } = new URL(referer)
  return safePath((pathname + search).slice(pathname.startsWith(`${basePath}/`) ? basePath.length : 0))
}
