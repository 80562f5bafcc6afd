import assert from 'node:assert/strict'
import { test } from 'node:test'
import { eq } from 'drizzle-orm'
import {
  fileQuestion,
  findCategory,
  findMovedCategory,
  listCategoryOptions,
  listSubcategories,
  unfileQuestion,
} from '../../src/categories/queries.ts'
import {
  createCategory,
  deleteCategory,
  mergeCategories,
  moveCategory,
  shiftCategory,
  TreeConflict,
  updateCategory,
} from '../../src/categories/tree-queries.ts'
import { categories, categoryRedirects, questions } from '../../src/database/schema.ts'
import type { Database } from '../../src/database/types.ts'
import { emptyDatabase } from '../helper.ts'
import { askIn, countsOf, idOf, plantTree, trueCountsOf } from './fixtures.ts'

const gone = { reason: 'gone' }
const taken = { reason: 'taken' }
const belowItself = { reason: 'below-itself' }
const tooDeep = { reason: 'too-deep' }
const notEmpty = { reason: 'not-empty' }

test('of categories created at once with the same address one is made', async (t) => {
  const database = await emptyDatabase(t)
  await plantTree(database, ['spine'])
  const parentId = await idOf(database, 'spine')
  const create = () => database.write((db) => createCategory(db, { parentId, slug: 'neck', name: 'Neck' }))

  const results = await Promise.allSettled([create(), create(), create()])
  const refused = results.filter((result) => result.status === 'rejected')
  assert.equal(refused.length, 2)
  for (const { reason } of refused) assert.ok(reason instanceof TreeConflict && reason.reason === 'taken')
  assert.deepEqual(await pathsOf(database), ['spine', 'spine/neck'])
})

test('a category cannot be created below one that has gone', async (t) => {
  const database = await emptyDatabase(t)

  await assert.rejects(
    database.write((db) => createCategory(db, { parentId: 7, slug: 'neck', name: 'Neck' })),
    gone,
  )
})

test('a moved category takes those below it, its questions and its old addresses along', async (t) => {
  const database = await emptyDatabase(t)
  await plantTree(database, ['pain', 'spine', 'spine/neck', 'spine/neck/whiplash', 'spine/necklace'])
  await askIn(database, 'spine/neck/whiplash')
  await move(database, 'spine/neck', 'pain')

  assert.deepEqual(await pathsOf(database), ['pain', 'pain/neck', 'pain/neck/whiplash', 'spine', 'spine/necklace'])
  assert.deepEqual(await countsOf(database), await trueCountsOf(database))
  assert.equal((await findMovedCategory(database.read, 'spine/neck/whiplash'))?.path, 'pain/neck/whiplash')
})

test('a category cannot be moved below itself, nor where its slug is taken', async (t) => {
  const database = await emptyDatabase(t)
  await plantTree(database, ['spine', 'spine/neck', 'spine/neck/spine', 'neck'])

  await assert.rejects(move(database, 'spine', 'spine/neck/spine'), belowItself)
  await assert.rejects(move(database, 'spine', 'spine'), belowItself)
  await assert.rejects(move(database, 'spine/neck', null), taken)
  assert.deepEqual(await pathsOf(database), ['neck', 'spine', 'spine/neck', 'spine/neck/spine'])
})

test('an address cannot grow without end', async (t) => {
  const database = await emptyDatabase(t)
  const slug = (letter: string) => letter.repeat(80)
  const paths = Array.from({ length: 6 }, (_, index) =>
    Array(index + 1)
      .fill(slug('a'))
      .join('/'),
  )
  await plantTree(database, [...paths, slug('b'), `${slug('b')}/c`])

  await assert.rejects(plantTree(database, [`${paths.at(-1)}/${slug('b')}`]), tooDeep)
  await assert.rejects(move(database, slug('b'), paths.at(-1)!), tooDeep)
})

test('every address a category ever had leads to it, and a new category there wins', async (t) => {
  const database = await emptyDatabase(t)
  await plantTree(database, ['spine', 'spine/neck'])
  const id = await idOf(database, 'spine')
  for (const slug of ['back', 'spines', 'back', 'spine', 'column'])
    await database.write((db) => updateCategory(db, id, { ...texts, slug }))

  for (const old of ['spine', 'back', 'spines'])
    assert.equal((await findMovedCategory(database.read, `${old}/neck`))?.path, 'column/neck')
  await plantTree(database, ['spine', 'spine/neck'])
  assert.equal(await findMovedCategory(database.read, 'spine/neck'), undefined)
  assert.equal(await redirectsToLiving(database), 0)
})

