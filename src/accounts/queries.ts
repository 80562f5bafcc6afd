import { and, desc, eq, gt, inArray, isNotNull, isNull, lt, ne, notExists, or, sql } from 'drizzle-orm'
import { locked } from '../database/dialect.ts'
import {
  accounts,
  answers,
  comments,
  credentials,
  experts,
  incidents,
  outbox,
  questions,
  type roles,
  sessions,
  thanks,
  verifications,
} from '../database/schema.ts'
import type { Reader, Writer } from '../database/types.ts'
import { newPseudonym } from '../lib/pseudonyms.ts'
import { removeDocument } from '../search/queries.ts'

export type Role = (typeof roles)[number]
export type Account = NonNullable<Awaited<ReturnType<typeof findAccount>>>

type NewAccount = {
  name: string
  email: string
  role?: Role
  passwordHash?: string
  isExample?: boolean
  ageConfirmedAt?: Date
}
type SessionOf = { accountId: number; sessionId: number }

/** How better-auth marks a password among the credentials. */
const PASSWORD = 'credential'

const shown = { id: accounts.id, name: accounts.name, email: accounts.email, role: accounts.role }

export const normalEmail = (email: string) => email.trim().toLowerCase()

export async function findAccount(db: Reader, id: number) {
  const [account] = await db
    .select(shown)
    .from(accounts)
    .where(and(eq(accounts.id, id), isNull(accounts.closedAt)))
  return account
}

export async function findAccountByEmail(db: Reader, email: string) {
  const [account] = await db
    .select(shown)
    .from(accounts)
    .where(and(eq(accounts.email, normalEmail(email)), isNull(accounts.closedAt)))
  return account
}

/** Whoever calls this knows that the address is theirs. Undefined where it has an account already. */
export async function createAccount(db: Writer, { email, passwordHash, ...values }: NewAccount) {
  const [account] = await db
    .insert(accounts)
    .values({ ...values, email: normalEmail(email), emailVerified: true })
    .onConflictDoNothing()
    .returning(shown)
  if (account && passwordHash) await insertPassword(db, account.id, passwordHash)
  return account
}

export async function renameAccount(db: Writer, id: number, name: string) {
  await db.update(accounts).set({ name, updatedAt: new Date() }).where(eq(accounts.id, id))
}

/** Their own doing: false where they are a verified expert by now. */
export async function renameMember(db: Writer, id: number, name: string) {
  const verified = db
    .select({ id: experts.accountId })
    .from(experts)
    .where(and(eq(experts.accountId, accounts.id), isNotNull(experts.verifiedAt)))
  const renamed = await db
    .update(accounts)
    .set({ name, updatedAt: new Date() })
    .where(and(eq(accounts.id, id), notExists(verified)))
    .returning({ id: accounts.id })
  return renamed.length > 0
}

export function listAccounts(db: Reader) {
  return db
    .select({ ...shown, createdAt: accounts.createdAt })
    .from(accounts)
    .where(isNull(accounts.closedAt))
    .orderBy(accounts.id)
}

/** False where somebody else has the address by now. */
export async function changeAddress(db: Writer, id: number, email: string) {
  const holder = db.select({ id: accounts.id }).from(accounts).where(eq(accounts.email, email))
  const changed = await db
    .update(accounts)
    .set({ email, updatedAt: new Date() })
    .where(and(eq(accounts.id, id), notExists(holder)))
    .returning({ id: accounts.id })
  if (changed.length > 0) await deleteLinksOf(db, id)
  return changed.length > 0
}

// --- passwords ----------------------------------------------------------------------------------------------------

export async function findPasswordHash(db: Reader, accountId: number) {
  const [credential] = await db
    .select({ password: credentials.password })
    .from(credentials)
    .where(and(eq(credentials.accountId, accountId), eq(credentials.providerId, PASSWORD)))
  return credential?.password ?? undefined
}

/** Ends every session and every link that was mailed: whoever knew the old password is out. */
export async function replacePassword(db: Writer, accountId: number, passwordHash: string) {
  // first, so that two at once wait for each other
  await db.update(accounts).set({ updatedAt: new Date() }).where(eq(accounts.id, accountId))
  await db.delete(credentials).where(and(eq(credentials.accountId, accountId), eq(credentials.providerId, PASSWORD)))
  await insertPassword(db, accountId, passwordHash)
  await db.delete(sessions).where(eq(sessions.accountId, accountId))
  await deleteLinksOf(db, accountId)
}

