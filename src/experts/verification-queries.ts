import { and, eq, isNotNull, isNull } from 'drizzle-orm'
import { accounts, experts, type roles } from '../database/schema.ts'
import type { Writer } from '../database/types.ts'
import { indexExpert } from './queries.ts'

type Role = (typeof roles)[number]

/** From now on they may answer. Returns false where they may already, or have no profile. */
export async function verifyExpert(db: Writer, accountId: number, verifiedById: number) {
  const verified = await db
    .update(experts)
    .set({ verifiedAt: new Date(), verifiedById })
    .where(and(eq(experts.accountId, accountId), isNull(experts.verifiedAt)))
    .returning({ id: experts.accountId })
  if (verified.length > 0) await swapRole(db, accountId, { from: 'member', to: 'expert' })
  await indexExpert(db, accountId)
  return verified.length > 0
}

export async function withdrawVerification(db: Writer, accountId: number) {
  const withdrawn = await db
    .update(experts)
    .set({ verifiedAt: null, verifiedById: null })
    .where(and(eq(experts.accountId, accountId), isNotNull(experts.verifiedAt)))
    .returning({ id: experts.accountId })
  if (withdrawn.length > 0) await swapRole(db, accountId, { from: 'expert', to: 'member' })
  await indexExpert(db, accountId)
  return withdrawn.length > 0
}

/** Staff stay staff. */
async function swapRole(db: Writer, id: number, { from, to }: { from: Role; to: Role }) {
  await db
    .update(accounts)
    .set({ role: to, updatedAt: new Date() })
    .where(and(eq(accounts.id, id), eq(accounts.role, from)))
}
