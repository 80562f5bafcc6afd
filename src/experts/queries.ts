import { and, asc, count, desc, eq, gt, inArray, isNotNull, ne, sql } from 'drizzle-orm'
import { accounts, experts, professions } from '../database/schema.ts'
import type { Reader, Writer } from '../database/types.ts'
import { isVerifiedExpert } from '../database/verification.ts'
import { renderMarkdown } from '../lib/markdown.ts'
import { indexDocument, removeDocument } from '../search/queries.ts'
import { isInScope } from './scope-queries.ts'

const profile = {
  accountId: experts.accountId,
  handle: experts.handle,
  name: accounts.name,
  profession: experts.profession,
  credentials: experts.credentials,
  registration: experts.registration,
  country: experts.country,
  biographyHtml: experts.biographyHtml,
  interests: experts.interests,
  practice: experts.practice,
  practiceUrl: experts.practiceUrl,
  answerCount: experts.answerCount,
  leaveUntil: experts.leaveUntil,
  verifiedAt: experts.verifiedAt,
  verifiedUntil: experts.verifiedUntil,
  isExample: accounts.isExample,
}

export type Expert = NonNullable<Awaited<ReturnType<typeof findExpert>>>

/** `categoryIds`: the category they may answer in, and all above it. */
type ExpertFilter = { categoryIds?: number[]; profession?: string; now?: Date }

/** Verified experts, those with the most answers first. */
export function listExperts(
  db: Reader,
  { after, limit, ...filter }: ExpertFilter & { after?: { answerCount: number; id: number }; limit: number },
) {
  const isFurtherDown =
    after &&
    sql`(${experts.answerCount} < ${after.answerCount} or (${experts.answerCount} = ${after.answerCount} and ${experts.accountId} > ${after.id}))`
  return db
    .select(profile)
    .from(experts)
    .innerJoin(accounts, eq(accounts.id, experts.accountId))
    .where(and(isListed(db, filter), isFurtherDown))
    .orderBy(desc(experts.answerCount), asc(experts.accountId))
    .limit(limit)
}

export const countExperts = (db: Reader, filter: ExpertFilter) => db.$count(experts, isListed(db, filter))

/** Of what profession they are, and how many of each; those without one are in none. */
export function listProfessionCounts(db: Reader, filter: ExpertFilter) {
  return db
    .select({ name: professions.name, count: count() })
    .from(experts)
    .innerJoin(professions, eq(professions.id, experts.professionId))
    .where(isListed(db, filter))
    .groupBy(professions.id, professions.name)
    .orderBy(asc(professions.name))
}

function isListed(db: Reader, { categoryIds, profession, now }: ExpertFilter) {
  const ofThatName = db
    .select({ id: professions.id })
    .from(professions)
    .where(eq(professions.name, profession ?? ''))
  return and(
    isVerifiedExpert(now),
    categoryIds && isInScope(db, categoryIds),
    profession === undefined ? undefined : inArray(experts.professionId, ofThatName),
  )
}

export async function findExpert(db: Reader, handle: string) {
  const [expert] = await db
    .select(profile)
    .from(experts)
    .innerJoin(accounts, eq(accounts.id, experts.accountId))
    .where(eq(experts.handle, handle))
  return expert
}

/** What is known of an expert, verified or not. */
export async function findProfile(db: Reader, accountId: number) {
  const [found] = await db.select().from(experts).where(eq(experts.accountId, accountId))
  return found
}

/** Who may answer as an expert now, with what stands beside the answer. */
export async function findVerifiedExpert(db: Reader, accountId: number) {
  const [expert] = await db
    .select(profile)
    .from(experts)
    .innerJoin(accounts, eq(accounts.id, experts.accountId))
    .where(and(eq(experts.accountId, accountId), isVerifiedExpert()))
  return expert
}

/** Answers that nobody else sees do not count. */
export async function countAnswersOf(db: Writer, accountIds: number[], by: 1 | -1) {
  if (accountIds.length === 0) return
  await db
    .update(experts)
    .set({ answerCount: sql`${experts.answerCount} + ${by}` })
    .where(inArray(experts.accountId, accountIds))
}

/** Whether a reader would take somebody of this name for a verified expert. `exceptId` is the account of that name. */
export async function isNameOfExpert(db: Reader, name: string, exceptId: number) {
  const rows = await db
    .select({ name: accounts.name })
    .from(experts)
    .innerJoin(accounts, eq(accounts.id, experts.accountId))
    .where(and(isNotNull(experts.verifiedAt), ne(experts.accountId, exceptId)))
  return rows.some((row) => readAs(row.name) === readAs(name))
}

/** Without what is easily overlooked: capitals, accents, spaces and signs. */
const readAs = (name: string) =>
  name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M}]|[\u0300-\u036f]/gu, '')

type Profile = Pick<
  typeof experts.$inferInsert,
  'profession' | 'credentials' | 'registration' | 'country' | 'biography' | 'interests'
>
type NewExpert = Profile & Pick<typeof experts.$inferInsert, 'accountId' | 'handle' | 'professionId' | 'verifiedAt'>

/** Undefined where the account is an expert's already, or somebody else has the handle. */
export async function createExpert(db: Writer, values: NewExpert) {
  const [created] = await db
    .insert(experts)
    .values({ ...values, ...rendered(values) })
    .onConflictDoNothing()
    .returning()
  if (created) await indexExpert(db, created.accountId)
  return created
}

export async function updateProfile(db: Writer, accountId: number, profile: Profile) {
  await db
    .update(experts)
    .set({ ...profile, ...rendered(profile) })
    .where(eq(experts.accountId, accountId))
  await indexExpert(db, accountId)
}

const rendered = ({ biography }: Pick<Profile, 'biography'>) => ({
  biographyHtml: biography ? renderMarkdown(biography, 2) : null,
})

/** Verified experts can be found; to be called whenever what they are found by has changed. */
export async function indexExpert(db: Writer, accountId: number) {
  const [found] = await db.select(searched).from(experts).innerJoin(accounts, isAccount).where(isVerified(accountId))
  await (found ? indexDocument(db, searchableOf(found)) : removeDocument(db, 'expert', accountId))
}

/** Verified experts from one id on, as a search reads them. */
export async function listSearchable(db: Reader, afterId: number, limit: number) {
  const rows = db
    .select(searched)
    .from(experts)
    .innerJoin(accounts, isAccount)
    .where(and(gt(experts.accountId, afterId), isVerifiedExpert()))
    .orderBy(asc(experts.accountId))
    .limit(limit)
  return (await rows).map(searchableOf)
}

const isAccount = eq(accounts.id, experts.accountId)
const isVerified = (accountId: number) => and(eq(experts.accountId, accountId), isVerifiedExpert())

const searched = {
  id: experts.accountId,
  name: accounts.name,
  profession: experts.profession,
  credentials: experts.credentials,
  biography: experts.biography,
  createdAt: experts.createdAt,
}

type Searched = { [Field in keyof typeof searched]: (typeof searched)[Field]['_']['data'] | null } & {
  id: number
  createdAt: Date
}

const searchableOf = ({ id, name, profession, credentials, biography, createdAt }: Searched) => ({
  kind: 'expert' as const,
  id,
  title: `${name} ${profession}`,
  body: `${credentials} ${biography ?? ''}`,
  createdAt,
})
