import assert from 'node:assert/strict'
import { test } from 'node:test'
import { eq } from 'drizzle-orm'
import { createCategory } from '../../src/categories/tree-queries.ts'
import { expertCategories, experts, professionCategories, professions } from '../../src/database/schema.ts'
import type { Database } from '../../src/database/types.ts'
import { countExpertsIn, listCategoriesInScope, listExpertsIn, mayAnswerIn } from '../../src/experts/scope-queries.ts'
import { verifiedExpert } from '../fixtures.ts'
import { emptyDatabase } from '../helper.ts'

test('an expert without profession and categories may answer everywhere', async (t) => {
  const { database, spine } = await plantTree(t)
  const { account } = await verifiedExpert(database)

  assert.equal(await listCategoriesInScope(database.read, account.id), undefined)
  assert.equal(await mayAnswerIn(database.read, account.id, [spine.id]), true)
})

test('a profession may answer below its categories, and nowhere without any', async (t) => {
  const { database, spine, neck, foot } = await plantTree(t)
  const physio = await profession(database, 'Physiotherapist', [spine.id])
  const dreamer = await profession(database, 'Dreamer', [])
  const [one, other] = [
    await expertIn(database, { professionId: physio }),
    await expertIn(database, { professionId: dreamer }),
  ]

  assert.equal(await mayAnswerIn(database.read, one, [neck.id, spine.id]), true)
  assert.equal(await mayAnswerIn(database.read, one, [foot.id]), false)
  assert.deepEqual(await listCategoriesInScope(database.read, one), [spine.id])
  assert.equal(await mayAnswerIn(database.read, other, [spine.id]), false)
  assert.deepEqual(await listCategoriesInScope(database.read, other), [])
})

test('the scope of an expert is what their profession and their own categories have in common', async (t) => {
  const { database, spine, neck, disc, foot } = await plantTree(t)
  const physio = await profession(database, 'Physiotherapist', [spine.id, disc.id])
  const scopeOf = async (categoryIds: number[]) =>
    listCategoriesInScope(database.read, await expertIn(database, { professionId: physio, categoryIds }))

  assert.deepEqual(await scopeOf([neck.id, foot.id]), [neck.id])
  assert.deepEqual(await scopeOf([neck.id, disc.id, spine.id]), [spine.id])
  assert.deepEqual(await scopeOf([foot.id]), [])
})

test('the experts of a category are those verified now who may answer there', async (t) => {
  const { database, spine, neck, foot } = await plantTree(t)
  const everywhere = await expertIn(database, {})
  const inSpine = await expertIn(database, { categoryIds: [spine.id] })
  await expertIn(database, { categoryIds: [spine.id], verifiedUntil: new Date(Date.now() - 1) })
  await expertIn(database, { categoryIds: [foot.id] })

  const found = await listExpertsIn(database.read, [neck.id, spine.id])
  assert.deepEqual(
    found.map(({ accountId }) => accountId),
    [everywhere, inSpine],
  )
  assert.equal(await countExpertsIn(database.read, [neck.id, spine.id]), 2)
})

type Values = { professionId?: number; categoryIds?: number[]; verifiedUntil?: Date }

let number = 0

async function expertIn(database: Database, { categoryIds = [], ...values }: Values) {
  number += 1
  const { account } = await verifiedExpert(database, `Expert ${number}`)
  await database.write(async (db) => {
    if (Object.keys(values).length > 0) await db.update(experts).set(values).where(eq(experts.accountId, account.id))
    for (const categoryId of categoryIds) await db.insert(expertCategories).values({ expertId: account.id, categoryId })
  })
  return account.id
}

const profession = (database: Database, name: string, categoryIds: number[]) =>
  database.write(async (db) => {
    const [made] = await db.insert(professions).values({ name }).returning()
    for (const categoryId of categoryIds)
      await db.insert(professionCategories).values({ professionId: made!.id, categoryId })
    return made!.id
  })

async function plantTree(t: Parameters<typeof emptyDatabase>[0]) {
  const database = await emptyDatabase(t)
  const plant = (name: string, parentId: number | null = null) =>
    database.write((db) => createCategory(db, { name, slug: name.toLowerCase(), parentId, description: '' }))
  const spine = await plant('Spine')
  const neck = await plant('Neck', spine.id)
  const disc = await plant('Disc', neck.id)
  return { database, spine, neck, disc, foot: await plant('Foot') }
}
