import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { createCategory, deleteCategory, mergeCategories, moveCategory } from '../../src/categories/tree-queries.ts'
import {
  auditEvents,
  categories,
  expertCategories,
  professionCategories,
  professions,
} from '../../src/database/schema.ts'
import type { Database } from '../../src/database/types.ts'
import { setExpertScope } from '../../src/experts/profession-queries.ts'
import { listCategoriesInScope, mayAnswerIn } from '../../src/experts/scope-queries.ts'
import { idOf, plantTree } from '../categories/fixtures.ts'
import { countQueries } from '../count-queries.ts'
import { askSomething, newKey, verifiedExpert } from '../fixtures.ts'
import { build, form, signedIn, textOf } from '../helper.ts'

test('a profession is added, renamed and given categories, each by its tops alone', async (t) => {
  const { database, post, open } = await stage(t)
  const made = await post('/admin/professions', { name: 'Physiotherapist' })
  assert.equal(made.headers.location, '/admin/professions/1')
  await post('/admin/professions/1', { name: 'Physiotherapists' })
  const ids = [await idOf(database, 'spine'), await idOf(database, 'spine/neck'), await idOf(database, 'foot')]
  await post('/admin/professions/1/categories', {}, ids)

  const scope = (await database.read.select().from(professionCategories)).map(({ categoryId }) => categoryId)
  assert.deepEqual(scope.sort(), [ids[0], ids[2]].sort())
  const page = await open('/admin/professions/1')
  assert.match(page.body, new RegExp(`value="${ids[0]}" checked`))
  assert.match(textOf(await open('/admin/professions')), /Physiotherapists 0 2/)
  const actions = (await database.read.select().from(auditEvents)).map(({ action }) => action)
  assert.deepEqual(actions, ['profession-created', 'profession-renamed', 'profession-scope-changed'])
})

test('two professions cannot have one name', async (t) => {
  const { post } = await stage(t)
  await post('/admin/professions', { name: 'Surgeon' })
  await post('/admin/professions', { name: 'Nurse' })

  for (const address of ['/admin/professions', '/admin/professions/2']) {
    const page = await post(address, { name: 'Surgeon' })
    assert.equal(page.statusCode, 422)
    assert.match(textOf(page), /There is a profession of this name already/)
  }
  assert.match(textOf(await post('/admin/professions', { name: '' })), /Please fill this in/)
})

test('a profession in use is not removed, and it is said who uses it', async (t) => {
  const { database, post, open } = await stage(t)
  await post('/admin/professions', { name: 'Surgeon' })
  const { account } = await verifiedExpert(database)
  await database.write((db) => setExpertScope(db, account.id, { professionId: 1, categoryIds: [] }))

  assert.match(textOf(await open('/admin/professions/1')), /cannot be removed while experts are of it: Vera Lund/)
  const refused = await post('/admin/professions/1?_method=DELETE', {})
  assert.equal(refused.statusCode, 409)
  assert.match(textOf(refused), /experts are of it: Vera Lund\. Choose another for them first/)
  await database.write((db) => setExpertScope(db, account.id, { professionId: null, categoryIds: [] }))
  assert.equal((await post('/admin/professions/1?_method=DELETE', {})).statusCode, 303)
  assert.equal(await database.read.$count(professions), 0)
})

test('professions are for administrators', async (t) => {
  const { app, database } = await stage(t)
  const { cookie } = await signedIn(database, 'moderator')

  assert.equal((await app.inject({ url: '/admin/professions', headers: { cookie } })).statusCode, 403)
  const adding = form({ name: 'Surgeon' }, { cookie })
  assert.equal((await app.inject({ url: '/admin/professions', ...adding })).statusCode, 403)
})

test('an administrator limits an expert, and lifts that again', async (t) => {
  const { database, post, open } = await stage(t)
  const { account } = await verifiedExpert(database)
  const address = `/admin/accounts/${account.id}`
  assert.match(textOf(await open(address)), /Every category: they are not limited at all/)
  const neck = await idOf(database, 'spine/neck')

  assert.equal((await post(`${address}/scope`, { isLimited: 'yes' })).statusCode, 422)
  await post(`${address}/scope`, { isLimited: 'yes' }, [neck])
  assert.deepEqual(await listCategoriesInScope(database.read, account.id), [neck])
  assert.match(textOf(await open(address)), /Accepted for Neck/)
  await post(`${address}/scope`, { isLimited: 'no' }, [neck])
  assert.equal(await listCategoriesInScope(database.read, account.id), undefined)
  assert.match(textOf(await open(address)), /changed where an expert may answer/)
})

test('an expert is not limited to where their profession may not answer', async (t) => {
  const { database, post } = await stage(t)
  const { account } = await verifiedExpert(database)
  await post('/admin/professions', { name: 'Podiatrist' })
  await post('/admin/professions/1/categories', {}, [await idOf(database, 'foot')])

  const fields = { isLimited: 'yes', profession: '1' }
  const page = await post(`/admin/accounts/${account.id}/scope`, fields, [await idOf(database, 'spine/neck')])
  assert.equal(page.statusCode, 422)
  assert.match(textOf(page), /profession may not answer in any of these/)
})

