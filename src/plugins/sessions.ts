import { createHmac, timingSafeEqual } from 'node:crypto'
import { and, eq, gt, isNull } from 'drizzle-orm'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { accounts, experts, sessions } from '../database/schema.ts'
import type { Reader } from '../database/types.ts'
import { isVerified } from '../database/verification.ts'
import type { AppConfig } from './context.ts'
import { SignInNeeded } from './errors.ts'

/** Whoever is signed in. */
export type Viewer = NonNullable<Awaited<ReturnType<typeof findViewer>>> & {
  /** Their role asks for a second step at sign-in, and they have set none up: till then they are a member like others. */
  needsSecondFactor: boolean
}

type Standing = Pick<Viewer, 'role' | 'verifiedAt'>

export const SESSION_COOKIE = 'forum.session_token'

const DAY_SECONDS = 86_400
/** How long a session lasts after its last use. */
export const SESSION_SECONDS = 30 * DAY_SECONDS

declare module 'fastify' {
  interface FastifyRequest {
    viewer: Viewer | null
    /** Whoever sends this was signed in once, in this browser: their session has ended since. */
    hadSession: boolean
    /** @throws {SignInNeeded} */
    signedIn(): Viewer
  }
  interface FastifyReply {
    /** Signs this browser in with the session of that token. */
    startSession(token: string): FastifyReply
    endSession(): FastifyReply
  }
}

/** better-auth's own look at a session costs a millisecond; this one is a signature and one query. */
export default fp(async (app: FastifyInstance, { secret, requiresTwoFactor }: AppConfig) => {
  app.decorateRequest('viewer', null)
  app.decorateRequest('hadSession', false)

  app.decorateRequest('signedIn', function signedIn(this: FastifyRequest) {
    if (!this.viewer) throw new SignInNeeded()
    return this.viewer
  })

  app.decorateReply('startSession', function startSession(this: FastifyReply, token: string) {
    return this.setCookie(SESSION_COOKIE, signedToken(token, secret), { maxAge: SESSION_SECONDS })
  })

  app.decorateReply('endSession', function endSession(this: FastifyReply) {
    return this.clearCookie(SESSION_COOKIE)
  })

  app.addHook('onRequest', async (request, reply) => {
    const cookie = request.cookies[SESSION_COOKIE]
    const token = cookie && verifiedToken(cookie, secret)
    if (!token) return
    const found = await findViewer(app.database.read, token)
    request.viewer = found ? inStanding(found, requiresTwoFactor) : null
    request.hadSession = request.viewer === null
    reply.header('cache-control', 'private, no-store')
    if (request.viewer && isDayOld(request.viewer.usedAt)) {
      reply.startSession(token)
      renew(app, request.viewer.sessionId).catch((error) => request.log.error(error)) // the page does not wait for it
    }
  })
})

/** Whose role lets them act for others, or under a verified name. */
export const hasDuties = ({ role, verifiedAt }: Standing) => role !== 'member' || verifiedAt !== null

function inStanding(found: NonNullable<Awaited<ReturnType<typeof findViewer>>>, requiresTwoFactor: boolean): Viewer {
  const needsSecondFactor = requiresTwoFactor && !found.twoFactorEnabled && hasDuties(found)
  const lessened = needsSecondFactor && { role: 'member' as const, verifiedAt: null }
  return { ...found, ...lessened, needsSecondFactor }
}

const isDayOld = (usedAt: Date) => Date.now() - usedAt.getTime() > DAY_SECONDS * 1000

async function renew({ database }: FastifyInstance, sessionId: number) {
  const updatedAt = new Date()
  const expiresAt = new Date(updatedAt.getTime() + SESSION_SECONDS * 1000)
  await database.write(async (db) => {
    await db.update(sessions).set({ updatedAt, expiresAt }).where(eq(sessions.id, sessionId))
  })
}

/** The cookie's value for a session: its token and, behind a dot, the signature that makes a stolen database useless. */
export const signedToken = (token: string, secret: string) => `${token}.${signatureOf(token, secret)}`

function verifiedToken(cookie: string, secret: string) {
  const [token = '', signature = ''] = cookie.split('.')
  const given = Buffer.from(signature)
  const expected = Buffer.from(signatureOf(token, secret))
  return given.length === expected.length && timingSafeEqual(given, expected) ? token : undefined
}

/** The cookie's name is signed too: no other cookie's signature opens a session. */
const signatureOf = (token: string, secret: string) =>
  createHmac('sha256', secret).update(`${SESSION_COOKIE}=${token}`).digest('base64url')

async function findViewer(db: Reader, token: string) {
  const [viewer] = await db
    .select({
      id: accounts.id,
      sessionId: sessions.id,
      startedAt: sessions.createdAt,
      usedAt: sessions.updatedAt,
      name: accounts.name,
      email: accounts.email,
      role: accounts.role,
      twoFactorEnabled: accounts.twoFactorEnabled,
      handle: experts.handle,
      verifiedAt: experts.verifiedAt,
      verifiedUntil: experts.verifiedUntil,
    })
    .from(sessions)
    .innerJoin(accounts, eq(accounts.id, sessions.accountId))
    .leftJoin(experts, eq(experts.accountId, accounts.id))
    .where(and(eq(sessions.token, token), gt(sessions.expiresAt, new Date()), isNull(accounts.closedAt)))
  return viewer && { ...viewer, verifiedAt: isVerified(viewer) ? viewer.verifiedAt : null }
}
