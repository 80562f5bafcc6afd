import { and, asc, count, desc, eq, inArray, isNull, lt, sql } from 'drizzle-orm'
import { locked } from '../database/dialect.ts'
import {
  accounts,
  applicationCategories,
  applicationMessages,
  type applicationStatuses,
  applications,
  categories,
} from '../database/schema.ts'
import type { Reader, Writer } from '../database/types.ts'
import { listTops } from '../experts/profession-queries.ts'
import { PAGE_SIZE } from '../lib/paging.ts'

export type Application = typeof applications.$inferSelect
export type Status = (typeof applicationStatuses)[number]
export type Fields = Pick<
  typeof applications.$inferInsert,
  | 'professionId'
  | 'profession'
  | 'credentials'
  | 'issuer'
  | 'number'
  | 'registerUrl'
  | 'country'
  | 'biography'
  | 'interests'
>

const OPEN: Status[] = ['waiting', 'asked']

export async function findApplication(db: Reader, id: number): Promise<Application | undefined> {
  const [application] = await db.select().from(applications).where(eq(applications.id, id))
  return application
}

/** To become an expert, or one for more categories: the one that is not decided, a draft perhaps. */
export async function findUndecided(db: Reader, accountId: number): Promise<Application | undefined> {
  const [application] = await db
    .select()
    .from(applications)
    .where(
      and(eq(applications.accountId, accountId), isNull(applications.credentialId), isNull(applications.decidedAt)),
    )
  return application
}

/** The last they sent, whatever came of it. */
export async function findLatest(db: Reader, accountId: number): Promise<Application | undefined> {
  const [application] = await db
    .select()
    .from(applications)
    .where(and(eq(applications.accountId, accountId), isNull(applications.credentialId)))
    .orderBy(desc(applications.createdAt), desc(applications.id))
    .limit(1)
  return application
}

/** What of theirs is under way, renewals too: by the credential they renew. */
export const listUndecided = (db: Reader, accountId: number): Promise<Application[]> =>
  db
    .select()
    .from(applications)
    .where(and(eq(applications.accountId, accountId), isNull(applications.decidedAt)))

export const listWanted = (db: Reader, applicationId: number) =>
  db
    .select({ id: categories.id, path: categories.path, name: categories.name })
    .from(applicationCategories)
    .innerJoin(categories, eq(categories.id, applicationCategories.categoryId))
    .where(eq(applicationCategories.applicationId, applicationId))
    .orderBy(asc(categories.path))

// --- writing one --------------------------------------------------------------------------------------------------------

type Draft = { accountId: number; submissionKey: string; credentialId?: number; fields: Fields; categoryIds: number[] }

/**
 * Keeps what was typed. The form that was sent before finds what was made of it, and whoever has sent another finds
 * that: it is returned as it stands, and nothing is changed.
 */
export async function saveDraft(db: Writer, { accountId, submissionKey, credentialId, ...typed }: Draft) {
  await db
    .insert(applications)
    .values({ ...typed.fields, accountId, submissionKey, credentialId, status: 'draft' })
    .onConflictDoNothing()
  const standing = await findStanding(db, { accountId, submissionKey, credentialId })
  if (standing?.status !== 'draft') return standing
  await db
    .update(applications)
    .set({ ...typed.fields, changedAt: new Date() })
    .where(eq(applications.id, standing.id))
  await setWanted(db, standing.id, typed.categoryIds)
  return standing
}

type Which = Pick<Draft, 'accountId' | 'submissionKey' | 'credentialId'>

/** The one of this form, or else the one that is not decided yet. */
async function findStanding(db: Writer, { accountId, submissionKey, credentialId }: Which) {
  const isOfForm = eq(applications.submissionKey, submissionKey)
  const isUndecided = and(
    isNull(applications.decidedAt),
    credentialId === undefined ? isNull(applications.credentialId) : eq(applications.credentialId, credentialId),
  )
  const [standing] = await locked(
    db
      .select()
      .from(applications)
      .where(and(eq(applications.accountId, accountId), sql`(${isOfForm} or ${isUndecided})`))
      .orderBy(sql`case when ${isOfForm} then 0 else 1 end`)
      .limit(1),
  )
  return standing
}

async function setWanted(db: Writer, applicationId: number, categoryIds: number[]) {
  const tops = await listTops(db, categoryIds)
  await db.delete(applicationCategories).where(eq(applicationCategories.applicationId, applicationId))
  if (tops.length > 0)
    await db.insert(applicationCategories).values(tops.map((categoryId) => ({ applicationId, categoryId })))
}

