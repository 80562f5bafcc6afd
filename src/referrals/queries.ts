import { and, asc, eq, inArray, ne, sql } from 'drizzle-orm'
import { fileQuestion, holdCategories, unfileQuestion } from '../categories/queries.ts'
import { isFreeFor, releaseClaim } from '../claims/queries.ts'
import { accounts, categories, declines, experts, questions, referrals } from '../database/schema.ts'
import type { Reader, Writer } from '../database/types.ts'
import { isLive, type Question } from '../questions/queries.ts'
import { indexQuestion } from '../questions/searched-queries.ts'
import { passQuestionTo, withdrawRouting } from './routing-queries.ts'

/** Thrown out of the transaction, so that nothing is passed on. */
export class ReferralRefused extends Error {}

type Kind = (typeof referrals.$inferSelect)['kind']
export type NewReferral = {
  kind: Kind
  expert: { accountId: number; name: string }
  /** Where to, by its kind. */
  categoryId?: number
  toExpertId?: number
  reason: string
  submissionKey: string
  now: Date
}

/**
 * Passes a question on, which takes it off the desk of who does. False: this form has been posted already.
 * @throws {ReferralRefused} it is closed, hidden, moved or taken by somebody else since it was read
 */
export async function referQuestion(db: Writer, question: Question, referral: NewReferral) {
  const { expert, categoryId, toExpertId, now } = referral
  if (categoryId !== undefined) await holdCategories(db, question.categoryId, categoryId)
  if (!(await insertReferral(db, question, referral))) return false
  const moved = await countReferral(db, question, referral)
  if (categoryId !== undefined) await refile(db, moved)
  const passed = { questionId: question.id, expertId: expert.accountId }
  await releaseClaim(db, passed)
  await withdrawRouting(db, passed)
  if (toExpertId !== undefined && toExpertId !== question.askerId)
    await passQuestionTo(db, { questionId: question.id, expertId: toExpertId }, now)
  return true
}

async function insertReferral(db: Writer, { id, categoryId: fromCategoryId }: Question, referral: NewReferral) {
  const { kind, expert, categoryId, toExpertId, reason, submissionKey, now } = referral
  const inserted = await db
    .insert(referrals)
    .values({
      questionId: id,
      expertId: expert.accountId,
      expertName: expert.name,
      kind,
      fromCategoryId: kind === 'category' ? fromCategoryId : null,
      categoryId,
      toExpertId,
      reason,
      submissionKey,
      createdAt: now,
    })
    .onConflictDoNothing()
    .returning({ id: referrals.id })
  return inserted.length > 0
}

/** A move counts as an edit: whoever has the old category in a form is told. */
async function countReferral(db: Writer, question: Question, { expert, categoryId, now }: NewReferral) {
  const move = categoryId === undefined ? {} : { categoryId, version: sql`${questions.version} + 1` }
  const [passed] = await db
    .update(questions)
    .set({ ...move, referralCount: sql`${questions.referralCount} + 1`, changedAt: now })
    .where(
      and(
        eq(questions.id, question.id),
        eq(questions.categoryId, question.categoryId),
        isLive,
        ne(questions.status, 'closed'),
        isFreeFor(db, { expertId: expert.accountId, now }),
      ),
    )
    .returning()
  if (!passed) throw new ReferralRefused()
  return passed
}

async function refile(db: Writer, { id, categoryId, createdAt, ...rest }: Question) {
  await unfileQuestion(db, id)
  await fileQuestion(db, { questionId: id, categoryId, createdAt })
  await indexQuestion(db, { id, categoryId, createdAt, ...rest })
}

type Decline = { questionId: number; expertId: number; reason: string; now: Date }

/** It is not put before this expert again. */
export async function declineQuestion(db: Writer, { now, ...decline }: Decline) {
  await db
    .insert(declines)
    .values({ ...decline, createdAt: now })
    .onConflictDoUpdate({ target: [declines.questionId, declines.expertId], set: { reason: decline.reason } })
  await releaseClaim(db, decline)
  await withdrawRouting(db, decline)
}

// --- on the page of a question ------------------------------------------------------------------------------------

export type ReferralRow = Awaited<ReturnType<typeof listReferrals>>[number]

/** How a question came to be where it is, in order. */
async function listReferrals(db: Reader, questionId: number) {
  const rows = await db
    .select({ referral: referrals, toName: accounts.name, toHandle: experts.handle })
    .from(referrals)
    .leftJoin(experts, eq(experts.accountId, referrals.toExpertId))
    .leftJoin(accounts, eq(accounts.id, experts.accountId))
    .where(eq(referrals.questionId, questionId))
    .orderBy(asc(referrals.createdAt), asc(referrals.id))
  const ids = rows.flatMap(({ referral }) => [referral.fromCategoryId, referral.categoryId]).filter((id) => id !== null)
  const places = new Map((await listPlaces(db, ids)).map((place) => [place.id, place]))
  return rows.map((row) => ({
    ...row,
    from: places.get(row.referral.fromCategoryId ?? 0),
    to: places.get(row.referral.categoryId ?? 0),
  }))
}

const listPlaces = async (db: Reader, ids: number[]) =>
  ids.length === 0
    ? []
    : db
        .select({ id: categories.id, name: categories.name, path: categories.path })
        .from(categories)
        .where(inArray(categories.id, ids))

export type DeclineRow = Awaited<ReturnType<typeof listDeclines>>[number]

const listDeclines = (db: Reader, questionId: number) =>
  db
    .select({ expertName: accounts.name, reason: declines.reason, createdAt: declines.createdAt })
    .from(declines)
    .innerJoin(accounts, eq(accounts.id, declines.expertId))
    .where(eq(declines.questionId, questionId))
    .orderBy(asc(declines.createdAt), asc(declines.expertId))

type Somebody = { isExpert: boolean; isModerator: boolean }

/** What stands on the page of a question of all this. What its row says is not there is not looked for. */
export async function findPassing(db: Reader, { id, referralCount }: Question, { isExpert, isModerator }: Somebody) {
  const [referrals, declines] = await Promise.all([
    referralCount > 0 ? listReferrals(db, id) : [],
    isExpert || isModerator ? listDeclines(db, id) : [],
  ])
  return { referrals, declines }
}
