import { and, asc, eq, isNull, lt } from 'drizzle-orm'
import { consents, consentTexts } from '../database/schema.ts'
import type { Reader, Writer } from '../database/types.ts'
import { startOfDay } from '../lib/days.ts'
import { CONSENTS, type ConsentKind, KINDS, versionOf, wordingOf } from './texts.ts'

export type Consent = Awaited<ReturnType<typeof listConsents>>[number]

/** Whether somebody allows this, in its present wording, and has not taken it back. */
export async function hasConsent(db: Reader, accountId: number, kind: ConsentKind) {
  const [standing] = await db
    .select({ id: consents.id })
    .from(consents)
    .where(and(isStanding(accountId, kind), eq(consents.version, versionOf(kind))))
  return standing !== undefined
}

/** Everything somebody ever allowed, oldest first, with the words they read. */
export function listConsents(db: Reader, accountId: number) {
  return db
    .select({
      kind: consents.kind,
      version: consents.version,
      text: consentTexts.text,
      givenAt: consents.givenAt,
      withdrawnAt: consents.withdrawnAt,
    })
    .from(consents)
    .leftJoin(consentTexts, and(eq(consentTexts.kind, consents.kind), eq(consentTexts.version, consents.version)))
    .where(eq(consents.accountId, accountId))
    .orderBy(asc(consents.id))
}

/**
 * What to ask for before a question: what is needed and not given, and the rest the first time only, or when the
 * wording has changed of what they had allowed.
 */
export async function listKindsToAsk(db: Reader, accountId: number | undefined): Promise<ConsentKind[]> {
  if (accountId === undefined) return KINDS
  const standing = (await listConsents(db, accountId)).filter(({ withdrawnAt }) => withdrawnAt === null)
  const has = (kind: ConsentKind) => standing.some((one) => one.kind === kind)
  const isCurrent = (kind: ConsentKind) => standing.some((one) => one.kind === kind && one.version === versionOf(kind))
  const isFirstTime = !has('health-data')
  return KINDS.filter((kind) => !isCurrent(kind) && (CONSENTS[kind].isNeeded || isFirstTime || has(kind)))
}

type Given = { accountId: number; kinds: ConsentKind[]; now: Date }

/** What stands already stands on; an older wording gives way. */
export async function giveConsents(db: Writer, { accountId, kinds, now }: Given) {
  for (const kind of kinds) {
    const version = versionOf(kind)
    const { text, meaning } = wordingOf(kind)!
    await db
      .insert(consentTexts)
      .values({ kind, version, text: `${text}\n\n${meaning}` })
      .onConflictDoNothing()
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