test('siblings change places one step at a time, and the ends stay where they are', async (t) => {
  const database = await emptyDatabase(t)
  await plantTree(database, ['neck', 'hip', 'knee'])
  const knee = await idOf(database, 'knee')
  const shift = (by: 1 | -1) => database.write((db) => shiftCategory(db, knee, by))

  await shift(1)
  assert.deepEqual(await namesOf(database), ['Neck', 'Hip', 'Knee'])
  await shift(-1)
  assert.deepEqual(await namesOf(database), ['Neck', 'Knee', 'Hip'])
  await shift(-1)
  await shift(-1)
  assert.deepEqual(await namesOf(database), ['Knee', 'Neck', 'Hip'])
})

test('merged categories become one all the way down, and old addresses lead there', async (t) => {
  const database = await emptyDatabase(t)
  await plantTree(database, [
    ...['back', 'back/disc', 'back/disc/surgery', 'back/muscle'],
    ...['spine', 'spine/disc', 'spine/disc/surgery', 'spine/disc/pain'],
  ])
  const moved = await askIn(database, 'back/disc/surgery')
  for (const path of ['back', 'back/muscle', 'spine/disc/surgery', 'spine']) await askIn(database, path)
  await merge(database, 'back', 'spine')

  assert.deepEqual(await countsOf(database), {
    spine: { count: 5, rows: 5 },
    'spine/disc': { count: 2, rows: 2 },
    'spine/disc/surgery': { count: 2, rows: 2 },
    'spine/disc/pain': { count: 0, rows: 0 },
    'spine/muscle': { count: 1, rows: 1 },
  })
  const [question] = await database.read.select().from(questions).where(eq(questions.id, moved))
  assert.equal(question?.categoryId, await idOf(database, 'spine/disc/surgery'))
  for (const path of ['', '/disc', '/disc/surgery', '/muscle'])
    assert.equal((await findMovedCategory(database.read, `back${path}`))?.path, `spine${path}`)
})

test('a category can be merged into one above it, even if one of its own then takes its address', async (t) => {
  const database = await emptyDatabase(t)
  await plantTree(database, ['spine', 'spine/neck', 'spine/neck/neck', 'spine/neck/neck/neck'])
  for (const path of await pathsOf(database)) await askIn(database, path)
  await merge(database, 'spine/neck', 'spine')

  assert.deepEqual(await pathsOf(database), ['spine', 'spine/neck', 'spine/neck/neck'])
  assert.deepEqual(await countsOf(database), await trueCountsOf(database))
  assert.equal((await findCategory(database.read, 'spine'))?.questionCount, 4)
  assert.equal((await findMovedCategory(database.read, 'spine/neck/neck/neck'))?.path, 'spine/neck/neck')
  assert.equal(await redirectsToLiving(database), 0)
})

test('a category cannot be merged into itself or into one below it', async (t) => {
  const database = await emptyDatabase(t)
  await plantTree(database, ['spine', 'spine/neck'])

  await assert.rejects(merge(database, 'spine', 'spine'), belowItself)
  await assert.rejects(merge(database, 'spine', 'spine/neck'), belowItself)
})

test('only an empty category can be deleted; its address leads to the one above it', async (t) => {
  const database = await emptyDatabase(t)
  await plantTree(database, ['spine', 'spine/neck', 'spine/neck/whiplash'])
  await askIn(database, 'spine')
  const remove = async (path: string) => {
    const id = await idOf(database, path)
    await database.write((db) => deleteCategory(db, id))
  }

  await assert.rejects(remove('spine/neck'), notEmpty)
  await remove('spine/neck/whiplash')
  await remove('spine/neck')
  await assert.rejects(remove('spine'), notEmpty)
  assert.equal((await findMovedCategory(database.read, 'spine/neck/whiplash'))?.path, 'spine')
})

