import { and, asc, eq, isNull, lt, or } from 'drizzle-orm'
import { accounts, passkeys } from '../database/schema.ts'
import type { Reader, Writer } from '../database/types.ts'
import { lockAccount, settle } from './second-factor-queries.ts'

export type Passkey = typeof passkeys.$inferSelect

const MOST_PASSKEYS = 20
/** PostgreSQL's largest integer: from there on a copied key is no longer noticed. */
const LARGEST_COUNTER = 2 ** 31 - 1

export const listPasskeys = (db: Reader, accountId: number) =>
  db.select().from(passkeys).where(eq(passkeys.accountId, accountId)).orderBy(asc(passkeys.createdAt), asc(passkeys.id))

export async function findPasskey(db: Reader, accountId: number, id: number) {
  const [passkey] = await db
    .select()
    .from(passkeys)
    .where(and(eq(passkeys.id, id), eq(passkeys.accountId, accountId)))
  return passkey
}

/** Undefined where its account is closed. */
export async function findCredential(db: Reader, credentialId: string) {
  const [found] = await db
    .select({ passkey: passkeys })
    .from(passkeys)
    .innerJoin(accounts, eq(accounts.id, passkeys.accountId))
    .where(and(eq(passkeys.credentialId, credentialId), isNull(accounts.closedAt)))
  return found?.passkey
}

/** False where it is there already, or there are too many. */
export async function createPasskey(db: Writer, passkey: typeof passkeys.$inferInsert) {
  await lockAccount(db, passkey.accountId)
  if ((await db.$count(passkeys, eq(passkeys.accountId, passkey.accountId))) >= MOST_PASSKEYS) return false
  const created = await db
    .insert(passkeys)
    .values({ ...passkey, counter: Math.min(passkey.counter, LARGEST_COUNTER) })
    .onConflictDoNothing()
    .returning({ id: passkeys.id })
  if (created.length === 0) return false
  await db.update(accounts).set({ twoFactorEnabled: true }).where(eq(accounts.id, passkey.accountId))
  return true
}

/** False where it has answered this challenge, or a later one, before. */
export async function usePasskey(db: Writer, { id, counter, usedAt }: { id: number; counter: number; usedAt: Date }) {
  const used = await db
    .update(passkeys)
    .set({ counter: Math.min(counter, LARGEST_COUNTER), usedAt })
    .where(and(eq(passkeys.id, id), or(isNull(passkeys.usedAt), lt(passkeys.usedAt, usedAt))))
    .returning({ id: passkeys.id })
  return used.length > 0
}

/** @returns whether a second factor is left */
export async function deletePasskey(db: Writer, accountId: number, id: number) {
  await lockAccount(db, accountId)
  await db.delete(passkeys).where(and(eq(passkeys.id, id), eq(passkeys.accountId, accountId)))
  return settle(db, accountId)
}
