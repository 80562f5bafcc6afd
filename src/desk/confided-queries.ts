import { and, asc, eq, isNull, ne, notExists, notInArray, or, sql } from 'drizzle-orm'
import { isConfidedTo } from '../audiences/queries.ts'
import { isHeldBy } from '../claims/queries.ts'
import { answers, declines, questions } from '../database/schema.ts'
import type { Reader } from '../database/types.ts'
import { MOST_SHOWN, selectRows, type Whose } from './queries.ts'

/** What was asked in confidence of an expert and they have yet to take, answer or decline, the oldest first. */
export function listConfided(db: Reader, { now, ...whose }: Whose) {
  const { expertId } = whose
  const declined = db.select({ id: declines.questionId }).from(declines).where(eq(declines.expertId, expertId))
  const held = db.select({ id: questions.id }).from(questions).where(isHeldBy(expertId, now))
  const answered = db
    .select({ id: answers.id })
    .from(answers)
    .where(and(eq(answers.questionId, questions.id), eq(answers.expertId, expertId)))
  return selectRows(db, now)
    .where(
      and(
        isConfidedTo(whose),
        sql`(${questions.status} = 'open' or (${questions.audience} = 'expert' and ${questions.status} = 'answered'))`,
        or(isNull(questions.askerId), ne(questions.askerId, expertId)),
        notInArray(questions.id, declined),
        notInArray(questions.id, held),
        notExists(answered),
      ),
    )
    .orderBy(asc(questions.waitsFrom), asc(questions.id))
    .limit(MOST_SHOWN)
}
