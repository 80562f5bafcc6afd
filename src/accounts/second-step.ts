import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Writer } from '../database/types.ts'
import { queueMail } from '../notifications/queries.ts'
import { looksLikeCode, stepOf } from './authenticators.ts'
import { createLink, findLink, LINK_HOURS } from './link-queries.ts'
import { findCredential, usePasskey } from './passkey-queries.ts'
import { type Ceremony, checkSignIn, passkeySite, readAnswer } from './passkeys.ts'
import { findAccount } from './queries.ts'
import { looksLikeRecoveryCode } from './recovery-codes.ts'
import { recoveryCodeUsedMail } from './second-factor-mails.ts'
import { countRecoveryCodes, findAuthenticator, takeRecoveryCode, takeStep } from './second-factor-queries.ts'

const PENDING_COOKIE = 'second_step'
const BROWSER_COOKIE = 'remembered_browser'
const secondsOf = (hours: number) => hours * 3600

// --- who is half signed in ----------------------------------------------------------------------------------------

/** Whoever has shown one thing that proves who they are is asked for the second. */
export async function askSecondStep(request: FastifyRequest, reply: FastifyReply, accountId: number, next?: string) {
  const token = await request.server.database.write((db) => createLink(db, 'second-step', { accountId }))
  return reply
    .setCookie(PENDING_COOKIE, token, { signed: true, maxAge: secondsOf(LINK_HOURS['second-step']) })
    .redirect(request.page.url('/sign-in/second-step', { next }), 303)
}

export const pendingToken = (request: FastifyRequest) => signedCookie(request, PENDING_COOKIE)

export const findPending = (request: FastifyRequest) =>
  findLink(request.server.database.read, 'second-step', pendingToken(request))

export const endPending = (reply: FastifyReply) => reply.clearCookie(PENDING_COOKIE)

// --- browsers that are not asked ----------------------------------------------------------------------------------

/** @returns the token for its cookie */
export const rememberBrowser = (db: Writer, accountId: number) => createLink(db, 'remembered-browser', { accountId })

export const keepBrowserToken = (reply: FastifyReply, token: string) =>
  reply.setCookie(BROWSER_COOKIE, token, { signed: true, maxAge: secondsOf(LINK_HOURS['remembered-browser']) })

export async function isRemembered(request: FastifyRequest, accountId: number) {
  const token = signedCookie(request, BROWSER_COOKIE)
  const link = token && (await findLink(request.server.database.read, 'remembered-browser', token))
  return Boolean(link && link.accountId === accountId)
}

function signedCookie(request: FastifyRequest, name: string) {
  const { valid, value } = request.unsignCookie(request.cookies[name] ?? '')
  return valid ? value : undefined
}

// --- codes and passkeys -------------------------------------------------------------------------------------------

/** Uses up a code of the account's app, or one of its recovery codes. */
export async function takeCode(request: FastifyRequest, accountId: number, text: string) {
  if (looksLikeCode(text)) return takeAppCode(request, accountId, text)
  return looksLikeRecoveryCode(text) && takeWrittenCode(request, accountId, text)
}

async function takeAppCode({ server: { database, config } }: FastifyRequest, accountId: number, code: string) {
  const authenticator = await findAuthenticator(database.read, accountId)
  if (!authenticator) return false
  const step = await stepOf(code, { sealed: authenticator.secret, key: config.secret }, new Date())
  return step !== undefined && database.write((db) => takeStep(db, authenticator.id, step))
}

function takeWrittenCode({ server: { database }, page }: FastifyRequest, accountId: number, code: string) {
  return database.write(async (db) => {
    const account = await findAccount(db, accountId)
    if (!account || !(await takeRecoveryCode(db, accountId, code))) return false
    await queueMail(db, recoveryCodeUsedMail(page, account, await countRecoveryCodes(db, accountId)))
    return true
  })
}

/** For signing in; `purpose` is what the challenge was made for. Undefined where browsers have no passkeys here. */
export function ceremonyOf(request: FastifyRequest, purpose: string): Ceremony | undefined {
  const site = passkeySite(request)
  return site && { site, purpose, secret: request.server.config.secret, now: new Date() }
}

export const pendingPurpose = (request: FastifyRequest) => `second-step ${pendingToken(request)}`

/** @returns whose passkey has answered rightly, once */
export async function takePasskey(request: FastifyRequest, purpose: string, text?: string) {
  const { database } = request.server
  const [answer, ceremony] = [readAnswer(text), ceremonyOf(request, purpose)]
  const passkey = answer && (await findCredential(database.read, answer.id))
  if (!answer || !passkey || !ceremony) return undefined
  const use = await checkSignIn(answer, passkey, ceremony)
  return use && (await database.write((db) => usePasskey(db, use))) ? passkey.accountId : undefined
}
