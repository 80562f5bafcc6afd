import { and, asc, count, eq, exists, inArray, isNotNull, isNull, lte } from 'drizzle-orm'
import { isShown } from '../answers/queries.ts'
import { giveConsents, hasConsent, withdrawConsent } from '../consents/queries.ts'
import { accounts, answers, categoryQuestions, outcomeRequests, questions } from '../database/schema.ts'
import type { Reader, Writer } from '../database/types.ts'
import { isShown as isQuestionShown } from '../questions/queries.ts'

export type Outcome = NonNullable<OutcomeRequest['outcome']>
export type OutcomeRequest = typeof outcomeRequests.$inferSelect

/** Weeks after the first answer. */
const WEEKS = [2, 6, 12]
const DAY_MS = 86_400_000
const WEEK_MS = 7 * DAY_MS
/** A server that was off for long does not ask late, nor twice at once. */
const LATEST_MS = 14 * DAY_MS

type Planned = { questionId: number; accountId: number; answeredAt: Date }

/** With the first answer; those that follow change nothing. */
export async function planOutcomes(db: Writer, { questionId, accountId, answeredAt }: Planned) {
  const dueAt = (week: number) => new Date(answeredAt.getTime() + week * WEEK_MS)
  await db
    .insert(outcomeRequests)
    .values(WEEKS.map((week) => ({ questionId, accountId, week, dueAt: dueAt(week) })))
    .onConflictDoNothing()
}

// --- asking ---------------------------------------------------------------------------------------------------------

const BATCH = 50

export async function listDue(db: Reader, now: Date) {
  const due = await db
    .select({ id: outcomeRequests.id })
    .from(outcomeRequests)
    .where(and(isNull(outcomeRequests.sentAt), lte(outcomeRequests.dueAt, now)))
    .orderBy(asc(outcomeRequests.dueAt), asc(outcomeRequests.id))
    .limit(BATCH)
  return due.map(({ id }) => id)
}

/**
 * Takes a due request in hand: of several servers one gets it. Returns whom to ask; undefined where another has it, or
 * nobody is to be asked, now or ever.
 */
export async function takeDue(db: Writer, id: number, now: Date) {
  const [request] = await db
    .update(outcomeRequests)
    .set({ sentAt: now })
    .where(and(eq(outcomeRequests.id, id), isNull(outcomeRequests.sentAt), lte(outcomeRequests.dueAt, now)))
    .returning()
  if (!request) return undefined
  const asked = isLate(request, now) ? undefined : await findAsked(db, request)
  if (!asked) await db.delete(outcomeRequests).where(eq(outcomeRequests.id, id))
  return asked && { ...asked, request }
}

const isLate = ({ dueAt }: OutcomeRequest, now: Date) => now.getTime() - dueAt.getTime() > LATEST_MS

/** Whoever asked, as long as there is something to have helped, and they have not said that they want no such mail. */
async function findAsked(db: Reader, { accountId, questionId }: OutcomeRequest) {
  const answered = db
    .select({ id: answers.id })
    .from(answers)
    .where(and(eq(answers.questionId, questionId), isShown))
  const [asked] = await db
    .select({ accountId: accounts.id, name: accounts.name, email: accounts.email })
    .from(questions)
    .innerJoin(accounts, eq(accounts.id, questions.askerId))
    .where(
      and(
        eq(questions.id, questionId),
        eq(accounts.id, accountId),
        isQuestionShown,
        isNull(accounts.closedAt),
        isNull(accounts.outcomeMailsStoppedAt),
        eq(accounts.isExample, false),
        exists(answered),
      ),
    )
  const kinds = ['follow-up-mail', 'health-data'] as const
  const allowed = await Promise.all(kinds.map((kind) => hasConsent(db, accountId, kind)))
  return asked && allowed.every(Boolean) ? asked : undefined
}

// --- being told -----------------------------------------------------------------------------------------------------

/** One that was mailed. */
export async function findRequest(db: Reader, id: number) {
  const [request] = await db
    .select()
    .from(outcomeRequests)
    .where(and(eq(outcomeRequests.id, id), isNotNull(outcomeRequests.sentAt)))
  return request
}

/** Once. False: they have told us before. */
export async function recordOutcome(db: Writer, id: number, { outcome, now }: { outcome: Outcome; now: Date }) {
  const told = await db
    .update(outcomeRequests)
    .set({ outcome, repliedAt: now })
    .where(and(eq(outcomeRequests.id, id), isNotNull(outcomeRequests.sentAt), isNull(outcomeRequests.repliedAt)))
    .returning({ id: outcomeRequests.id })
  return told.length > 0
}

/** They are asked about this question no more. */
export async function stopAskingAbout(db: Writer, questionId: number) {
  await db
    .delete(outcomeRequests)
    .where(and(eq(outcomeRequests.questionId, questionId), isNull(outcomeRequests.sentAt)))
}

export async function stopAsking(db: Writer, accountId: number, now: Date) {
  await db.update(accounts).set({ outcomeMailsStoppedAt: now }).where(eq(accounts.id, accountId))
  await withdrawConsent(db, accountId, { kind: 'follow-up-mail', now })
}

export async function askAgain(db: Writer, accountId: number, now: Date) {
  await db.update(accounts).set({ outcomeMailsStoppedAt: null }).where(eq(accounts.id, accountId))
  await giveConsents(db, { accountId, kinds: ['follow-up-mail'], now })
}

export async function isAskingStopped(db: Reader, accountId: number) {
  const [account] = await db
    .select({ stoppedAt: accounts.outcomeMailsStoppedAt })
    .from(accounts)
    .where(eq(accounts.id, accountId))
  return account?.stoppedAt != null || !(await hasConsent(db, accountId, 'follow-up-mail'))
}

// --- in sum ---------------------------------------------------------------------------------------------------------

export type OutcomeTally = Awaited<ReturnType<typeof tallyOfCategory>>

const counted = { week: outcomeRequests.week, outcome: outcomeRequests.outcome, count: count() }

/** What askers told of all questions in a category and below it that can be read. */
export function tallyOfCategory(db: Reader, categoryId: number) {
  return db
    .select(counted)
    .from(outcomeRequests)
    .innerJoin(categoryQuestions, eq(categoryQuestions.questionId, outcomeRequests.questionId))
    .where(and(isNotNull(outcomeRequests.outcome), eq(categoryQuestions.categoryId, categoryId)))
    .groupBy(outcomeRequests.week, outcomeRequests.outcome)
}

/** What askers told of all questions that an expert has answered. */
export function tallyOfExpert(db: Reader, expertId: number) {
  const answered = db
    .select({ id: answers.questionId })
    .from(answers)
    .innerJoin(questions, eq(questions.id, answers.questionId))
    .where(and(eq(answers.expertId, expertId), isShown, isQuestionShown))
  return db
    .select(counted)
    .from(outcomeRequests)
    .where(and(isNotNull(outcomeRequests.outcome), inArray(outcomeRequests.questionId, answered)))
    .groupBy(outcomeRequests.week, outcomeRequests.outcome)
}
