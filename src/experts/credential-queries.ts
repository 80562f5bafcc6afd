import { and, asc, count, eq, gt, isNotNull, lte, min } from 'drizzle-orm'
import { locked } from '../database/dialect.ts'
import { accounts, expertCredentials, experts, type Registration, searchDocuments } from '../database/schema.ts'
import type { Reader, Writer } from '../database/types.ts'
import { removeDocument } from '../search/queries.ts'
import { indexExpert } from './queries.ts'

export type Credential = typeof expertCredentials.$inferSelect
type Checked = Pick<
  typeof expertCredentials.$inferInsert,
  'issuer' | 'number' | 'registerUrl' | 'checkedAt' | 'checkedById' | 'checkAgainAt'
>

/** The first to be checked again first. */
export const listCredentials = (db: Reader, expertId: number): Promise<Credential[]> =>
  db
    .select()
    .from(expertCredentials)
    .where(eq(expertCredentials.expertId, expertId))
    .orderBy(asc(expertCredentials.checkAgainAt), asc(expertCredentials.id))

export async function findCredential(db: Reader, id: number): Promise<Credential | undefined> {
  const [credential] = await db.select().from(expertCredentials).where(eq(expertCredentials.id, id))
  return credential
}

/** What holds of an expert on a day, to be kept with what they write on it. */
export async function listRegistrations(db: Reader, expertId: number, on = new Date()): Promise<Registration[]> {
  const rows = await db
    .select()
    .from(expertCredentials)
    .where(
      and(
        eq(expertCredentials.expertId, expertId),
        lte(expertCredentials.checkedAt, on),
        gt(expertCredentials.checkAgainAt, on),
      ),
    )
    .orderBy(asc(expertCredentials.id))
  return rows.map(({ issuer, number, registerUrl, checkedAt }) => ({
    issuer,
    number,
    registerUrl,
    checkedOn: checkedAt.toISOString().slice(0, 10),
  }))
}

// --- changes: each holds the expert's row first, so that what follows from two at once is right ------------------------

/** A credential they have already, by its number, is checked anew. */
export async function addCredential(db: Writer, expertId: number, checked: Checked) {
  await lockExpert(db, expertId)
  const { issuer, number } = checked
  const [standing] = await db
    .select({ id: expertCredentials.id })
    .from(expertCredentials)
    .where(
      and(
        eq(expertCredentials.expertId, expertId),
        eq(expertCredentials.issuer, issuer),
        eq(expertCredentials.number, number),
      ),
    )
  if (standing) return updateCredential(db, { id: standing.id, expertId }, checked)
  await db.insert(expertCredentials).values({ ...checked, expertId })
  await refreshVerification(db, expertId)
}

type Which = Pick<Credential, 'id' | 'expertId'>

/** With another day to check it again its reminders begin anew. */
export async function updateCredential(db: Writer, { id, expertId }: Which, checked: Checked) {
  await lockExpert(db, expertId)
  const standing = await findCredential(db, id)
  const isAsBefore = standing?.checkAgainAt.getTime() === checked.checkAgainAt.getTime()
  await db
    .update(expertCredentials)
    .set(isAsBefore ? checked : { ...checked, remindedDays: null })
    .where(and(eq(expertCredentials.id, id), eq(expertCredentials.expertId, expertId)))
  await refreshVerification(db, expertId)
}

/** False: it is the only one of a verified expert, who would be verified for ever without it. */
export async function removeCredential(db: Writer, { id, expertId }: Which) {
  const expert = await lockExpert(db, expertId)
  const others = await db.$count(expertCredentials, eq(expertCredentials.expertId, expertId))
  if (expert?.verifiedAt && others <= 1) return false
  await db.delete(expertCredentials).where(and(eq(expertCredentials.id, id), eq(expertCredentials.expertId, expertId)))
  await refreshVerification(db, expertId)
  return true
}

/** They are verified till the first of their credentials is to be checked again. */
async function refreshVerification(db: Writer, expertId: number) {
  const [first] = await db
    .select({ checkAgainAt: min(expertCredentials.checkAgainAt) })
    .from(expertCredentials)
    .where(eq(expertCredentials.expertId, expertId))
  await db
    .update(experts)
    .set({ verifiedUntil: first?.checkAgainAt ?? null })
    .where(eq(experts.accountId, expertId))
  await indexExpert(db, expertId)
}

async function lockExpert(db: Writer, expertId: number) {
  const rows = db.select({ verifiedAt: experts.verifiedAt }).from(experts).where(eq(experts.accountId, expertId))
  const [expert] = await locked(rows)
  return expert
}

// --- what is to be checked again ----------------------------------------------------------------------------------------

const DAY_MS = 86_400_000
/** From then on staff have it before them. */
export const DUE_DAYS = 30
export const inDays = (days: number, now: Date) => new Date(now.getTime() + days * DAY_MS)

/** Those of verified experts that lapse within so many days, or have lapsed; the first to lapse first. */
export function listCredentialsDue(db: Reader, { days, now, limit }: { days: number; now: Date; limit: number }) {
  return db
    .select({
      id: expertCredentials.id,
      expertId: experts.accountId,
      name: accounts.name,
      issuer: expertCredentials.issuer,
      number: expertCredentials.number,
      registerUrl: expertCredentials.registerUrl,
      checkAgainAt: expertCredentials.checkAgainAt,
    })
    .from(expertCredentials)
    .innerJoin(experts, eq(experts.accountId, expertCredentials.expertId))
    .innerJoin(accounts, eq(accounts.id, experts.accountId))
    .where(and(isNotNull(experts.verifiedAt), lte(expertCredentials.checkAgainAt, inDays(days, now))))
    .orderBy(asc(expertCredentials.checkAgainAt), asc(expertCredentials.id))
    .limit(limit)
}

export async function countCredentialsDue(db: Reader, { days, now }: { days: number; now: Date }) {
  const [due] = await db
    .select({ count: count() })
    .from(expertCredentials)
    .innerJoin(experts, eq(experts.accountId, expertCredentials.expertId))
    .where(and(isNotNull(experts.verifiedAt), lte(expertCredentials.checkAgainAt, inDays(days, now))))
  return due!.count
}

/** Experts who have lapsed since the search last heard of them can be found no more. */
export async function forgetLapsed(db: Writer, now: Date) {
  const lapsed = await db
    .select({ id: experts.accountId })
    .from(experts)
    .innerJoin(
      searchDocuments,
      and(eq(searchDocuments.subjectId, experts.accountId), eq(searchDocuments.kind, 'expert')),
    )
    .where(lte(experts.verifiedUntil, now))
  for (const { id } of lapsed) await removeDocument(db, 'expert', id)
}
