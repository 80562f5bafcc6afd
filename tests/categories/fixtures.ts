import { randomUUID } from 'node:crypto'
import { fileQuestion, findCategory, holdCategories } from '../../src/categories/queries.ts'
import { createCategory } from '../../src/categories/tree-queries.ts'
import { categories, categoryQuestions, questions } from '../../src/database/schema.ts'
import type { Database } from '../../src/database/types.ts'

/** Each path below one that stands before it; 'low-back' is named Low back. */
export async function plantTree(database: Database, paths: string[]) {
  for (const path of paths) {
    const slugs = path.split('/')
    const slug = slugs.pop()!
    const name = slug.charAt(0).toUpperCase() + slug.slice(1).replaceAll('-', ' ')
    const parentId = slugs.length > 0 ? await idOf(database, slugs.join('/')) : null
    await database.write((db) => createCategory(db, { parentId, slug, name, description: `All about ${slug}.` }))
  }
}

export async function idOf(database: Database, path: string) {
  const category = await findCategory(database.read, path)
  if (!category) throw new Error(`there is no ${path}`)
  return category.id
}

let asked = 0

/** Each is a minute younger than the one before. */
export async function askIn(database: Database, category: string | number, title = 'Is heat better than ice?') {
  const categoryId = typeof category === 'string' ? await idOf(database, category) : category
  asked += 1
  const createdAt = new Date(Date.UTC(2026, 0, 1) + asked * 60_000)
  return database.write(async (db) => {
    await holdCategories(db, categoryId)
    const [question] = await db
      .insert(questions)
      .values({ ...blank, categoryId, title, submissionKey: randomUUID(), createdAt, changedAt: createdAt })
      .returning()
    await fileQuestion(db, { questionId: question!.id, categoryId, createdAt })
    return question!.id
  })
}

const blank = {
  askerName: 'Quiet Heron',
  slug: 'is-heat-better-than-ice',
  body: 'For a stiff back.',
  bodyHtml: '<p>For a stiff back.</p>',
  excerpt: 'For a stiff back.',
}

/** What the tree says of itself, by path: `count` as it is kept, and how many rows its list has. */
export async function countsOf(database: Database) {
  const all = await database.read.select().from(categories)
  const filed = await database.read.select().from(categoryQuestions)
  return Object.fromEntries(
    all.map(({ id, path, questionCount }) => [
      path,
      { count: questionCount, rows: filed.filter((row) => row.categoryId === id).length },
    ]),
  )
}

/** The same, counted anew from where each question is and what its category's parents are. */
export async function trueCountsOf(database: Database) {
  const all = await database.read.select().from(categories)
  const asked = await database.read.select().from(questions)
  const parents = new Map(all.map(({ id, parentId }) => [id, parentId]))
  const isBelow = (id: number | null | undefined, top: number): boolean =>
    typeof id === 'number' && (id === top || isBelow(parents.get(id), top))
  return Object.fromEntries(
    all.map(({ id, path }) => {
      const count = asked.filter(({ categoryId }) => isBelow(categoryId, id)).length
      return [path, { count, rows: count }]
    }),
  )
}
