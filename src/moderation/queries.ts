import { auditEvents } from '../database/schema.ts'
import type { Writer } from '../database/types.ts'

type Event = Pick<typeof auditEvents.$inferInsert, 'actorId' | 'action' | 'subjectKind' | 'subjectId' | 'reason'>

/** Written in the same transaction as what it tells of, so that neither is ever there without the other. */
export async function recordEvent(db: Writer, event: Event) {
  await db.insert(auditEvents).values(event)
}
