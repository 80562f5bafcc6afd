import type { Thread } from '../answers/queries.ts'
import { findHolder } from '../claims/queries.ts'
import type { Reader } from '../database/types.ts'
import { listSimilar } from '../finding/queries.ts'
import { mayAnswerQuestion } from '../referrals/routing-queries.ts'

export type ThreadParts = Awaited<ReturnType<typeof findThreadParts>>

/** Whoever looks at the page. */
type Somebody = { id?: number; isExpert: boolean; isModerator: boolean }

/** What else stands on the page of a question. What its rows say is not there is not looked for. */
export async function findThreadParts(db: Reader, thread: Thread, { id, isExpert }: Somebody) {
  const { question } = thread
  const place = { questionId: question.id, categoryIds: categoryIdsOf(thread) }
  const now = new Date()
  const isClaimed = question.claimedUntil !== null && question.claimedUntil > now
  const [similar, isInScope, holder] = await Promise.all([
    listSimilar(db, question.id),
    id !== undefined && isExpert ? mayAnswerQuestion(db, id, place) : false,
    isClaimed ? findHolder(db, question.id, now) : undefined,
  ])
  return { similar, isInScope, holder }
}

/** Its category and all above it. */
export const categoryIdsOf = ({ category, ancestors }: Thread) => [category.id, ...ancestors.map(({ id }) => id)]
