import { asc, count, eq, inArray, sql } from 'drizzle-orm'
import { lockCategories } from '../categories/queries.ts'
import { locked } from '../database/dialect.ts'
import {
  accounts,
  categories,
  expertCategories,
  experts,
  professionCategories,
  professions,
} from '../database/schema.ts'
import type { Reader, Writer } from '../database/types.ts'

export type Profession = typeof professions.$inferSelect

/** In the order of their names. */
export const listProfessions = (db: Reader): Promise<Profession[]> =>
  db.select().from(professions).orderBy(sql`lower(${professions.name})`, asc(professions.id))

/** With how many experts are one, and in how many categories they may answer by name. */
export async function listProfessionUses(db: Reader) {
  const [all, users, places] = await Promise.all([
    listProfessions(db),
    db.select({ id: experts.professionId, count: count() }).from(experts).groupBy(experts.professionId),
    db
      .select({ id: professionCategories.professionId, count: count() })
      .from(professionCategories)
      .groupBy(professionCategories.professionId),
  ])
  const countOf = (rows: { id: number | null; count: number }[]) => new Map(rows.map((row) => [row.id, row.count]))
  const [expertCount, categoryCount] = [countOf(users), countOf(places)]
  return all.map(({ id, name }) => ({
    id,
    name,
    expertCount: expertCount.get(id) ?? 0,
    categoryCount: categoryCount.get(id) ?? 0,
  }))
}

export async function findProfession(db: Reader, id: number): Promise<Profession | undefined> {
  const [profession] = await db.select().from(professions).where(eq(professions.id, id))
  return profession
}

export async function findProfessionByName(db: Reader, name: string): Promise<Profession | undefined> {
  const [profession] = await db.select().from(professions).where(eq(professions.name, name))
  return profession
}

/** Undefined where there is one of that name. */
export async function createProfession(db: Writer, name: string): Promise<Profession | undefined> {
  const [created] = await db.insert(professions).values({ name }).onConflictDoNothing().returning()
  return created
}

/** Fails where another has that name. */
export async function renameProfession(db: Writer, id: number, name: string) {
  await db.update(professions).set({ name }).where(eq(professions.id, id))
}

/** Who is of this profession, at most so many. */
export const listExpertsOfProfession = (db: Reader, id: number, limit: number) =>
  db
    .select({ id: accounts.id, name: accounts.name })
    .from(experts)
    .innerJoin(accounts, eq(accounts.id, experts.accountId))
    .where(eq(experts.professionId, id))
    .orderBy(asc(accounts.id))
    .limit(limit)

/** False while an expert is of it. Applications that name it keep its name. */
export async function deleteProfession(db: Writer, id: number) {
  await locked(db.select({ id: professions.id }).from(professions).where(eq(professions.id, id)))
  if ((await db.$count(experts, eq(experts.professionId, id))) > 0) return false
  await db.delete(professions).where(eq(professions.id, id))
  return true
}

/** The categories a profession may answer in; those below one that is chosen are in it anyway. */
export async function setProfessionCategories(db: Writer, professionId: number, categoryIds: number[]) {
  await locked(db.select({ id: professions.id }).from(professions).where(eq(professions.id, professionId)))
  const tops = await listTops(db, categoryIds)
  await db.delete(professionCategories).where(eq(professionCategories.professionId, professionId))
  if (tops.length > 0)
    await db.insert(professionCategories).values(tops.map((categoryId) => ({ professionId, categoryId })))
}

/** What an expert is, and where they were accepted; no categories: wherever their profession may. */
export async function setExpertScope(
  db: Writer,
  expertId: number,
  { professionId, categoryIds }: { professionId: number | null; categoryIds: number[] },
) {
  await locked(db.select({ id: experts.accountId }).from(experts).where(eq(experts.accountId, expertId)))
  const tops = await listTops(db, categoryIds)
  await db.update(experts).set({ professionId }).where(eq(experts.accountId, expertId))
  await db.delete(expertCategories).where(eq(expertCategories.expertId, expertId))
  if (tops.length > 0) await db.insert(expertCategories).values(tops.map((categoryId) => ({ expertId, categoryId })))
}

/** Of the categories that are still there, those that do not lie below another of them. They stay till this is written. */
export async function listTops(db: Writer, categoryIds: number[]) {
  if (categoryIds.length === 0) return []
  const places = await lockCategories(db, inArray(categories.id, categoryIds))
  const paths = new Set(places.map(({ path }) => path))
  const liesBelow = (path: string) =>
    path.split('/').some((_slug, end, slugs) => end > 0 && paths.has(slugs.slice(0, end).join('/')))
  return places.filter(({ path }) => !liesBelow(path)).map(({ id }) => id)
}
