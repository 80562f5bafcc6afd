import { and, asc, eq, isNull, lt } from 'drizzle-orm'
import { consents, consentTexts, questions } from '../database/schema.ts'
import type { Reader, Writer } from '../database/types.ts'
import { startOfDay } from '../lib/days.ts'
import { CONSENTS, type ConsentKind, KINDS } from './texts.ts'
import { findWordings, keepWording } from './wording-queries.ts'
import type { Wording } from './wordings.ts'

export type Consent = Awaited<ReturnType<typeof listConsents>>[number]

/** Whether somebody allows this, in whichever words they read, and has not taken it back. */
export async function hasConsent(db: Reader, accountId: number, kind: ConsentKind) {
  const [standing] = await db.select({ id: consents.id }).from(consents).where(isStanding(accountId, kind)).limit(1)
  return standing !== undefined
}

/** Everything somebody ever allowed, oldest first, with the words they read. */
export function listConsents(db: Reader, accountId: number) {
  return db
    .select({
      kind: consents.kind,
      version: consents.version,
      text: consentTexts.text,
      writtenAfter: consentTexts.writtenAfter,
      givenAt: consents.givenAt,
      withdrawnAt: consents.withdrawnAt,
    })
    .from(consents)
    .leftJoin(consentTexts, and(eq(consentTexts.kind, consents.kind), eq(consentTexts.version, consents.version)))
    .where(eq(consents.accountId, accountId))
    .orderBy(asc(consents.id))
}

/** A wording to be read; renewed: its reader has said yes to older words. */
export type Asked = Wording & { isRenewed: boolean }

/**
 * What to ask for before a question: what is needed and not given, and the rest the first time only, or when the
 * wording has changed of what they had allowed.
 */
export async function listAsked(db: Reader, accountId: number | undefined): Promise<Asked[]> {
  const wordings = await findWordings(db)
  if (accountId === undefined) return KINDS.map((kind) => ({ ...wordings[kind], isRenewed: false }))
  const standing = (await listConsents(db, accountId)).filter(({ withdrawnAt }) => withdrawnAt === null)
  const has = (kind: ConsentKind) => standing.some((one) => one.kind === kind)
  const isPresent = (kind: ConsentKind) =>
    standing.some((one) => one.kind === kind && one.version >= wordings[kind].version)
  const isFirstTime = !has('health-data') || !(await hasAsked(db, accountId))
  return KINDS.filter((kind) => !isPresent(kind) && (CONSENTS[kind].isNeeded || isFirstTime || has(kind))).map(
    (kind) => ({ ...wordings[kind], isRenewed: has(kind) }),
  )
}

/** A draft may have been kept before. */
const hasAsked = async (db: Reader, accountId: number) =>
  (await db.$count(questions, eq(questions.askerId, accountId))) > 0

/** Of what is needed for something what somebody has never allowed, or taken back; of somebody nobody knows yet all. */
export async function listMissing(db: Reader, accountId: number | undefined, kinds: ConsentKind[]): Promise<Asked[]> {
  const held = accountId === undefined ? [] : await listStanding(db, accountId)
  const missing = kinds.filter((kind) => !held.includes(kind))
  if (missing.length === 0) return []
  const wordings = await findWordings(db)
  return missing.map((kind) => ({ ...wordings[kind], isRenewed: false }))
}

async function listStanding(db: Reader, accountId: number) {
  const rows = await db
    .select({ kind: consents.kind })
    .from(consents)
    .where(and(eq(consents.accountId, accountId), isNull(consents.withdrawnAt)))
  return rows.map(({ kind }) => kind)
}

/** Allowed once, and not any more. */
export async function isTakenBack(db: Reader, accountId: number, kind: ConsentKind) {
  const rows = await db
    .select({ withdrawnAt: consents.withdrawnAt })
    .from(consents)
    .where(and(eq(consents.accountId, accountId), eq(consents.kind, kind)))
  return rows.length > 0 && rows.every(({ withdrawnAt }) => withdrawnAt !== null)
}

/** Asked for what is needed before anything is kept, they were not asked for this with it. */
export const wasNeverAsked = async (db: Reader, accountId: number, kind: ConsentKind) =>
  (await hasConsent(db, accountId, 'health-data')) &&
  (await db.$count(consents, and(eq(consents.accountId, accountId), eq(consents.kind, kind)))) === 0

/** Of somebody too young to say yes. */
export async function forgetConsents(db: Writer, accountId: number) {
  await db.delete(consents).where(eq(consents.accountId, accountId))
}

/** The version somebody read of each; those that are left out they read as they are now. */
export type Read = Partial<Record<ConsentKind, number>>

type Given = { accountId: number; kinds: ConsentKind[]; read?: Read; now: Date }

/** What stands already stands on; an older wording gives way. */
export async function giveConsents(db: Writer, { accountId, kinds, read = {}, now }: Given) {
  if (kinds.length === 0) return
  const wordings = await findWordings(db)
  for (const kind of kinds) {
    const present = wordings[kind]
    const version = Math.min(read[kind] ?? present.version, present.version)
    if (version === present.version) await keepWording(db, present)
    await db.insert(consents).values({ accountId, kind, version, givenAt: now }).onConflictDoNothing()
    await db
      .update(consents)
      .set({ withdrawnAt: now })
      .where(and(isStanding(accountId, kind), lt(consents.version, version)))
  }
}

/** False: there was none. */
export async function withdrawConsent(db: Writer, accountId: number, { kind, now }: { kind: ConsentKind; now: Date }) {
  const withdrawn = await db
    .update(consents)
    .set({ withdrawnAt: now })
    .where(isStanding(accountId, kind))
    .returning({ id: consents.id })
  return withdrawn.length > 0
}

/** Kept by the day: to the second they would tell which question was asked with them. */
export async function blurConsentTimes(db: Writer, accountId: number) {
  const rows = await db.select().from(consents).where(eq(consents.accountId, accountId))
  for (const { id, givenAt, withdrawnAt } of rows)
    await db
      .update(consents)
      .set({ givenAt: startOfDay(givenAt), withdrawnAt: withdrawnAt && startOfDay(withdrawnAt) })
      .where(eq(consents.id, id))
}

const isStanding = (accountId: number, kind: ConsentKind) =>
  and(eq(consents.accountId, accountId), eq(consents.kind, kind), isNull(consents.withdrawnAt))
