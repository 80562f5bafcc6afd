import { and, inArray, isNull } from 'drizzle-orm'
import { accounts } from '../database/schema.ts'
import type { Reader } from '../database/types.ts'

/** Whom to tell of what wants looking after. */
export const listStaff = (db: Reader) =>
  db
    .select({ accountId: accounts.id, name: accounts.name, email: accounts.email })
    .from(accounts)
    .where(and(inArray(accounts.role, ['moderator', 'administrator']), isNull(accounts.closedAt)))
    .orderBy(accounts.id)
