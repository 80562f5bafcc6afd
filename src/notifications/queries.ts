import { outbox } from '../database/schema.ts'
import type { Writer } from '../database/types.ts'

/** `subject` travels open to every server on its way and to a lock screen: it holds nothing of anybody's health. */
export type Mail = { accountId?: number; recipient: string; subject: string; text: string }

/** Goes out once the transaction it is written in has committed. */
export async function queueMail(db: Writer, mail: Mail) {
  await db.insert(outbox).values(mail)
}
