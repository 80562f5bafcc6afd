import { followWithdrawal } from '../consents/unpublished-queries.ts'
import type { Database, Writer } from '../database/types.ts'
import { listDueQuestions, publishQuestion } from '../questions/regret-queries.ts'
import { deleteTakenBack } from '../safety/held-queries.ts'
import { eraseThread } from './quotation-queries.ts'
import { emptyAnswers, listToEmpty } from './taken-back-queries.ts'

const AT_ONCE = 50
const DAY_MS = 86_400_000
/** In case somebody was harmed. */
const WITHDRAWN_IS_KEPT_MS = 30 * DAY_MS

/** Those who are to know of it, with its publication. */
type Tell = (db: Writer, questionId: number) => Promise<void>

/** What its asker has slept on long enough. Any number of servers may do this at once. */
export async function publishDue(database: Database, now = new Date(), tell?: Tell) {
  const due = await listDueQuestions(database.read, now, AT_ONCE)
  for (const question of due)
    await database.write(async (db) => {
      const published = await publishQuestion(db, question, now)
      if (published) await tell?.(db, published.id)
      else await followWithdrawal(db, question.id)
    })
  return due.length
}

/** What was taken back, some time after. */
export async function eraseWithdrawn(database: Database, now = new Date()) {
  const before = new Date(now.getTime() - WITHDRAWN_IS_KEPT_MS)
  await database.write((db) => deleteTakenBack(db, before))
  for (const { id } of await listToEmpty(database.read, before, AT_ONCE))
    await database.write(async (db) => {
      await eraseThread(db, id, now)
      await emptyAnswers(db, id)
    })
}
