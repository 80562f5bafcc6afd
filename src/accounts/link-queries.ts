import { createHash, randomBytes } from 'node:crypto'
import { and, eq, gt, like, or } from 'drizzle-orm'
import { verifications } from '../database/schema.ts'
import type { Reader, Writer } from '../database/types.ts'
import { findAccountByEmail } from './queries.ts'

/** What each kind of link that works once holds. `next`: the page its reader was on the way to. */
export type Links = {
  'sign-up': { name: string; email: string; passwordHash: string; browser: string; next?: string }
  'sign-in': { accountId: number; next?: string }
  /** Behind a cookie: somebody has shown one thing that proves who they are, and is asked for the second. */
  'second-step': { accountId: number; next?: string }
  /** Behind a cookie: a browser that is not asked for the second step. */
  'remembered-browser': { accountId: number }
  'reset-password': { accountId: number; next?: string }
  /** `sessionId`: who asks for it stays signed in. */
  'change-address': { accountId: number; email: string; sessionId?: number }
  'close-account': { accountId: number }
  /** For whoever starts the forum, while it has no administrator. */
  'first-administrator': Record<never, never>
}

type Kind = keyof Links

/** How long each works. */
export const LINK_HOURS: Record<Kind, number> = {
  'sign-up': 24,
  'sign-in': 1,
  'second-step': 0.25,
  'remembered-browser': 30 * 24,
  'reset-password': 1,
  'change-address': 24,
  'close-account': 1,
  'first-administrator': 24,
}

const HOUR_MS = 3_600_000
const TOKEN_BYTES = 24

/** @returns the token; the database keeps only its hash */
export async function createLink<K extends Kind>(db: Writer, kind: K, held: Links[K], hours = LINK_HOURS[kind]) {
  const token = randomBytes(TOKEN_BYTES).toString('base64url')
  await db.insert(verifications).values({
    identifier: identifierOf(kind, token),
    accountId: 'accountId' in held ? held.accountId : null,
    value: JSON.stringify(held),
    expiresAt: new Date(Date.now() + hours * HOUR_MS),
  })
  return token
}

/** For the page with the button: mail scanners open links too, so looking uses nothing up. */
export async function findLink<K extends Kind>(db: Reader, kind: K, token = ''): Promise<Links[K] | undefined> {
  const [row] = await db.select().from(verifications).where(isUsable(kind, token))
  return row && JSON.parse(row.value)
}

/** Uses the link up. Of two at once one gets it. */
export async function takeLink<K extends Kind>(db: Writer, kind: K, token = ''): Promise<Links[K] | undefined> {
  const [row] = await db.delete(verifications).where(isUsable(kind, token)).returning()
  return row && JSON.parse(row.value)
}

export async function deleteLinks(db: Writer, accountId: number, ...kinds: Kind[]) {
  const ofKinds = or(...kinds.map((kind) => like(verifications.identifier, `${kind}:%`)))
  await db.delete(verifications).where(and(eq(verifications.accountId, accountId), ofKinds))
}

type SignInLink = { email: string; minutes: number; next?: string }

/**
 * A link that signs somebody in once, for the command line and for trying the forum out.
 * @returns its path in the site
 * @throws where nobody has an account with that address
 */
export async function createSignInLink(db: Writer, { email, minutes, next }: SignInLink) {
  const account = await findAccountByEmail(db, email)
  if (!account) throw new Error(`Nobody has an account with the address ${email}.`)
  return signInPath(await createLink(db, 'sign-in', { accountId: account.id, next }, minutes / 60))
}

export const signInPath = (token: string) => `/sign-in/link?token=${token}`

const isUsable = (kind: Kind, token: string) =>
  and(eq(verifications.identifier, identifierOf(kind, token)), gt(verifications.expiresAt, new Date()))

const identifierOf = (kind: Kind, token: string) => `${kind}:${createHash('sha256').update(token).digest('base64url')}`
