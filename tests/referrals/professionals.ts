import { eq } from 'drizzle-orm'
import { expertCategories, experts, professionCategories, professions } from '../../src/database/schema.ts'
import type { Database } from '../../src/database/types.ts'
import { newKey, verifiedExpert } from '../fixtures.ts'

/** Where what they are may answer, and where they themselves were accepted. */
type Scope = { scope: number[]; accepted: number[] } & Partial<typeof experts.$inferInsert>

/** A verified expert of a profession of its own. */
export async function professional(database: Database, name: string, { scope, accepted, ...values }: Scope) {
  const expert = await verifiedExpert(database, name)
  const expertId = expert.account.id
  await database.write(async (db) => {
    const [profession] = await db.insert(professions).values({ name: newKey() }).returning()
    const professionId = profession!.id
    await db.insert(professionCategories).values(scope.map((categoryId) => ({ professionId, categoryId })))
    if (accepted.length > 0)
      await db.insert(expertCategories).values(accepted.map((categoryId) => ({ expertId, categoryId })))
    await db
      .update(experts)
      .set({ professionId, ...values })
      .where(eq(experts.accountId, expertId))
  })
  return expert
}
