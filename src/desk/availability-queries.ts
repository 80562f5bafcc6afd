import { eq } from 'drizzle-orm'
import { releaseClaimsOf } from '../claims/queries.ts'
import { experts } from '../database/schema.ts'
import type { Writer } from '../database/types.ts'
import type { Availability } from './queries.ts'

/** Whoever goes on leave lets go of what they are answering. */
export async function updateAvailability(db: Writer, expertId: number, availability: Availability) {
  await db.update(experts).set(availability).where(eq(experts.accountId, expertId))
  if (availability.leaveUntil) await releaseClaimsOf(db, expertId)
}
