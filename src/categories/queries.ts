import { and, asc, eq, inArray, isNotNull, isNull, type SQL, sql } from 'drizzle-orm'
import { locked } from '../database/dialect.ts'
import { categories, categoryQuestions, categoryRedirects, questions } from '../database/schema.ts'
import type { Reader, Writer } from '../database/types.ts'

export type Category = typeof categories.$inferSelect

const listed = {
  id: categories.id,
  parentId: categories.parentId,
  path: categories.path,
  name: categories.name,
  description: categories.description,
  questionCount: categories.questionCount,
}

/** As people see them: in the order an administrator gave them. */
const inOrder = [asc(categories.position), asc(categories.id)]
const depth = sql<number>`length(${categories.path}) - length(replace(${categories.path}, '/', ''))`.mapWith(Number)

export async function findCategory(db: Reader, path: string): Promise<Category | undefined> {
  const [category] = await db.select().from(categories).where(eq(categories.path, path))
  return category
}

export async function findCategoryById(db: Reader, id: number): Promise<Category | undefined> {
  const [category] = await db.select().from(categories).where(eq(categories.id, id))
  return category
}

/** The category that used to be at this path. */
export async function findMovedCategory(db: Reader, path: string): Promise<Category | undefined> {
  const [moved] = await db
    .select({ category: categories })
    .from(categoryRedirects)
    .innerJoin(categories, eq(categories.id, categoryRedirects.categoryId))
    .where(eq(categoryRedirects.path, path))
  return moved?.category
}

/** From the top down, without the category itself. */
export function listAncestors(db: Reader, { path }: Pick<Category, 'path'>) {
  return db
    .select({ id: categories.id, path: categories.path, name: categories.name })
    .from(categories)
    .where(inArray(categories.path, pathsTo(path).slice(0, -1)))
    .orderBy(sql`length(${categories.path})`)
}

/** The category of a question and all above it, whether it is shown or not. */
export async function listCategoryIdsOf(db: Reader, questionId: number) {
  const [place] = await db
    .select({ path: categories.path })
    .from(questions)
    .innerJoin(categories, eq(categories.id, questions.categoryId))
    .where(eq(questions.id, questionId))
  if (!place) return []
  const trail = await db
    .select({ id: categories.id })
    .from(categories)
    .where(inArray(categories.path, pathsTo(place.path)))
  return trail.map(({ id }) => id)
}

/** After how many months an answer in this category is looked at again, as the nearest one that says so has it. */
export async function findReviewMonths(db: Reader, { path }: Pick<Category, 'path'>) {
  const [nearest] = await db
    .select({ months: categories.reviewMonths })
    .from(categories)
    .where(and(inArray(categories.path, pathsTo(path)), isNotNull(categories.reviewMonths)))
    .orderBy(sql`length(${categories.path}) desc`)
    .limit(1)
  return nearest?.months ?? undefined
}

/** Those at the top have no parent. */
export function listSubcategories(db: Reader, parentId: number | null) {
  return db
    .select(listed)
    .from(categories)
    .where(isIn(parentId))
    .orderBy(...inOrder)
}

/** How many categories there are at each level, those at the top first. */
export async function countLevels(db: Reader) {
  const levels = await db
    .select({ count: sql<number>`count(*)`.mapWith(Number) })
    .from(categories)
    .groupBy(depth)
    .orderBy(depth)
  return levels.map(({ count }) => count)
}

/** In tree order: each category is followed by those below it. */
export async function listTree(db: Reader, levels?: number) {
  const rows = await db
    .select(listed)
    .from(categories)
    .where(levels === undefined ? undefined : sql`${depth} < ${levels}`)
    .orderBy(...inOrder)
  return inTreeOrder(rows)
}

/** What a form offers; `trail` names the categories above it, and then its own name. */
export async function listCategoryOptions(db: Reader) {
  const rows = await db
    .select({ id: categories.id, parentId: categories.parentId, path: categories.path, name: categories.name })
    .from(categories)
    .orderBy(...inOrder)
  const trails = new Map<number | null, string>()
  return inTreeOrder(rows).map(({ id, parentId, path, name, depth }) => {
    const above = trails.get(parentId)
    const trail = above ? `${above} › ${name}` : name
    trails.set(id, trail)
    return { path, name, depth, trail }
  })
}

/** Counts the question in its category and in all above it. */
export async function fileQuestion(db: Writer, { questionId, categoryId, createdAt }: FiledQuestion) {
  const trail = await holdCategories(db, categoryId)
  await db.insert(categoryQuestions).values(trail.map((id) => ({ categoryId: id, questionId, createdAt })))
  await countUp(db, trail, 1)
}

type FiledQuestion = { questionId: number; categoryId: number; createdAt: Date }

export async function unfileQuestion(db: Writer, questionId: number) {
  const filedIn = db
    .select({ id: categoryQuestions.categoryId })
    .from(categoryQuestions)
    .where(eq(categoryQuestions.questionId, questionId))
  await lockCategories(db, inArray(categories.id, filedIn))
  const left = await db
    .delete(categoryQuestions)
    .where(eq(categoryQuestions.questionId, questionId))
    .returning({ id: categoryQuestions.categoryId })
  await countUp(
    db,
    left.map(({ id }) => id),
    -1,
  )
}

export async function countUp(db: Writer, ids: number[], by: number) {
  if (ids.length === 0) return
  await db
    .update(categories)
    .set({ questionCount: sql`${categories.questionCount} + ${by}` })
    .where(inArray(categories.id, ids))
}

/** Always in the order of ids, so that no two writers wait for each other. */
export function lockCategories(db: Writer, where?: SQL) {
  const rows = db.select({ id: categories.id, path: categories.path }).from(categories).where(where)
  return locked(rows.orderBy(asc(categories.id)))
}

/**
 * Keeps these categories and all above them where they are till the transaction ends: whoever moves categories locks
 * them all first. To be called before a question is written in them: its row holds its category as well, and whoever
 * moves that would wait for us as we for them.
 * @returns the ids of all that are held
 */
export async function holdCategories(db: Writer, ...ids: number[]): Promise<number[]> {
  const found = await db.select({ path: categories.path }).from(categories).where(inArray(categories.id, ids))
  if (found.length < new Set(ids).size) throw new Error(`a category of ${ids} has gone`)
  const paths = new Set(found.flatMap(({ path }) => pathsTo(path)))
  const held = (await lockCategories(db, inArray(categories.path, [...paths]))).map(({ id }) => id)
  const isWhole = held.length === paths.size && ids.every((id) => held.includes(id))
  return isWhole ? held : holdCategories(db, ...ids) // they moved while we waited
}

/** 'spine/neck/whiplash' → 'spine', 'spine/neck', 'spine/neck/whiplash' */
export const pathsTo = (path: string) =>
  path.split('/').map((_slug, index, slugs) => slugs.slice(0, index + 1).join('/'))

export const isIn = (parentId: number | null) =>
  parentId === null ? isNull(categories.parentId) : eq(categories.parentId, parentId)

type Node = { id: number; parentId: number | null }

function inTreeOrder<Row extends Node>(rows: Row[]): (Row & { depth: number })[] {
  const children = Map.groupBy(rows, ({ parentId }) => parentId)
  const withThoseBelow = (parentId: number | null, depth: number): (Row & { depth: number })[] =>
    (children.get(parentId) ?? []).flatMap((row) => [{ ...row, depth }, ...withThoseBelow(row.id, depth + 1)])
  return withThoseBelow(null, 0)
}