test('an answer outside the scope is refused kindly, and its text kept', async (t) => {
  const { app, database } = await stage(t)
  const vera = await verifiedExpert(database)
  const [spine, foot] = [await idOf(database, 'spine'), await idOf(database, 'foot')]
  await database.write((db) => setExpertScope(db, vera.account.id, { professionId: null, categoryIds: [foot] }))
  const question = await askSomething(database, { categoryId: spine })
  const headers = { cookie: vera.cookie }
  const path = `/questions/${question.id}/${question.slug}`
  const shown = await app.inject({ url: path, headers })
  assert.match(textOf(shown), /outside what you may answer/)
  assert.match(shown.body, /href="\/experts\/apply"/)

  const body = 'Rest for two days, and then move as much as you can.'
  const reply = await app.inject({
    url: `/questions/${question.id}/answers`,
    ...form({ body, key: newKey() }, headers),
  })
  assert.equal(reply.statusCode, 409)
  assert.match(textOf(reply), /outside what you may answer\. Your text is kept in your drafts\. You can apply for more/)
  assert.match((await app.inject({ url: '/account/questions', headers })).body, /Rest for two days/)
})

test('a merged category hands on who may answer in it, and a moved one keeps that', async (t) => {
  const { database } = await stage(t)
  const { account } = await verifiedExpert(database)
  const [spine, neck, foot] = [
    await idOf(database, 'spine'),
    await idOf(database, 'spine/neck'),
    await idOf(database, 'foot'),
  ]
  await database.write(async (db) => {
    await setExpertScope(db, account.id, { professionId: null, categoryIds: [neck] })
    await db.insert(professions).values({ name: 'Physiotherapist' })
    await db.insert(professionCategories).values([neck, foot].map((categoryId) => ({ professionId: 1, categoryId })))
  })
  await database.write((db) => moveCategory(db, neck, null))
  assert.equal(await mayAnswerIn(database.read, account.id, [neck]), true)
  assert.equal(await mayAnswerIn(database.read, account.id, [spine]), false)

  await database.write((db) => mergeCategories(db, neck, foot))
  assert.deepEqual(await listCategoriesInScope(database.read, account.id), [foot])
  assert.deepEqual(await database.read.select().from(professionCategories), [{ professionId: 1, categoryId: foot }])
})

test('a category that limits somebody is not deleted: they would be limited no longer', async (t) => {
  const { database, post } = await stage(t)
  const { account } = await verifiedExpert(database)
  const foot = await idOf(database, 'foot')
  await database.write((db) => setExpertScope(db, account.id, { professionId: null, categoryIds: [foot] }))

  await assert.rejects(
    database.write((db) => deleteCategory(db, foot)),
    { reason: 'limits' },
  )
  const page = await post(`/admin/categories/${foot}?_method=DELETE`, {})
  assert.match(textOf(page), /may answer here by name/)
  assert.equal(await database.read.$count(expertCategories), 1)
})

test('a merger says how many may answer in the category that stays', async (t) => {
  const { database, open } = await stage(t)
  const { account } = await verifiedExpert(database)
  const neck = await idOf(database, 'spine/neck')
  await database.write((db) => setExpertScope(db, account.id, { professionId: null, categoryIds: [neck] }))

  const page = await open(`/admin/categories/${neck}/merger?into=foot`)
  assert.match(textOf(page), /1 expert or profession that is named here may answer in all of Foot/)
})

test('two thousand categories are one short page of boxes, in as many queries as a few', async (t) => {
  const { database, open, post } = await stage(t)
  await post('/admin/professions', { name: 'Physiotherapist' })
  const few = await countQueries(() => open('/admin/professions/1'))
  await plantMany(database, 2_000)

  assert.equal(await countQueries(() => open('/admin/professions/1')), few)
  const page = await open('/admin/professions/1')
  assert.equal(page.body.match(/type="checkbox"/g)!.length, 2_003)
  assert.ok(page.body.length < 700_000, `${page.body.length}`)
  const all = (await database.read.select({ id: categories.id }).from(categories)).map(({ id }) => id)
  assert.equal((await post('/admin/professions/1/categories', {}, all)).statusCode, 303)
  assert.equal(await database.read.$count(professionCategories), 22)
})

async function stage(t: TestContext) {
  const { app, database } = await build(t)
  await plantTree(database, ['spine', 'spine/neck', 'foot'])
  const { cookie } = await signedIn(database, 'administrator', 'Ada')
  return {
    app,
    database,
    open: (url: string) => app.inject({ url, headers: { cookie } }),
    post(url: string, fields: Record<string, string>, ids: number[] = []) {
      const posted = form(fields, { cookie })
      const boxes = ids.map((id) => `&categories=${id}`).join('')
      return app.inject({ url, ...posted, payload: posted.payload + boxes })
    },
  }
}

/** Twenty at the top, and the others below them. */
async function plantMany(database: Database, count: number) {
  await database.write(async (db) => {
    const tops: number[] = []
    for (let number = 0; number < 20; number += 1) {
      const values = { name: `Top ${number}`, slug: `top-${number}`, description: '', parentId: null }
      tops.push((await createCategory(db, values)).id)
    }
    const below = Array.from({ length: count - 20 }, (_, number) => {
      const parent = number % 20
      const slug = `below-${number}`
      return { name: `Below ${number}`, slug, path: `top-${parent}/${slug}`, parentId: tops[parent]!, description: '' }
    })
    await db.insert(categories).values(below)
  }, 60_000)
}
