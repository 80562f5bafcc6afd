import { eq } from 'drizzle-orm'
import type { AnyColumn } from '../database/dialect.ts'
import { applicationCategories, expertCategories, professionCategories } from '../database/schema.ts'
import type { Reader, Writer } from '../database/types.ts'

/** Whoever might answer in one category may do so in the other, where its questions now are. */
export async function handOnScopes(db: Writer, from: number, to: number) {
  const professions = professionCategories
  const experts = expertCategories
  const wanted = applicationCategories
  const rowsFrom = (table: Scoped) => eq(table.categoryId, from)
  const ofProfessions = await db.select().from(professions).where(rowsFrom(professions))
  const ofExperts = await db.select().from(experts).where(rowsFrom(experts))
  const ofApplications = await db.select().from(wanted).where(rowsFrom(wanted))
  for (const row of ofProfessions)
    await db
      .insert(professions)
      .values({ ...row, categoryId: to })
      .onConflictDoNothing()
  for (const row of ofExperts)
    await db
      .insert(experts)
      .values({ ...row, categoryId: to })
      .onConflictDoNothing()
  for (const row of ofApplications)
    await db
      .insert(wanted)
      .values({ ...row, categoryId: to })
      .onConflictDoNothing()
}

type Scoped = { categoryId: AnyColumn }

/** How many professions and experts may answer in it by name: without their only category they would be limited no longer. */
export async function countLimitedTo(db: Reader, categoryId: number) {
  const [professions, experts] = [
    await db.$count(professionCategories, eq(professionCategories.categoryId, categoryId)),
    await db.$count(expertCategories, eq(expertCategories.categoryId, categoryId)),
  ]
  return professions + experts
}
