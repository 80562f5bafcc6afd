import { and, eq, exists, gt, isNull, lt, ne, not, notExists, or, type SQL } from 'drizzle-orm'
import { locked } from '../database/dialect.ts'
import { accounts, answers, experts, questions } from '../database/schema.ts'
import type { Reader, Writer } from '../database/types.ts'
import { isVerifiedExpert } from '../database/verification.ts'
import { isLive, UNCLAIMED } from '../questions/queries.ts'

const HOUR_MS = 3_600_000

/** Thrown out of the transaction, so that it takes the claim back. */
export class ClaimRefused extends Error {
  readonly reason: 'away' | 'full'
  constructor(reason: ClaimRefused['reason']) {
    super(`the expert is ${reason}`)
    this.reason = reason
  }
}

type Claim = { questionId: number; expertId: number; now: Date; hours: number }

export const endOf = (now: Date, hours: number) => new Date(now.getTime() + hours * HOUR_MS)

/**
 * A condition on `questions`: an expert is answering it. Whoever is not verified any more holds nothing, even though
 * nobody has let it go.
 */
export function isHeld(db: Reader, now: Date): SQL {
  const holder = db
    .select({ id: experts.accountId })
    .from(experts)
    .where(and(eq(experts.accountId, questions.claimedById), isVerifiedExpert(now)))
  return and(gt(questions.claimedUntil, now), exists(holder))!
}

/**
 * Takes a question for so many hours, or goes on holding it. False: somebody else holds it, or it is closed, hidden,
 * their own or answered by them.
 * @throws {ClaimRefused} they hold as many as they wished, or are on leave
 */
export async function claimQuestion(db: Writer, claim: Claim) {
  const { questionId, expertId, now, hours } = claim
  if (await extendClaim(db, claim)) return true
  const ownAnswer = db.select({ id: answers.id }).from(answers).where(isAnswerOf(claim))
  const isOthers = or(isNull(questions.askerId), ne(questions.askerId, expertId))
  const taken = await db
    .update(questions)
    .set({ claimedById: expertId, claimedAt: now, claimedUntil: endOf(now, hours) })
    .where(and(eq(questions.id, questionId), isOpen, isOthers, isFree(db, now), notExists(ownAnswer)))
    .returning({ id: questions.id })
  if (taken.length > 0) await checkRoom(db, expertId, now)
  return taken.length > 0
}

const isAnswerOf = ({ questionId, expertId }: Pick<Claim, 'questionId' | 'expertId'>) =>
  and(eq(answers.questionId, questionId), eq(answers.expertId, expertId))

export const hasAnswered = async (db: Reader, who: Pick<Claim, 'questionId' | 'expertId'>) =>
  (await db.$count(answers, isAnswerOf(who))) > 0

const isOpen = and(isLive, ne(questions.status, 'closed'))
/** A condition on `questions`: nobody else is answering it. */
export const isFreeFor = (db: Reader, { expertId, now }: Pick<Claim, 'expertId' | 'now'>) =>
  or(eq(questions.claimedById, expertId), isFree(db, now))

const isFree = (db: Reader, now: Date) => or(isNull(questions.claimedUntil), not(isHeld(db, now)))

/** Their row is held from here on: of two tabs that take the last two at once, the second counts what the first took. */
async function checkRoom(db: Writer, expertId: number, now: Date) {
  const [expert] = await locked(
    db
      .select({ capacity: experts.capacity, leaveUntil: experts.leaveUntil })
      .from(experts)
      .where(eq(experts.accountId, expertId)),
  )
  if (!expert || (expert.leaveUntil && expert.leaveUntil > now)) throw new ClaimRefused('away')
  if ((await countClaims(db, expertId, now)) > expert.capacity) throw new ClaimRefused('full')
}

export const countClaims = (db: Reader, expertId: number, now: Date) => db.$count(questions, isHeldBy(expertId, now))

/** A condition on `questions`. */
export const isHeldBy = (expertId: number, now: Date) =>
  and(eq(questions.claimedById, expertId), gt(questions.claimedUntil, now))

/**
 * From now on for so many hours again. False: they do not hold it any more.
 * @param isWorthIt a condition on `questions`, where not each time is worth a write
 */
async function extendClaim(db: Writer, { questionId, expertId, now, hours }: Claim, isWorthIt?: SQL) {
  const extended = await db
    .update(questions)
    .set({ claimedUntil: endOf(now, hours) })
    .where(and(eq(questions.id, questionId), isOpen, isHeldBy(expertId, now), isWorthIt))
    .returning({ id: questions.id })
  return extended.length > 0
}

/** Somebody who writes goes on holding what they write about: a write only once less than half of the time is left. */
export const extendByWriting = (db: Writer, claim: Claim) =>
  extendClaim(db, claim, lt(questions.claimedUntil, endOf(claim.now, claim.hours / 2)))

/** False: they did not hold it. */
export async function releaseClaim(db: Writer, { questionId, expertId }: { questionId: number; expertId: number }) {
  const released = await db
    .update(questions)
    .set(UNCLAIMED)
    .where(and(eq(questions.id, questionId), eq(questions.claimedById, expertId)))
    .returning({ id: questions.id })
  return released.length > 0
}

export async function releaseClaimsOf(db: Writer, expertId: number) {
  await db.update(questions).set(UNCLAIMED).where(eq(questions.claimedById, expertId))
}

export type Holder = NonNullable<Awaited<ReturnType<typeof findHolder>>>

/** Who is answering a question, and until when. */
export async function findHolder(db: Reader, questionId: number, now: Date) {
  const [row] = await db
    .select({
      expertId: experts.accountId,
      name: accounts.name,
      handle: experts.handle,
      claimedUntil: questions.claimedUntil,
    })
    .from(questions)
    .innerJoin(experts, eq(experts.accountId, questions.claimedById))
    .innerJoin(accounts, eq(accounts.id, experts.accountId))
    .where(and(eq(questions.id, questionId), isOpen, gt(questions.claimedUntil, now), isVerifiedExpert(now)))
  return row && { ...row, until: row.claimedUntil! }
}

/** Who else is answering it. */
export async function findOtherHolder(db: Reader, { questionId, expertId, now }: Omit<Claim, 'hours'>) {
  const holder = await findHolder(db, questionId, now)
  return holder?.expertId === expertId ? undefined : holder
}
