import { and, asc, eq, gt, inArray, isNull, like, or, sql } from 'drizzle-orm'
import { categories, categoryQuestions, categoryRedirects, questions } from '../database/schema.ts'
import type { Reader, Writer } from '../database/types.ts'
import { indexDocument, moveDocuments, removeDocument } from '../search/queries.ts'
import {
  type Category,
  countUp,
  findCategory,
  findCategoryById,
  isIn,
  listAncestors,
  listSubcategories,
  lockCategories,
} from './queries.ts'
import { countLimitedTo, handOnScopes } from './scope-changes.ts'

/** Whoever moves, merges or deletes categories holds all of them: nobody else can change the tree or its counts then. */
const lockTree = (db: Writer) => lockCategories(db)

type Texts = Pick<Category, 'name' | 'slug' | 'description' | 'guidance' | 'guidanceHtml'> &
  Partial<Pick<Category, 'reviewMonths'>>
type Node = Pick<Category, 'id' | 'path'>
type Place = { parent?: Node; slug: string }

/** Forms send whole paths, and PostgreSQL's unique index takes no more than 2,700. */
const LONGEST_PATH = 500

/** Why a change to the tree was not made; nothing of it is then. */
export class TreeConflict extends Error {
  readonly reason: 'taken' | 'below-itself' | 'too-deep' | 'not-empty' | 'limits' | 'gone'
  constructor(reason: TreeConflict['reason']) {
    super(reason)
    this.reason = reason
  }
}

/**
 * Puts it behind its siblings.
 * @throws {TreeConflict} taken, too-deep, gone (its parent)
 */
export async function createCategory(db: Writer, { parentId, ...texts }: Partial<Texts> & NewCategory) {
  const [parent] = await lockCategories(
    db,
    parentId === null ? isNull(categories.parentId) : eq(categories.id, parentId),
  )
  if (parentId !== null && !parent) throw new TreeConflict('gone')
  const path = pathOf({ parent: parentId === null ? undefined : parent, slug: texts.slug })
  if (path.length > LONGEST_PATH) throw new TreeConflict('too-deep')
  const [created] = await db
    .insert(categories)
    .values({ ...texts, parentId, path, position: await lastPosition(db, parentId) })
    .onConflictDoNothing({ target: categories.path })
    .returning()
  if (!created) throw new TreeConflict('taken')
  await freeAddresses(db, path)
  await indexDocument(db, searchableOf(created))
  return created
}

/** Categories from one id on, as a search reads them. */
export async function listSearchable(db: Reader, afterId: number, limit: number) {
  const rows = db.select().from(categories).where(gt(categories.id, afterId)).orderBy(asc(categories.id)).limit(limit)
  return (await rows).map(searchableOf)
}

const searchableOf = ({ id, name, description, createdAt }: Category) => ({
  kind: 'category' as const,
  id,
  title: name,
  body: description,
  categoryId: id,
  createdAt,
})

type NewCategory = Pick<Category, 'name' | 'slug' | 'parentId'>

/** @throws {TreeConflict} taken, too-deep, gone */
export async function updateCategory(db: Writer, id: number, texts: Texts) {
  await lockTree(db)
  const category = await existing(db, id)
  const parent = category.parentId === null ? undefined : await existing(db, category.parentId)
  await place(db, category, { parent, slug: texts.slug })
  await db
    .update(categories)
    .set({ ...texts, updatedAt: new Date() })
    .where(eq(categories.id, id))
  await indexDocument(db, searchableOf({ ...category, ...texts }))
}

/**
 * With all that is below it, behind the subcategories its new parent has.
 * @throws {TreeConflict} taken, below-itself, too-deep, gone
 */
