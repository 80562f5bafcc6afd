import { and, asc, desc, eq, inArray, isNull, lte, or, sql } from 'drizzle-orm'
import { listCategoryIdsOf } from '../categories/queries.ts'
import { accounts, experts, questionLooks, questions } from '../database/schema.ts'
import type { Reader, Writer } from '../database/types.ts'
import { isVerifiedExpert } from '../database/verification.ts'
import { mayAnswerIn } from '../experts/scope-queries.ts'
import { isInConfidence, type Question } from '../questions/queries.ts'
import { findAbsence } from './attendance-queries.ts'

/** Whether a question was asked in confidence of an expert. Whether they are verified, whoever calls this knows. */
export async function isInAudience(db: Reader, expertId: number, { id, audience, addresseeId }: Question) {
  if (audience === 'expert') return addresseeId === expertId
  return audience === 'experts' && mayAnswerIn(db, expertId, await listCategoryIdsOf(db, id))
}

/** Of these experts, those who may read a question: what was asked in confidence not all, and only while they are verified. */
export async function readersAmong<Person extends { accountId: number }>(
  db: Reader,
  questionId: number,
  people: Person[],
  now: Date,
) {
  const [question] = people.length > 0 ? await db.select().from(questions).where(eq(questions.id, questionId)) : []
  if (!question?.audience) return people
  const ids = people.map(({ accountId }) => accountId)
  const verified = await db
    .select({ id: experts.accountId })
    .from(experts)
    .where(and(inArray(experts.accountId, ids), isVerifiedExpert(now)))
  const allowed = new Set<number>()
  for (const { id } of verified) if (await isInAudience(db, id, question)) allowed.add(id)
  return people.filter(({ accountId }) => allowed.has(accountId))
}

type Whose = { expertId: number; categoryIds?: number[] }

/**
 * A condition on `questions`: asked in confidence of an expert, and open.
 * @param categoryIds where they may answer; none: everywhere
 */
export const isConfidedTo = ({ expertId, categoryIds }: Whose) =>
  and(
    isInConfidence,
    or(
      and(eq(questions.audience, 'expert'), eq(questions.addresseeId, expertId)),
      and(eq(questions.audience, 'experts'), categoryIds && inArray(questions.categoryId, categoryIds)),
    ),
  )

type NewLook = { questionId: number; accountId: number; isStaff: boolean; now: Date }

/** Whoever opens it, reloads it and writes there has looked once. */
const ONE_LOOK_MS = 30 * 60_000

/** One row a day. */
export async function noteLook(db: Writer, { now, ...look }: NewLook) {
  const before = sql.param(new Date(now.getTime() - ONE_LOOK_MS), questionLooks.lastAt)
  const isAnother = sql`case when ${questionLooks.lastAt} < ${before} then 1 else 0 end`
  await db
    .insert(questionLooks)
    .values({ ...look, day: now.toISOString().slice(0, 10), firstAt: now, lastAt: now })
    .onConflictDoUpdate({
      target: [questionLooks.questionId, questionLooks.accountId, questionLooks.day],
      set: { lastAt: now, isStaff: look.isStaff, count: sql`${questionLooks.count} + ${isAnother}` },
    })
}

export type Look = Awaited<ReturnType<typeof listLooks>>[number]

const MOST_LOOKS = 200

/** Who has read a question asked in confidence, the last first. */
export const listLooks = (db: Reader, questionId: number) =>
  db
    .select({
      name: accounts.name,
      handle: experts.handle,
      isStaff: questionLooks.isStaff,
      firstAt: questionLooks.firstAt,
      lastAt: questionLooks.lastAt,
      count: questionLooks.count,
    })
    .from(questionLooks)
    .leftJoin(accounts, eq(accounts.id, questionLooks.accountId))
    .leftJoin(experts, eq(experts.accountId, questionLooks.accountId))
    .where(eq(questionLooks.questionId, questionId))
    .orderBy(desc(questionLooks.lastAt), desc(questionLooks.id))
    .limit(MOST_LOOKS)

/** The one expert a question was asked of. */
export async function findAddressee(db: Reader, questionId: number) {
  const [addressee] = await db
    .select({ accountId: accounts.id, name: accounts.name, email: accounts.email, handle: experts.handle })
    .from(questions)
    .innerJoin(accounts, eq(accounts.id, questions.addresseeId))
    .innerJoin(experts, eq(experts.accountId, accounts.id))
    .where(and(eq(questions.id, questionId), isNull(accounts.closedAt)))
    .orderBy(asc(accounts.id))
  return addressee
}

/** Undefined: it was asked of everybody. */
export async function findConfidence(
  db: Reader,
  question: Question,
  { viewerId, now }: { viewerId?: number; now: Date },
) {
  if (question.audience === null) return undefined
  const isOwn = viewerId !== undefined && viewerId === question.askerId
  const [addressee, looks, absence] = await Promise.all([
    question.audience === 'expert' ? findAddressee(db, question.id) : undefined,
    isOwn ? listLooks(db, question.id) : undefined,
    isOwn ? findAbsence(db, question, now) : undefined,
  ])
  return { addressee, looks, absence }
}

/** An expert who can be asked: verified, here, and not whoever asks. */
export async function findAddressable(db: Reader, handle: string, { exceptId, now }: { exceptId?: number; now: Date }) {
  const [expert] = await db
    .select({ accountId: experts.accountId, handle: experts.handle, name: accounts.name })
    .from(experts)
    .innerJoin(accounts, eq(accounts.id, experts.accountId))
    .where(
      and(
        eq(experts.handle, handle),
        isVerifiedExpert(now),
        isNull(accounts.closedAt),
        or(isNull(experts.leaveUntil), lte(experts.leaveUntil, now)),
      ),
    )
  return expert?.accountId === exceptId ? undefined : expert
}
