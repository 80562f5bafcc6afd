import { and, desc, eq, inArray, isNotNull, isNull, lt, lte, ne, or, sql } from 'drizzle-orm'
import { outbox } from '../database/schema.ts'
import type { Reader, Writer } from '../database/types.ts'
import { PAGE_SIZE, type Position } from '../lib/paging.ts'

/** `subject` travels open to every server on its way and to a lock screen: it holds nothing of anybody's health. */
export type Mail = { accountId?: number; recipient: string; subject: string; text: string }
export type QueuedMail = typeof outbox.$inferSelect

const MOST_ATTEMPTS = 7
const BATCH = 5

/** Goes out once the transaction it is written in has committed. */
export async function queueMail(db: Writer, mail: Mail) {
  await db.insert(outbox).values(mail)
}

/** Takes due mail in hand until `until`, when others may take it again. Counts the attempt now, so that a crash counts too. */
export function claimMail(db: Writer, { now, until }: { now: Date; until: Date }) {
  const isDue = and(
    lte(outbox.nextAttemptAt, now),
    or(isNull(outbox.lockedUntil), lte(outbox.lockedUntil, now)),
    lt(outbox.attempts, MOST_ATTEMPTS),
  )
  const first = db
    .select({ id: outbox.id })
    .from(outbox)
    .where(isDue)
    .orderBy(outbox.nextAttemptAt, outbox.id)
    .limit(BATCH)
  return db
    .update(outbox)
    .set({ lockedUntil: until, attempts: sql`${outbox.attempts} + 1` })
    .where(and(inArray(outbox.id, first), isDue)) // again, for whoever waited while another server took it
    .returning()
}

export async function markMailSent(db: Writer, id: number, sentAt: Date) {
  await db
    .update(outbox)
    .set({ sentAt, nextAttemptAt: null, lockedUntil: null, lastError: null })
    .where(eq(outbox.id, id))
}

/** Without `nextAttemptAt` it is given up. */
export async function markMailFailed(db: Writer, { id, nextAttemptAt, error }: Failure) {
  await db
    .update(outbox)
    .set({ nextAttemptAt: nextAttemptAt ?? null, lockedUntil: null, lastError: error })
    .where(and(eq(outbox.id, id), isNull(outbox.sentAt)))
}

type Failure = { id: number; nextAttemptAt: Date | undefined; error: string }

/** A sign-in link or an answer that comes days late helps nobody: a server that was given its SMTP_URL late does not send all that piled up. */
export async function giveUpMail(db: Writer, createdBefore: Date) {
  await db
    .update(outbox)
    .set({ nextAttemptAt: null, lockedUntil: null, lastError: 'It could not be sent in time.' })
    .where(and(isNotNull(outbox.nextAttemptAt), lt(outbox.createdAt, createdBefore)))
}

/** What it said and to whom does not stay. */
export async function blankMail(db: Writer, createdBefore: Date) {
  await db
    .update(outbox)
    .set({ text: '', recipient: '' })
    .where(and(lt(outbox.createdAt, createdBefore), ne(outbox.recipient, '')))
}

const isGivenUp = and(isNull(outbox.sentAt), isNull(outbox.nextAttemptAt), ne(outbox.text, ''))

/** What was given up is tried anew. Undefined: it was not, or its text is gone. */
export async function retryMail(db: Writer, id: number, now: Date) {
  const [mail] = await db
    .update(outbox)
    .set({ nextAttemptAt: now, attempts: 0, lastError: null })
    .where(and(eq(outbox.id, id), isGivenUp))
    .returning({ subject: outbox.subject })
  return mail
}

/** Undefined: it was sent meanwhile, or is being sent. */
export async function dropMail(db: Writer, id: number) {
  const [mail] = await db
    .delete(outbox)
    .where(and(eq(outbox.id, id), isNull(outbox.sentAt), isNull(outbox.nextAttemptAt)))
    .returning({ subject: outbox.subject })
  return mail
}

export async function findMail(db: Reader, id: number) {
  const [mail] = await db.select().from(outbox).where(eq(outbox.id, id))
  return mail
}

export function listMail(db: Reader, after?: Position) {
  return db
    .select()
    .from(outbox)
    .where(after && lt(outbox.id, after.id))
    .orderBy(desc(outbox.id))
    .limit(PAGE_SIZE + 1)
}
