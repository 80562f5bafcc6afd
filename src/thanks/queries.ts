import { and, eq, inArray, sql, sum } from 'drizzle-orm'
import { isShown } from '../answers/queries.ts'
import { addRecipient } from '../answers/recipient-queries.ts'
import { answers, questions, thanks } from '../database/schema.ts'
import type { Reader, Writer } from '../database/types.ts'
import { isShown as isQuestionShown } from '../questions/queries.ts'

type Thanks = { answerId: number; accountId: number }

/** Once an answer. False: they had thanked before. */
export async function giveThanks(db: Writer, { answerId, accountId }: Thanks) {
  const given = await db
    .insert(thanks)
    .values({ answerId, accountId })
    .onConflictDoNothing()
    .returning({ id: thanks.answerId })
  if (given.length === 0) return false
  await countThanks(db, answerId, 1)
  await addRecipient(db, answerId, accountId)
  return true
}

export async function takeThanksBack(db: Writer, { answerId, accountId }: Thanks) {
  const taken = await db
    .delete(thanks)
    .where(and(eq(thanks.answerId, answerId), eq(thanks.accountId, accountId)))
    .returning({ id: thanks.answerId })
  if (taken.length > 0) await countThanks(db, answerId, -1)
}

const countThanks = (db: Writer, answerId: number, by: 1 | -1) =>
  db
    .update(answers)
    .set({ thanksCount: sql`${answers.thanksCount} + ${by}` })
    .where(eq(answers.id, answerId))

/** Those of these answers that somebody has thanked for. */
export async function listThankedBy(db: Reader, accountId: number, answerIds: number[]) {
  const rows = await db
    .select({ id: thanks.answerId })
    .from(thanks)
    .where(and(eq(thanks.accountId, accountId), inArray(thanks.answerId, answerIds)))
  return new Set(rows.map(({ id }) => id))
}

/** How often an expert was thanked, for answers that can be read. Never by whom. */
export async function countThanksTo(db: Reader, expertId: number) {
  const [row] = await db
    .select({ count: sum(answers.thanksCount).mapWith(Number) })
    .from(answers)
    .innerJoin(questions, eq(questions.id, answers.questionId))
    .where(and(eq(answers.expertId, expertId), isShown, isQuestionShown))
  return row?.count ?? 0
}