async function insertPassword(db: Writer, accountId: number, password: string) {
  await db.insert(credentials).values({
    accountId,
    providerId: PASSWORD,
    providerAccountId: String(accountId),
    password,
  })
}

// --- sessions and links -------------------------------------------------------------------------------------------

/** Last used first. */
export function listSessions(db: Reader, accountId: number) {
  return db
    .select({
      id: sessions.id,
      userAgent: sessions.userAgent,
      createdAt: sessions.createdAt,
      updatedAt: sessions.updatedAt,
    })
    .from(sessions)
    .where(and(eq(sessions.accountId, accountId), gt(sessions.expiresAt, new Date())))
    .orderBy(desc(sessions.updatedAt), desc(sessions.id))
}

export async function deleteSession(db: Writer, { accountId, sessionId }: SessionOf) {
  await db.delete(sessions).where(and(eq(sessions.id, sessionId), eq(sessions.accountId, accountId)))
}

export async function deleteOtherSessions(db: Writer, { accountId, sessionId }: SessionOf) {
  await db.delete(sessions).where(and(ne(sessions.id, sessionId), eq(sessions.accountId, accountId)))
}

async function deleteLinksOf(db: Writer, accountId: number) {
  await db.delete(verifications).where(eq(verifications.accountId, accountId))
}

/** For the hourly round: sessions and links nobody can use any more. */
export async function deleteExpiredAccess(db: Writer, now = new Date()) {
  await db.delete(sessions).where(lt(sessions.expiresAt, now))
  await db.delete(verifications).where(lt(verifications.expiresAt, now))
}

// --- closing ------------------------------------------------------------------------------------------------------

export async function hasAdministrator(db: Reader) {
  const [administrator] = await db
    .select({ id: accounts.id })
    .from(accounts)
    .where(and(eq(accounts.role, 'administrator'), isNull(accounts.closedAt)))
    .limit(1)
  return administrator !== undefined
}

export const isExpert = async (db: Reader, id: number) => (await db.$count(experts, eq(experts.accountId, id))) > 0

/** Of several who leave at once the last is told so: each waits for the others. */
export async function isOnlyAdministrator(db: Writer, id: number) {
  const administrators = await locked(
    db
      .select({ id: accounts.id })
      .from(accounts)
      .where(and(eq(accounts.role, 'administrator'), isNull(accounts.closedAt)))
      .orderBy(accounts.id),
  )
  return administrators.length === 1 && administrators[0]?.id === id
}

/**
 * What others read stays, and nothing ties it to anybody: questions go on under a pseudonym, answers under
 * the name and credentials they were given with. All else goes with the account's row.
 */
export async function closeAccount(db: Writer, account: Account) {
  await hideNames(db, account.id)
  await uncountThanks(db, account.id)
  await db.delete(outbox).where(or(eq(outbox.accountId, account.id), eq(outbox.recipient, account.email)))
  await db.update(incidents).set({ reporterEmail: null }).where(eq(incidents.reporterEmail, account.email))
  await removeDocument(db, 'expert', account.id)
  await db.delete(accounts).where(eq(accounts.id, account.id))
}

/** A new pseudonym for each question, lest they be tied to one another. */
async function hideNames(db: Writer, accountId: number) {
  const named = await db
    .select({ id: questions.id })
    .from(questions)
    .where(and(eq(questions.askerId, accountId), eq(questions.isPseudonym, false)))
  for (const { id } of named) {
    const askerName = newPseudonym()
    await db.update(questions).set({ askerName, isPseudonym: true, changedAt: new Date() }).where(eq(questions.id, id))
    await db
      .update(comments)
      .set({ authorName: askerName })
      .where(and(eq(comments.questionId, id), eq(comments.isByAsker, true)))
  }
}

/** Their thanks go with them, and so are not counted any more. */
async function uncountThanks(db: Writer, accountId: number) {
  const thanked = db.select({ id: thanks.answerId }).from(thanks).where(eq(thanks.accountId, accountId))
  await db
    .update(answers)
    .set({ thanksCount: sql`${answers.thanksCount} - 1` })
    .where(inArray(answers.id, thanked))
}
