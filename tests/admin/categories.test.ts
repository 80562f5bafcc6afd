import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { findCategory, listCategoryOptions, listSubcategories } from '../../src/categories/queries.ts'
import { askIn, idOf, plantTree } from '../categories/fixtures.ts'
import { build, form, signedIn, textOf } from '../helper.ts'

const tree = ['spine', 'spine/neck', 'spine/neck/whiplash', 'spine/low-back', 'hip']

test('an administrator makes a category, and its address is made of its name', async (t) => {
  const { admin, database, post } = await buildWithTree(t)
  const parentId = String(await idOf(database, 'spine'))

  const fields = { parentId, name: 'Slipped disc', description: 'Discs.', guidance: 'Say **where** it hurts.' }
  const made = await post('/admin/categories', fields)
  assert.equal(made.statusCode, 303)
  const category = await findCategory(database.read, 'spine/slipped-disc')
  assert.match(category?.guidanceHtml ?? '', /<strong>where<\/strong>/)
  assert.match(textOf(await admin('/admin/events')), /Ada made a category Slipped disc spine\/slipped-disc/)
})

test('a category without a name is refused at its field, and what was typed stays', async (t) => {
  const { post } = await buildWithTree(t)

  const page = await post('/admin/categories', { name: ' ', description: 'Knees <and> more', slug: 'knees' })
  assert.equal(page.statusCode, 422)
  assert.match(textOf(page), /Name: Please fill this in/)
  assert.match(page.body, /Knees &lt;and&gt; more<\/textarea>/)
  assert.match(page.body, /value="knees"/)
})

test('an address that is taken is refused at its field', async (t) => {
  const { database, post } = await buildWithTree(t)
  const parentId = String(await idOf(database, 'spine'))

  const made = await post('/admin/categories', { parentId, name: 'Neck' })
  assert.equal(made.statusCode, 422)
  assert.match(textOf(made), /Another category has this address already/)
  const renamed = await post(`/admin/categories/${await idOf(database, 'hip')}`, { name: 'Hip', slug: 'Spine' })
  assert.equal(renamed.statusCode, 422)
  assert.match(textOf(renamed), /Another category has this address already/)
})

test('a renamed category keeps what was not changed, and its old address leads on', async (t) => {
  const { app, admin, database, post } = await buildWithTree(t)
  const id = await idOf(database, 'spine')

  assert.match((await admin(`/admin/categories/${id}/edit`)).body, /All about spine\.<\/textarea>/)
  await post(`/admin/categories/${id}`, { name: 'The back', slug: 'The Back!', description: 'All about it.' })
  const { headers } = await app.inject('/categories/spine/neck')
  assert.equal(headers.location, '/categories/the-back/neck')
  assert.match(textOf(await app.inject('/categories/the-back')), /The back All about it/)
})

