import { base32 } from '@better-auth/utils/base32'
import { createOTP } from '@better-auth/utils/otp'
import { type browser, type open, PASSWORD } from './browser.ts'

type Forum = Pick<Awaited<ReturnType<typeof open>>, 'visitor'>
type Visitor = ReturnType<typeof browser>

const STEP_MS = 30_000

/** What an authenticator app shows now, or so many half minutes later. */
export function codeOf(key: string, later = 0) {
  const secret = base32.decode(key.replaceAll(' ', ''))
  return createOTP(secret).hotp(Math.floor(Date.now() / STEP_MS) + later)
}

/** Begins to set up an app. @returns its key, as it is typed into it */
export async function beginApp(visitor: Visitor, fields: Record<string, string> = {}) {
  await visitor.post('/account/two-factor/authenticator', fields)
  const page = await visitor.get('/account/two-factor/authenticator')
  return /<code class="key">([A-Z2-7 ]+)<\/code>/.exec(page.body)?.[1] ?? ''
}

export const codesIn = (body: string) => [...body.matchAll(/<li><code>([^<]+)<\/code>/g)].map(([, code = '']) => code)

/** Sets up an app, and keeps the recovery codes. */
export async function protect({ visitor }: Forum) {
  const key = await beginApp(visitor)
  const done = await visitor.post('/account/two-factor/authenticator/confirmation', { code: await codeOf(key) })
  const codes = codesIn(done.body)
  if (codes.length === 0) throw new Error(`not set up: ${done.statusCode} ${done.body}`)
  return { key, codes }
}

/** The first step. */
export const signIn = (visitor: Visitor, email: string, next?: string) =>
  visitor.post('/sign-in', { email, password: PASSWORD, ...(next && { next }) })

export const takeStep = (visitor: Visitor, fields: Record<string, string>) =>
  visitor.post('/sign-in/second-step', fields)
