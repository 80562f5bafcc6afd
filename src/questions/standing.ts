import { and, isNotNull, isNull, sql } from 'drizzle-orm'
import { questions } from '../database/schema.ts'

/** A condition on `questions`, the same as the policy says of a row: its asker sleeps on it. */
export const isSleptOn = and(
  isNotNull(questions.publishAt),
  isNull(questions.hiddenReason),
  isNull(questions.withdrawnAt),
)!

/** For lists of staff: to read more of what was asked in confidence is a look, which is written down. None: such a one. */
export const openTitle = sql<
  string | null
>`case when ${questions.audience} is null and not (${isSleptOn}) then ${questions.title} end`
