import { eq } from 'drizzle-orm'
import { questions } from '../database/schema.ts'
import type { Writer } from '../database/types.ts'

type Clock = Pick<typeof questions.$inferSelect, 'id' | 'createdAt' | 'clarifyingSince' | 'pausedSeconds'>

/** The waiting for an answer goes on: how long it has stood still is added up. */
export function resumed({ createdAt, clarifyingSince, pausedSeconds: before }: Clock, now: Date) {
  if (!clarifyingSince) return {}
  const pausedSeconds = before + Math.max(0, Math.round((now.getTime() - clarifyingSince.getTime()) / 1000))
  return { clarifyingSince: null, pausedSeconds, waitsFrom: new Date(createdAt.getTime() + pausedSeconds * 1000) }
}

/** Whoever calls this holds the question's row. */
export async function resumeClock(db: Writer, question: Clock, now: Date) {
  if (!question.clarifyingSince) return
  await db.update(questions).set(resumed(question, now)).where(eq(questions.id, question.id))
}
