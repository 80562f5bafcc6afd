import { and, eq, isNull } from 'drizzle-orm'
import { accounts } from '../database/schema.ts'
import type { Reader, Writer } from '../database/types.ts'

/** Whether they have said before that they are old enough, or somebody vouches for them by their role. */
export async function isOfAge(db: Reader, accountId: number) {
  const [account] = await db
    .select({ role: accounts.role, ageConfirmedAt: accounts.ageConfirmedAt, isExample: accounts.isExample })
    .from(accounts)
    .where(eq(accounts.id, accountId))
  return account !== undefined && (account.role !== 'member' || account.ageConfirmedAt !== null || account.isExample)
}

export async function confirmAge(db: Writer, accountId: number, now: Date) {
  await db
    .update(accounts)
    .set({ ageConfirmedAt: now })
    .where(and(eq(accounts.id, accountId), isNull(accounts.ageConfirmedAt)))
}
