import { and, asc, desc, eq } from 'drizzle-orm'
import { accounts, auditEvents, questions } from '../database/schema.ts'
import type { Reader, Writer } from '../database/types.ts'

type Event = Pick<typeof auditEvents.$inferInsert, 'actorId' | 'action' | 'subjectKind' | 'subjectId' | 'reason'>

/** Written in the same transaction as what it tells of, so that neither is ever there without the other. */
export async function recordEvent(db: Writer, event: Event) {
  await db.insert(auditEvents).values(event)
}

/** Who asked a question. Whoever calls this records it. */
export async function findAskerAccount(db: Reader, questionId: number) {
  const [asker] = await db
    .select({ id: accounts.id, name: accounts.name, email: accounts.email, createdAt: accounts.createdAt })
    .from(questions)
    .innerJoin(accounts, eq(accounts.id, questions.askerId))
    .where(eq(questions.id, questionId))
  return asker
}

/** What staff did about one thing, the last first. */
export function listEventsAbout(db: Reader, { subjectKind, subjectId }: Pick<Event, 'subjectKind' | 'subjectId'>) {
  return db
    .select({
      id: auditEvents.id,
      action: auditEvents.action,
      reason: auditEvents.reason,
      createdAt: auditEvents.createdAt,
      actorName: accounts.name,
    })
    .from(auditEvents)
    .leftJoin(accounts, eq(accounts.id, auditEvents.actorId))
    .where(and(eq(auditEvents.subjectKind, subjectKind), eq(auditEvents.subjectId, subjectId)))
    .orderBy(desc(auditEvents.createdAt), desc(auditEvents.id))
    .limit(100)
}

/** Those that have waited longest for their first answer. */
export function listWaiting(db: Reader, limit: number) {
  return db
    .select({ id: questions.id, slug: questions.slug, title: questions.title, createdAt: questions.createdAt })
    .from(questions)
    .where(eq(questions.status, 'open'))
    .orderBy(asc(questions.createdAt), asc(questions.id))
    .limit(limit)
}
