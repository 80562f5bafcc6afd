import { and, desc, eq, inArray, isNotNull, isNull, sql } from 'drizzle-orm'
import { type Answer, isShown } from '../answers/queries.ts'
import { locked } from '../database/dialect.ts'
import { accounts, answers, countersigns, experts, questions } from '../database/schema.ts'
import type { Reader, Writer } from '../database/types.ts'
import type { Expert } from '../experts/queries.ts'
import { isShown as isQuestionShown, touchQuestion } from '../questions/queries.ts'

export type Countersign = typeof countersigns.$inferSelect
export type CountersignRow = Awaited<ReturnType<typeof listCountersigns>>[number]

/** The oldest first, each with the handle of its expert's page while there is one. */
export function listCountersigns(db: Reader, answerIds: number[]) {
  return db
    .select({
      countersign: countersigns,
      handle: experts.handle,
      verifiedAt: experts.verifiedAt,
      verifiedUntil: experts.verifiedUntil,
      isExample: accounts.isExample,
    })
    .from(countersigns)
    .leftJoin(experts, eq(experts.accountId, countersigns.expertId))
    .leftJoin(accounts, eq(accounts.id, countersigns.expertId))
    .where(inArray(countersigns.answerId, answerIds))
    .orderBy(countersigns.createdAt, countersigns.id)
}

export async function findCountersign(db: Reader, { answerId, expertId }: { answerId: number; expertId: number }) {
  const [found] = await db
    .select()
    .from(countersigns)
    .where(and(eq(countersigns.answerId, answerId), eq(countersigns.expertId, expertId)))
  return found
}

const isGivenBy = (expertId: number) => and(eq(countersigns.expertId, expertId), isShown, isQuestionShown)

/** What an expert said of others' answers, the last first. */
export function listCountersignsBy(db: Reader, expertId: number, limit: number) {
  return db
    .select({
      stance: countersigns.stance,
      createdAt: countersigns.createdAt,
      answerId: answers.id,
      expertName: answers.expertName,
      questionId: questions.id,
      questionSlug: questions.slug,
      questionTitle: questions.title,
    })
    .from(countersigns)
    .innerJoin(answers, eq(answers.id, countersigns.answerId))
    .innerJoin(questions, eq(questions.id, answers.questionId))
    .where(isGivenBy(expertId))
    .orderBy(desc(countersigns.createdAt), desc(countersigns.id))
    .limit(limit)
}

export async function countCountersignsBy(db: Reader, expertId: number) {
  const given = db
    .select({ id: countersigns.id })
    .from(countersigns)
    .innerJoin(answers, eq(answers.id, countersigns.answerId))
    .innerJoin(questions, eq(questions.id, answers.questionId))
    .where(isGivenBy(expertId))
  return db.$count(given.as('given'))
}

type NewCountersign = Pick<Countersign, 'stance' | 'reason'> & { expert: Expert; now: Date }

/**
 * One an expert and answer: the second time changes the first. Undefined: the answer has been changed or taken down
 * since `answer` was read.
 */
export async function saveCountersign(db: Writer, answer: Answer, { expert, now, ...said }: NewCountersign) {
  const [current] = await locked(
    db
      .select()
      .from(answers)
      .where(and(eq(answers.id, answer.id), isShown)),
  )
  if (current?.body !== answer.body) return undefined
  const values = { ...said, ...signatureOf(expert) }
  const [created] = await db
    .insert(countersigns)
    .values({ ...values, answerId: answer.id, createdAt: now })
    .onConflictDoNothing()
    .returning({ id: countersigns.id })
  if (created) await countBy(db, answer.id, 1)
  else
    await db
      .update(countersigns)
      .set({ ...values, editedAt: now })
      .where(isOf(answer.id, expert.accountId))
  await touchQuestion(db, answer.questionId)
  return { isNew: created !== undefined }
}

const isOf = (answerId: number, expertId: number) =>
  and(eq(countersigns.answerId, answerId), eq(countersigns.expertId, expertId))

const signatureOf = ({ accountId, name, profession, credentials }: Expert) => ({
  expertId: accountId,
  expertName: name,
  expertProfession: profession,
  expertCredentials: credentials,
})

export async function deleteCountersign(db: Writer, answer: Answer, expertId: number) {
  const [deleted] = await db.delete(countersigns).where(isOf(answer.id, expertId)).returning({ id: countersigns.id })
  if (!deleted) return false
  await countBy(db, answer.id, -1)
  await touchQuestion(db, answer.questionId)
  return true
}

const countBy = (db: Writer, answerId: number, by: 1 | -1) =>
  db
    .update(answers)
    .set({ countersignCount: sql`${answers.countersignCount} + ${by}` })
    .where(eq(answers.id, answerId))

/** Whose countersign was about the version that was written then: those who have not looked at a later one yet. */
export function listCountersigners(db: Reader, answerId: number, writtenAt: Date) {
  const saidAt = sql`coalesce(${countersigns.editedAt}, ${countersigns.createdAt})`
  return db
    .select({ accountId: accounts.id, name: accounts.name, email: accounts.email })
    .from(countersigns)
    .innerJoin(accounts, eq(accounts.id, countersigns.expertId))
    .where(
      and(
        eq(countersigns.answerId, answerId),
        isNull(accounts.closedAt),
        isNotNull(countersigns.expertId),
        sql`${saidAt} >= ${sql.param(writtenAt, countersigns.createdAt)}`,
      ),
    )
}
