import { and, eq, gt, lt, sql } from 'drizzle-orm'
import { attempts } from '../database/schema.ts'
import type { Reader, Writer } from '../database/types.ts'

type Attempt = { key: string; endsAt: Date; now: Date }

/** Counts one more, by all servers together. The count begins anew when its time is over. */
export async function countAttempt(db: Writer, { key, endsAt, now }: Attempt) {
  const isOver = sql`${attempts.endsAt} <= ${sql.param(now, attempts.endsAt)}`
  const [counted] = await db
    .insert(attempts)
    .values({ key, count: 1, endsAt })
    .onConflictDoUpdate({
      target: attempts.key,
      set: {
        count: sql`case when ${isOver} then 1 else ${attempts.count} + 1 end`,
        endsAt: sql`case when ${isOver} then ${sql.param(endsAt, attempts.endsAt)} else ${attempts.endsAt} end`,
      },
    })
    .returning({ count: attempts.count, endsAt: attempts.endsAt })
  return counted!
}

export async function countedSoFar(db: Reader, key: string, now: Date) {
  const [attempt] = await db
    .select({ count: attempts.count })
    .from(attempts)
    .where(and(eq(attempts.key, key), gt(attempts.endsAt, now)))
  return attempt?.count ?? 0
}

/** It was no guess. */
export async function forgiveAttempt(db: Writer, key: string) {
  await db
    .update(attempts)
    .set({ count: sql`${attempts.count} - 1` })
    .where(and(eq(attempts.key, key), gt(attempts.count, 0)))
}

export async function deleteEndedAttempts(db: Writer, now: Date) {
  await db.delete(attempts).where(lt(attempts.endsAt, now))
}
