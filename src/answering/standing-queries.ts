import type { Thread } from '../answers/queries.ts'
import { listCountersigns } from '../countersigns/queries.ts'
import type { Reader } from '../database/types.ts'
import { listRecalls } from '../recalls/queries.ts'

/** What experts and staff have said of the answers since. */
export async function findStanding(db: Reader, { answers }: Thread) {
  const shown = answers.map(({ answer }) => answer).filter(({ hiddenAt }) => hiddenAt === null)
  const countersigned = shown.filter(({ countersignCount }) => countersignCount > 0).map(({ id }) => id)
  const recalled = answers.filter(({ answer }) => answer.recallCount > 0).map(({ answer }) => answer.id)
  const [countersigns, recalls] = await Promise.all([
    countersigned.length > 0 ? listCountersigns(db, countersigned) : [],
    recalled.length > 0 ? listRecalls(db, recalled) : [],
  ])
  return { countersigns, recalls }
}