/** From now on it waits for staff. False: it has been sent already. */
export async function sendDraft(db: Writer, id: number, now = new Date()) {
  const sent = await db
    .update(applications)
    .set({ status: 'waiting', createdAt: now, changedAt: now })
    .where(and(eq(applications.id, id), eq(applications.status, 'draft')))
    .returning({ id: applications.id })
  return sent.length > 0
}

/** What nobody went on with goes, with its files. */
export async function deleteOldDrafts(db: Writer, before: Date) {
  await db.delete(applications).where(and(eq(applications.status, 'draft'), lt(applications.changedAt, before)))
}

// --- what is said to and fro --------------------------------------------------------------------------------------------

export const listMessages = (db: Reader, applicationId: number) =>
  db
    .select({
      id: applicationMessages.id,
      authorName: accounts.name,
      isByStaff: applicationMessages.isByStaff,
      body: applicationMessages.body,
      createdAt: applicationMessages.createdAt,
    })
    .from(applicationMessages)
    .leftJoin(accounts, eq(accounts.id, applicationMessages.authorId))
    .where(eq(applicationMessages.applicationId, applicationId))
    .orderBy(asc(applicationMessages.createdAt), asc(applicationMessages.id))

type Message = { authorId: number; isByStaff: boolean; body: string }

/** Staff ask back, or the applicant answers. False: it has been decided meanwhile. */
export async function addMessage(db: Writer, id: number, { authorId, isByStaff, body }: Message) {
  const status = isByStaff ? ('asked' as const) : ('waiting' as const)
  if (!(await changeOpen(db, id, { status }))) return false
  await db.insert(applicationMessages).values({ applicationId: id, authorId, isByStaff, body })
  return true
}

/** True for one alone of all who try at once. */
export async function changeOpen(db: Writer, id: number, change: Partial<Application>) {
  const changed = await db
    .update(applications)
    .set({ ...change, changedAt: new Date() })
    .where(and(eq(applications.id, id), inArray(applications.status, OPEN)))
    .returning({ id: applications.id })
  return changed.length > 0
}

// --- for staff ----------------------------------------------------------------------------------------------------------

const listed = {
  id: applications.id,
  name: accounts.name,
  profession: applications.profession,
  country: applications.country,
  credentialId: applications.credentialId,
  status: applications.status,
  createdAt: applications.createdAt,
  decidedAt: applications.decidedAt,
}

type Place = { at: Date; id: number }

/** The oldest first while they wait, the newest first once they are decided; one more than a page. */
export function listApplications(db: Reader, { statuses, after }: { statuses: Status[]; after?: Place }) {
  const isDecided = !statuses.some((status) => OPEN.includes(status))
  const place = sql`(${applications.createdAt}, ${applications.id})`
  const from = after && sql`(${sql.param(after.at, applications.createdAt)}, ${after.id})`
  const isFurther = from && (isDecided ? sql`${place} < ${from}` : sql`${place} > ${from}`)
  const order = isDecided ? desc : asc
  return db
    .select(listed)
    .from(applications)
    .innerJoin(accounts, eq(accounts.id, applications.accountId))
    .where(and(inArray(applications.status, statuses), isFurther))
    .orderBy(order(applications.createdAt), order(applications.id))
    .limit(PAGE_SIZE + 1)
}

/** How many there are of each status, drafts left out. */
export async function countApplications(db: Reader) {
  const rows = await db
    .select({ status: applications.status, count: count() })
    .from(applications)
    .groupBy(applications.status)
  return new Map(rows.map((row) => [row.status, row.count]))
}

/** Whoever applied, and who decided. */
export async function findPeople(db: Reader, { accountId, decidedById }: Application) {
  const ids = [accountId, decidedById].filter((id) => id !== null)
  const rows = await db
    .select({ id: accounts.id, name: accounts.name, email: accounts.email, createdAt: accounts.createdAt })
    .from(accounts)
    .where(inArray(accounts.id, ids))
  const find = (id: number | null) => rows.find((row) => row.id === id)
  return { applicant: find(accountId)!, decider: find(decidedById) }
}

/** What else the same person sent before. */
export const listEarlier = (db: Reader, { accountId, id }: Application) =>
  db
    .select(listed)
    .from(applications)
    .innerJoin(accounts, eq(accounts.id, applications.accountId))
    .where(
      and(
        eq(applications.accountId, accountId),
        inArray(applications.status, ['accepted', 'refused', 'withdrawn']),
        lt(applications.id, id),
      ),
    )
    .orderBy(desc(applications.id))
    .limit(PAGE_SIZE)