test('counts and addresses stay true through whatever is done to the tree', async (t) => {
  const database = await emptyDatabase(t)
  await plantTree(database, ['a', 'b', 'a/a', 'a/b', 'a/b/c', 'b/c', 'b/c/a', 'c'])
  const random = numbers(20_260_101)
  for (let step = 0; step < 120; step += 1) await doSomething(database, random)

  assert.deepEqual(await countsOf(database), await trueCountsOf(database))
  assert.deepEqual(await pathsOf(database), (await truePathsOf(database)).sort())
  assert.equal(await redirectsToLiving(database), 0)
})

test('counts stay true when people ask and administrators move categories at once', async (t) => {
  const database = await emptyDatabase(t)
  await plantTree(database, ['a', 'a/x', 'a/x/y', 'b', 'b/z', 'c'])
  const known = await listCategoryOptions(database.read)
  const ids = new Map(await Promise.all(known.map(async ({ path }) => [path, await idOf(database, path)] as const)))
  const ask = (path: string) => askIn(database, ids.get(path)!)
  const moveTo = (path: string, to: string) =>
    database.write((db) => moveCategory(db, ids.get(path)!, ids.get(to)!)).catch(ignoreConflict)

  await Promise.all([ask('a/x/y'), moveTo('a/x', 'b'), ask('a/x'), ask('b/z'), moveTo('b/z', 'a'), ask('a/x/y')])
  await Promise.all([moveTo('a', 'c'), ask('b'), moveTo('c', 'a'), ask('b'), moveTo('a/x', 'c'), ask('c')])
  assert.deepEqual(await countsOf(database), await trueCountsOf(database))
  assert.deepEqual(await pathsOf(database), (await truePathsOf(database)).sort())
})

const texts = { name: 'Spine', description: '', guidance: null, guidanceHtml: null }

async function move(database: Database, path: string, to: string | null) {
  const [id, parentId] = [await idOf(database, path), to === null ? null : await idOf(database, to)]
  await database.write((db) => moveCategory(db, id, parentId))
}

async function merge(database: Database, path: string, into: string) {
  const [id, targetId] = [await idOf(database, path), await idOf(database, into)]
  await database.write((db) => mergeCategories(db, id, targetId))
}

const pathsOf = async (database: Database) => (await listCategoryOptions(database.read)).map(({ path }) => path).sort()
const namesOf = async (database: Database) => (await listSubcategories(database.read, null)).map(({ name }) => name)

async function truePathsOf(database: Database) {
  const all = await database.read.select().from(categories)
  const byId = new Map(all.map((category) => [category.id, category]))
  const pathOf = ({ parentId, slug }: (typeof all)[number]): string =>
    parentId === null ? slug : `${pathOf(byId.get(parentId)!)}/${slug}`
  return all.map(pathOf)
}

async function redirectsToLiving(database: Database) {
  const rows = await database.read
    .select()
    .from(categoryRedirects)
    .innerJoin(categories, eq(categories.path, categoryRedirects.path))
  return rows.length
}

async function doSomething(database: Database, random: (below: number) => number) {
  const all = await database.read.select().from(categories).orderBy(categories.id)
  const asked = await database.read.select().from(questions).orderBy(questions.id)
  const any = all[random(all.length)]!
  const other = all[random(all.length)]!
  const question = asked[random(asked.length)]
  const slug = 'abcd'.charAt(random(4))
  const actions = [
    () => askIn(database, any.path),
    () => askIn(database, other.path),
    () => question && refile(database, question, any.id),
    () => database.write((db) => createCategory(db, { parentId: any.id, slug, name: slug })),
    () => database.write((db) => updateCategory(db, any.id, { ...texts, slug })),
    () => database.write((db) => moveCategory(db, any.id, random(4) === 0 ? null : other.id)),
    () => database.write((db) => mergeCategories(db, any.id, other.id)),
    () => database.write((db) => deleteCategory(db, any.id)),
  ]
  await Promise.resolve(actions[random(actions.length)]!()).catch(ignoreConflict)
}

async function refile(database: Database, { id, createdAt }: typeof questions.$inferSelect, categoryId: number) {
  await database.write(async (db) => {
    await unfileQuestion(db, id)
    await db.update(questions).set({ categoryId }).where(eq(questions.id, id))
    await fileQuestion(db, { questionId: id, categoryId, createdAt })
  })
}

function ignoreConflict(error: unknown) {
  if (!(error instanceof TreeConflict)) throw error
}

/** The same each time, so that a failure can be looked into. */
function numbers(seed: number) {
  let state = seed
  return (below: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}
