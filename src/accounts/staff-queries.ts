import { and, inArray, isNull } from 'drizzle-orm'
import { accounts } from '../database/schema.ts'
import type { Reader } from '../database/types.ts'

/** Whom to tell of what wants looking after. */
export const listStaff = (db: Reader) =>
  db
    .select({
      accountId: accounts.id,
      name: accounts.name,
      email: accounts.email,
      role: accounts.role,
      isOnCall: accounts.isOnCall,
    })
    .from(accounts)
    .where(and(inArray(accounts.role, ['moderator', 'administrator']), isNull(accounts.closedAt)))
    .orderBy(accounts.id)

/** Whom to tell at once: those on call, or all where nobody is. `exceptIds`: who may do nothing about it. */
export async function listOnDuty(db: Reader, exceptIds: (number | null)[] = []) {
  const staff = (await listStaff(db)).filter(({ accountId }) => !exceptIds.includes(accountId))
  const onCall = staff.filter(({ isOnCall }) => isOnCall)
  return onCall.length > 0 ? onCall : staff
}
