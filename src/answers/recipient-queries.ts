import { answerRecipients } from '../database/schema.ts'
import type { Writer } from '../database/types.ts'

/** Somebody was sent an answer or builds on it: they are told when it is taken back. */
export async function addRecipient(db: Writer, answerId: number, accountId: number) {
  await db.insert(answerRecipients).values({ answerId, accountId }).onConflictDoNothing()
}