export async function moveCategory(db: Writer, id: number, parentId: number | null) {
  await lockTree(db)
  const category = await existing(db, id)
  if (category.parentId === parentId) return
  const parent = parentId === null ? undefined : await existing(db, parentId)
  if (parent && isInOrBelow(parent, category)) throw new TreeConflict('below-itself')
  await place(db, category, { parent, slug: category.slug })
  await db
    .update(categories)
    .set({ position: await lastPosition(db, parentId, id), updatedAt: new Date() })
    .where(eq(categories.id, id))
}

/** One up or one down among its siblings. */
export async function shiftCategory(db: Writer, id: number, by: -1 | 1) {
  await lockTree(db)
  const { parentId } = await existing(db, id)
  const order = (await listSubcategories(db, parentId)).map((sibling) => sibling.id)
  const from = order.indexOf(id)
  const other = order[from + by]
  if (other === undefined) return
  order[from] = other
  order[from + by] = id
  for (const [position, sibling] of order.entries())
    await db
      .update(categories)
      .set({ position })
      .where(and(eq(categories.id, sibling), sql`${categories.position} <> ${position}`))
}

/**
 * Questions and subcategories go to the target; a subcategory that the target has too, by its slug, is merged in turn.
 * @throws {TreeConflict} below-itself, too-deep, gone
 */
export async function mergeCategories(db: Writer, id: number, targetId: number) {
  await lockTree(db)
  const category = await existing(db, id)
  const target = await existing(db, targetId)
  if (isInOrBelow(target, category)) throw new TreeConflict('below-itself')
  await keepAddresses(db, category.path)
  // out of the way first, so that a subcategory can take the very place its parent leaves; no address holds a dot
  const slug = `.${id}`
  await relocate(db, category, { slug })
  await dissolve(db, { id, path: slug }, target)
}

/**
 * Its old address leads to the category above it.
 * @throws {TreeConflict} not-empty, limits, gone
 */
export async function deleteCategory(db: Writer, id: number) {
  await lockTree(db)
  const { parentId, path } = await existing(db, id)
  const inUse =
    (await db.$count(categories, eq(categories.parentId, id))) +
    (await db.$count(questions, eq(questions.categoryId, id)))
  if (inUse > 0) throw new TreeConflict('not-empty')
  if ((await countLimitedTo(db, id)) > 0) throw new TreeConflict('limits')
  if (parentId !== null) {
    await keepAddresses(db, path)
    await handOnAddresses(db, id, parentId)
  }
  await removeDocument(db, 'category', id)
  await db.delete(categories).where(eq(categories.id, id))
}

async function existing(db: Writer, id: number) {
  const category = await findCategoryById(db, id)
  if (!category) throw new TreeConflict('gone')
  return category
}

async function place(db: Writer, category: Node, to: Place) {
  if (pathOf(to) === category.path) return
  if (await findCategory(db, pathOf(to))) throw new TreeConflict('taken')
  await keepAddresses(db, category.path)
  await relocate(db, category, to)
}

/** The paths of all below it follow, and its questions count where it now is. */
async function relocate(db: Writer, category: Node, to: Place) {
  const left = await listAncestors(db, category)
  const entered = to.parent ? await trailOf(db, to.parent) : []
  await carryQuestions(db, category, { left: without(left, entered), entered: without(entered, left) })
  const path = pathOf(to)
  const growth = path.length - category.path.length
  if ((await longestPath(db, category)) + growth > LONGEST_PATH) throw new TreeConflict('too-deep')
  await db
    .update(categories)
    .set({ parentId: to.parent?.id ?? null, slug: to.slug })
    .where(eq(categories.id, category.id))
  await db
    .update(categories)
    .set({ path: sql`${path} || substr(${categories.path}, ${category.path.length + 1})` })
    .where(inOrBelow(category.path))
  await freeAddresses(db, path)
}

