import type { FastifyReply, FastifyRequest } from 'fastify'
import { isLoopback } from '../config.ts'
import type { FormErrors } from '../lib/form-errors.ts'
import type { Page, Views } from '../plugins/views.ts'
import type { listSessions } from './queries.ts'

/** A form as it is first shown, and again with what was typed and what is wrong with it. */
type Form = { values: Record<string, string | undefined>; errors?: FormErrors }
type Session = Awaited<ReturnType<typeof listSessions>>[number]

/** Whom to call, for somebody in danger on their way to send what they wrote. */
type OnTheWay = Views['safety/_on-the-way']

/** `ways`: where to go instead. */
type DeadLink = { ways: { name: string; path: string }[] }

type Leaving = Omit<Views['privacy/_farewell'], 'values'>

declare module '../plugins/views.ts' {
  interface Views {
    'accounts/sign-up': Form & OnTheWay
    'accounts/sign-in': Form & OnTheWay & { hasPasskeys: boolean }
    'accounts/forgot-password': Form
    'accounts/reset-password': Form
    'accounts/confirm-address': Form & OnTheWay & { email: string; asksPassword: boolean }
    'accounts/sign-in-link': OnTheWay & { token: string; email: string }
    'accounts/check-mail': Partial<Mailed> & OnTheWay
    'accounts/dead-link': DeadLink
    'accounts/show': {
      hasPassword: boolean
      recoveryCodes: number
      isAskingStopped: boolean
      sessions: ListedSession[]
    }
    'accounts/name': Form & { canRename: boolean }
    'accounts/address': Form & { hasPassword: boolean }
    'accounts/confirm-new-address': { token: string; email: string }
    'accounts/password': Form & { hasPassword: boolean }
    'accounts/closure': Form & { hasPassword: boolean } & Leaving
    'accounts/confirm-closure': { token: string; email: string; values: Record<string, string> } & Leaving
    'accounts/first-administrator': Form
    'accounts/_next': { next?: string }
    'accounts/_no-password': Record<never, never>
    'accounts/_sessions': { sessions: ListedSession[] }
  }
}

// --- what has been mailed -----------------------------------------------------------------------------------------

type Mailed = {
  purpose: 'sign-up' | 'sign-in' | 'reset-password'
  email: string
  /** The link itself, where somebody tries the forum out on their own machine and no mail leaves it. */
  link?: string
  /** Where they are going. */
  next?: string
}

const MAILED_COOKIE = 'mailed'
const MAILED_SECONDS = 600

/** Leads to the page that says: look into your mail. */
export function leadToMail(request: FastifyRequest, reply: FastifyReply, mailed: Mailed) {
  return reply
    .setCookie(MAILED_COOKIE, JSON.stringify(mailed), { signed: true, maxAge: MAILED_SECONDS })
    .redirect(request.page.url('/check-mail'), 303)
}

export function mailedTo(request: FastifyRequest): Partial<Mailed> {
  const { valid, value } = request.unsignCookie(request.cookies[MAILED_COOKIE] ?? '')
  return valid && value.startsWith('{') ? JSON.parse(value) : {}
}

/** Only ever the link that confirms a new address: it opens no account that is there already. */
export const showsConfirmation = ({ server: { config }, hostname }: FastifyRequest) =>
  config.isTrial && !config.smtpUrl && isLoopback(hostname)

// --- the account's own pages --------------------------------------------------------------------------------------

type ListedSession = ReturnType<typeof listedSession>

export const listedSession = (t: Page['t'], { userAgent, ...session }: Session, ownId: number) => ({
  ...session,
  device: deviceName(t, userAgent ?? ''),
  isOwn: session.id === ownId,
})

/** The first that fits: browsers name those they wish to be taken for as well. */
const BROWSERS: [RegExp, string][] = [
  [/Edg(e|A|iOS)?\//, 'Edge'],
  [/OPR\/|Opera/, 'Opera'],
  [/SamsungBrowser/, 'Samsung Internet'],
  [/Firefox|FxiOS/, 'Firefox'],
  [/Chrome|CriOS/, 'Chrome'],
  [/Safari/, 'Safari'],
]
const SYSTEMS: [RegExp, string][] = [
  [/iPhone/, 'iPhone'],
  [/iPad/, 'iPad'],
  [/Android/, 'Android'],
  [/Windows/, 'Windows'],
  [/Mac OS/, 'Mac'],
  [/CrOS/, 'Chromebook'],
  [/Linux/, 'Linux'],
]

const nameIn = (names: [RegExp, string][], userAgent: string) => names.find(([sign]) => sign.test(userAgent))?.[1]

function deviceName(t: Page['t'], userAgent: string) {
  const browser = nameIn(BROWSERS, userAgent)
  const system = nameIn(SYSTEMS, userAgent)
  if (browser && system) return t('{browser} on {system}', { browser, system })
  return browser ?? system ?? t('A browser we do not know')
}
