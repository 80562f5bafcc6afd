import type { Thread } from '../answers/queries.ts'
import type { Reader } from '../database/types.ts'
import { mayAnswerIn } from '../experts/scope-queries.ts'
import { listSimilar } from '../finding/queries.ts'

export type ThreadParts = Awaited<ReturnType<typeof findThreadParts>>

/** Whoever looks at the page. */
type Somebody = { id?: number; isExpert: boolean; isModerator: boolean }

/** What else stands on the page of a question. What its rows say is not there is not looked for. */
export async function findThreadParts(db: Reader, thread: Thread, { id, isExpert }: Somebody) {
  const [similar, isInScope] = await Promise.all([
    listSimilar(db, thread.question.id),
    id !== undefined && isExpert ? mayAnswerIn(db, id, categoryIdsOf(thread)) : false,
  ])
  return { similar, isInScope }
}

/** Its category and all above it. */
export const categoryIdsOf = ({ category, ancestors }: Thread) => [category.id, ...ancestors.map(({ id }) => id)]