async function dissolve(db: Writer, category: Node, target: Node) {
  for (const child of await listSubcategories(db, category.id)) {
    const place = { parent: target, slug: child.path.split('/').at(-1)! }
    const twin = await findCategory(db, pathOf(place))
    await (twin ? dissolve(db, child, twin) : relocate(db, child, place))
  }
  await db.update(questions).set({ categoryId: target.id }).where(eq(questions.categoryId, category.id))
  await removeDocument(db, 'category', category.id)
  await moveDocuments(db, category.id, target.id)
  await carryQuestions(db, category, { left: await listAncestors(db, category), entered: await trailOf(db, target) })
  await handOnAddresses(db, category.id, target.id)
  await handOnScopes(db, category.id, target.id)
  await db.delete(categories).where(eq(categories.id, category.id))
}

/** The questions in and below a category no longer count in the ones it `left`, but in those it `entered`. */
async function carryQuestions(db: Writer, { id }: Node, { left, entered }: { left: Node[]; entered: Node[] }) {
  const filed = categoryQuestions
  const count = await db.$count(filed, eq(filed.categoryId, id))
  if (count === 0) return
  const [from, to] = [left, entered].map((nodes) => nodes.map((node) => node.id)) as [number[], number[]]
  const questionIds = db.select({ id: filed.questionId }).from(filed).where(eq(filed.categoryId, id))
  const copies = db
    .select({ categoryId: categories.id, questionId: filed.questionId, createdAt: filed.createdAt })
    .from(filed)
    .innerJoin(categories, inArray(categories.id, to))
    .where(eq(filed.categoryId, id))
  await db.delete(filed).where(and(inArray(filed.categoryId, from), inArray(filed.questionId, questionIds)))
  await db.insert(filed).select(copies)
  await countUp(db, from, -count)
  await countUp(db, to, count)
}

/** Where a category and those below it are now will lead to them when they have moved on. */
async function keepAddresses(db: Writer, path: string) {
  const createdAt = sql`${sql.param(new Date(), categoryRedirects.createdAt)}`
  const addresses = db
    .select({ path: categories.path, categoryId: categories.id, createdAt: createdAt.as('created_at') })
    .from(categories)
    .where(inOrBelow(path))
  await db
    .insert(categoryRedirects)
    .select(addresses)
    .onConflictDoUpdate({ target: categoryRedirects.path, set: { categoryId: sql`excluded.category_id` } })
}

/** Where a category lives nothing leads away from it. */
async function freeAddresses(db: Writer, path: string) {
  const living = db.select({ path: categories.path }).from(categories).where(inOrBelow(path))
  await db.delete(categoryRedirects).where(inArray(categoryRedirects.path, living))
}

const handOnAddresses = (db: Writer, from: number, to: number) =>
  db.update(categoryRedirects).set({ categoryId: to }).where(eq(categoryRedirects.categoryId, from))

async function longestPath(db: Writer, { path }: Node) {
  const [longest] = await db
    .select({ length: sql<number>`max(length(${categories.path}))`.mapWith(Number) })
    .from(categories)
    .where(inOrBelow(path))
  return longest!.length
}

/** The position behind all siblings, but for the one that is on its way there. */
async function lastPosition(db: Writer, parentId: number | null, id = 0) {
  const [last] = await db
    .select({ position: sql<number>`coalesce(max(${categories.position}) + 1, 0)`.mapWith(Number) })
    .from(categories)
    .where(and(isIn(parentId), sql`${categories.id} <> ${id}`))
  return last!.position
}

const trailOf = async (db: Writer, category: Node): Promise<Node[]> => [
  ...(await listAncestors(db, category)),
  category,
]

const pathOf = ({ parent, slug }: Place) => (parent ? `${parent.path}/${slug}` : slug)

const isInOrBelow = (one: Node, other: Node) => `${one.path}/`.startsWith(`${other.path}/`)

const inOrBelow = (path: string) => or(eq(categories.path, path), like(categories.path, `${path}/%`))

const without = (nodes: Node[], others: Node[]) => nodes.filter(({ id }) => !others.some((other) => other.id === id))