test('a category is moved by choosing where it goes', async (t) => {
  const { admin, database, post } = await buildWithTree(t)
  const id = await idOf(database, 'spine/neck')

  const choice = await admin(`/admin/categories/${id}/parent`)
  assert.match(choice.body, /<option value="spine" selected>/)
  assert.doesNotMatch(choice.body, /<option value="spine\/neck/)
  assert.equal((await post(`/admin/categories/${id}/parent`, { parent: 'hip' })).statusCode, 303)
  assert.equal((await post(`/admin/categories/${id}/parent`, { parent: '/' })).statusCode, 303)
  assert.ok(await findCategory(database.read, 'neck/whiplash'))
})

test('a move that cannot be says why, at its field', async (t) => {
  const { database, post } = await buildWithTree(t)
  const address = `/admin/categories/${await idOf(database, 'spine')}/parent`

  const below = await post(address, { parent: 'spine/neck' })
  assert.equal(below.statusCode, 422)
  assert.match(textOf(below), /cannot go into itself or into one below it/)
  const nowhere = await post(address, { parent: 'elbow' })
  assert.equal(nowhere.statusCode, 422)
  assert.match(textOf(nowhere), /Please choose again/)
  assert.equal((await post(address, {})).statusCode, 422)
})

test('the order is changed by buttons', async (t) => {
  const { database, post } = await buildWithTree(t)
  const hip = await idOf(database, 'hip')

  const moved = await post(`/admin/categories/${hip}/position`, { direction: 'up' })
  assert.equal(moved.headers.location, `/admin/categories#category-${hip}`)
  assert.deepEqual(
    (await listSubcategories(database.read, null)).map(({ name }) => name),
    ['Hip', 'Spine'],
  )
  assert.equal((await post(`/admin/categories/${hip}/position`, { direction: 'sideways' })).statusCode, 422)
})

test('before a merge one sees what it will do, and then it does that', async (t) => {
  const { app, admin, database, post } = await buildWithTree(t)
  await plantTree(database, ['hip/neck'])
  await askIn(database, 'spine/low-back')
  const address = `/admin/categories/${await idOf(database, 'spine')}/merger`

  const preview = textOf(await admin(`${address}?into=hip`))
  assert.match(preview, /This cannot be undone 1 question moves from Spine to Hip/)
  assert.match(preview, /These move along: Whiplash, Low back/)
  assert.match(preview, /become one with them: Neck/)
  assert.equal((await post(address, { into: 'hip' })).statusCode, 303)
  const paths = (await listCategoryOptions(database.read)).map(({ path }) => path)
  assert.deepEqual(paths, ['hip', 'hip/neck', 'hip/neck/whiplash', 'hip/low-back'])
  assert.equal((await app.inject('/categories/spine/neck/whiplash')).headers.location, '/categories/hip/neck/whiplash')
})

test('a merge into nothing, or into itself, is refused', async (t) => {
  const { admin, database, post } = await buildWithTree(t)
  const address = `/admin/categories/${await idOf(database, 'spine')}/merger`

  assert.equal((await admin(`${address}?into=elbow`)).statusCode, 422)
  assert.equal((await post(address, {})).statusCode, 422)
  const own = await post(address, { into: 'spine/neck' })
  assert.equal(own.statusCode, 422)
  assert.match(textOf(own), /cannot go into itself/)
})

test('only an empty category offers to be deleted, and only it can be', async (t) => {
  const { app, admin, database, post } = await buildWithTree(t)
  const [spine, whiplash] = [await idOf(database, 'spine'), await idOf(database, 'spine/neck/whiplash')]

  assert.doesNotMatch((await admin(`/admin/categories/${spine}`)).body, /Delete this category/)
  assert.match((await admin(`/admin/categories/${whiplash}`)).body, /Delete this category/)
  const refused = await post(`/admin/categories/${spine}?_method=DELETE`, {})
  assert.equal(refused.statusCode, 409)
  assert.match(textOf(refused), /Only an empty category can be deleted/)
  assert.equal((await post(`/admin/categories/${whiplash}?_method=DELETE`, {})).statusCode, 303)
  assert.equal((await app.inject('/categories/spine/neck/whiplash')).headers.location, '/categories/spine/neck')
})

test('nobody but administrators gets at the administration', async (t) => {
  const { app, database } = await buildWithTree(t)
  const id = await idOf(database, 'spine')
  const addresses = [
    '',
    '/categories',
    `/categories/${id}`,
    `/categories/${id}/edit`,
    '/accounts',
    '/outbox',
    '/events',
  ]
  const { cookie } = await signedIn(database, 'moderator')

  for (const address of addresses) {
    assert.equal((await app.inject({ url: `/admin${address}`, headers: { cookie } })).statusCode, 403, address)
    assert.match(String((await app.inject(`/admin${address}`)).headers.location), /^\/sign-in\?next=/, address)
  }
  const posted = await app.inject({ url: `/admin/categories/${id}`, ...form({ name: 'Mine' }, { cookie }) })
  assert.equal(posted.statusCode, 403)
  assert.equal((await findCategory(database.read, 'spine'))?.name, 'Spine')
})

test('a category that is not there is not found', async (t) => {
  const { admin, post } = await buildWithTree(t)

  for (const address of ['999', '999/edit', '999/parent', '999/merger', 'x', '99999999999'])
    assert.equal((await admin(`/admin/categories/${address}`)).statusCode, 404, address)
  assert.equal((await post('/admin/categories/999', { name: 'Nobody' })).statusCode, 404)
})

async function buildWithTree(t: TestContext) {
  const { app, database } = await build(t)
  await plantTree(database, tree)
  const { cookie } = await signedIn(database, 'administrator', 'Ada')
  return {
    app,
    database,
    admin: (url: string) => app.inject({ url, headers: { cookie } }),
    post: (url: string, fields: Record<string, string>) => app.inject({ url, ...form(fields, { cookie }) }),
  }
}
