import { and, eq, gt, isNull, lt, or } from 'drizzle-orm'
import { locked } from '../database/dialect.ts'
import { accounts, authenticators, experts, passkeys, recoveryCodes, sessions } from '../database/schema.ts'
import type { Reader, Writer } from '../database/types.ts'
import { deleteLinks } from './link-queries.ts'
import { deleteOtherSessions } from './queries.ts'
import { newRecoveryCodes, recoveryCodeHash } from './recovery-codes.ts'

const MINUTE_MS = 60_000
/** Who begins to set up an authenticator ends within this time. */
const PENDING_MINUTES = 30

/** What a sign-in has to know of an account. */
export async function findStanding(db: Reader, accountId: number) {
  const [standing] = await db
    .select({ role: accounts.role, verifiedAt: experts.verifiedAt, twoFactorEnabled: accounts.twoFactorEnabled })
    .from(accounts)
    .leftJoin(experts, eq(experts.accountId, accounts.id))
    .where(and(eq(accounts.id, accountId), isNull(accounts.closedAt)))
  return standing
}

export async function countRecoveryCodes(db: Reader, accountId: number) {
  return db.$count(recoveryCodes, eq(recoveryCodes.accountId, accountId))
}

// --- authenticators -----------------------------------------------------------------------------------------------

export async function findAuthenticator(db: Reader, accountId: number) {
  const [authenticator] = await db
    .select()
    .from(authenticators)
    .where(and(eq(authenticators.accountId, accountId), eq(authenticators.isConfirmed, true)))
  return authenticator
}

/** The one that is being set up. */
export async function findPendingAuthenticator(db: Reader, accountId: number, now: Date) {
  const [authenticator] = await db
    .select()
    .from(authenticators)
    .where(
      and(
        eq(authenticators.accountId, accountId),
        eq(authenticators.isConfirmed, false),
        gt(authenticators.createdAt, new Date(now.getTime() - PENDING_MINUTES * MINUTE_MS)),
      ),
    )
  return authenticator
}

/** In the place of one that was begun before. */
export async function beginAuthenticator(db: Writer, accountId: number, secret: string) {
  await db
    .insert(authenticators)
    .values({ accountId, secret })
    .onConflictDoUpdate({
      target: [authenticators.accountId, authenticators.isConfirmed],
      set: { secret, createdAt: new Date() },
    })
}

type Confirmation = { accountId: number; secret: string; step: number }

/** In the place of the one before. False where it is being set up anew meanwhile. */
export async function confirmAuthenticator(db: Writer, { accountId, secret, step }: Confirmation) {
  await lockAccount(db, accountId)
  const own = eq(authenticators.accountId, accountId)
  const pending = and(own, eq(authenticators.isConfirmed, false), eq(authenticators.secret, secret))
  if ((await db.select({ id: authenticators.id }).from(authenticators).where(pending)).length === 0) return false
  await db.delete(authenticators).where(and(own, eq(authenticators.isConfirmed, true)))
  await db.update(authenticators).set({ isConfirmed: true, lastStep: step, createdAt: new Date() }).where(pending)
  await db.update(accounts).set({ twoFactorEnabled: true }).where(eq(accounts.id, accountId))
  return true
}

/** Uses a code up: false where it, or a later one, has been taken before. */
export async function takeStep(db: Writer, id: number, step: number) {
  const taken = await db
    .update(authenticators)
    .set({ lastStep: step })
    .where(and(eq(authenticators.id, id), or(isNull(authenticators.lastStep), lt(authenticators.lastStep, step))))
    .returning({ id: authenticators.id })
  return taken.length > 0
}

export async function deleteAuthenticator(db: Writer, accountId: number) {
  await lockAccount(db, accountId)
  await db.delete(authenticators).where(eq(authenticators.accountId, accountId))
  return settle(db, accountId)
}

// --- recovery codes -----------------------------------------------------------------------------------------------

/** In the place of those before. @returns them as their owner sees them, once */
export async function renewRecoveryCodes(db: Writer, accountId: number) {
  const codes = newRecoveryCodes()
  await lockAccount(db, accountId)
  await db.delete(recoveryCodes).where(eq(recoveryCodes.accountId, accountId))
  await db.insert(recoveryCodes).values(codes.map((code) => ({ accountId, hash: recoveryCodeHash(code) })))
  return codes
}

/** With the first of somebody's second factors. Undefined where they have some. */
export async function addRecoveryCodes(db: Writer, accountId: number) {
  return (await countRecoveryCodes(db, accountId)) === 0 ? renewRecoveryCodes(db, accountId) : undefined
}

/** Uses a code up. Of two at once one gets it. */
export async function takeRecoveryCode(db: Writer, accountId: number, code: string) {
  const taken = await db
    .delete(recoveryCodes)
    .where(and(eq(recoveryCodes.accountId, accountId), eq(recoveryCodes.hash, recoveryCodeHash(code))))
    .returning({ id: recoveryCodes.id })
  return taken.length > 0
}

// --- all of them together -----------------------------------------------------------------------------------------

/** Two changes of one account's second factors wait for each other. */
export const lockAccount = async (db: Writer, id: number) =>
  locked(db.select({ id: accounts.id }).from(accounts).where(eq(accounts.id, id)))

/** After one is gone. @returns whether another is left; recovery codes alone are none */
export async function settle(db: Writer, accountId: number) {
  const isEnabled =
    (await findAuthenticator(db, accountId)) !== undefined ||
    (await db.$count(passkeys, eq(passkeys.accountId, accountId))) > 0
  await db.update(accounts).set({ twoFactorEnabled: isEnabled }).where(eq(accounts.id, accountId))
  if (!isEnabled) await db.delete(recoveryCodes).where(eq(recoveryCodes.accountId, accountId))
  return isEnabled
}

export async function deleteSecondFactors(db: Writer, accountId: number) {
  await lockAccount(db, accountId)
  await db.delete(authenticators).where(eq(authenticators.accountId, accountId))
  await db.delete(passkeys).where(eq(passkeys.accountId, accountId))
  await settle(db, accountId)
}

/** By somebody else, for whoever has lost them: nobody who is signed in stays so. False where there are none. */
export async function resetSecondFactors(db: Writer, accountId: number) {
  const standing = await findStanding(db, accountId)
  if (!standing?.twoFactorEnabled) return false
  await deleteSecondFactors(db, accountId)
  await db.delete(sessions).where(eq(sessions.accountId, accountId))
  await deleteLinks(db, accountId, 'remembered-browser', 'second-step')
  return true
}

/** After any change of how one signs in: all other devices are out, and no browser is remembered. */
export async function endOtherAccess(db: Writer, session: { accountId: number; sessionId: number }) {
  await deleteOtherSessions(db, session)
  await deleteLinks(db, session.accountId, 'remembered-browser', 'second-step')
}

/** For the hourly round. */
export async function deleteAbandonedAuthenticators(db: Writer, now: Date) {
  const before = new Date(now.getTime() - PENDING_MINUTES * MINUTE_MS)
  await db
    .delete(authenticators)
    .where(and(eq(authenticators.isConfirmed, false), lt(authenticators.createdAt, before)))
}
