import { and, eq } from 'drizzle-orm'
import { safetyRules } from '../database/schema.ts'
import type { Reader, Writer } from '../database/types.ts'
import type { RuleKind } from './rules.ts'

export type Change = Awaited<ReturnType<typeof listChanges>>[number]

/** What administrators have changed of the rules. */
export const listChanges = (db: Reader) => db.select().from(safetyRules).orderBy(safetyRules.id)

type NewChange = Pick<typeof safetyRules.$inferInsert, 'kind' | 'key' | 'rule' | 'originalHash' | 'editedById'>

/** @returns its id, for the record of what staff did */
export async function saveChange(db: Writer, change: NewChange, now: Date) {
  const [saved] = await db
    .insert(safetyRules)
    .values({ ...change, editedAt: now })
    .onConflictDoUpdate({ target: [safetyRules.kind, safetyRules.key], set: { ...change, editedAt: now } })
    .returning({ id: safetyRules.id })
  return saved!.id
}

/** From then on the rule is again as it came. Undefined: it was. */
export async function deleteChange(db: Writer, kind: RuleKind, key: string) {
  const [deleted] = await db
    .delete(safetyRules)
    .where(and(eq(safetyRules.kind, kind), eq(safetyRules.key, key)))
    .returning({ id: safetyRules.id })
  return deleted?.id
}
