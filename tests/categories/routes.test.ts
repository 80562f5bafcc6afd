import assert from 'node:assert/strict'
import { test } from 'node:test'
import { moveCategory, updateCategory } from '../../src/categories/tree-queries.ts'
import { categories } from '../../src/database/schema.ts'
import type { Database } from '../../src/database/types.ts'
import { countQueries } from '../count-queries.ts'
import { build, textOf } from '../helper.ts'
import { askIn, idOf, plantTree } from './fixtures.ts'

test('the contents page names each category with its count', async (t) => {
  const { app, database } = await build(t)
  await plantTree(database, ['spine', 'spine/neck', 'spine/neck/whiplash', 'hip'])
  await askIn(database, 'spine/neck/whiplash')

  const text = textOf(await app.inject('/categories'))
  assert.match(text, /Spine 1 question .*All about spine\. Neck 1 question Whiplash Hip 0 questions/)
})

test('an empty contents page says so', async (t) => {
  const { app } = await build(t)

  assert.match(textOf(await app.inject('/categories')), /There are no categories yet/)
})

test('a category shows the way to it, what is below it, and its questions, newest first', async (t) => {
  const { app, database } = await build(t)
  await plantTree(database, ['spine', 'spine/neck', 'spine/neck/whiplash'])
  await askIn(database, 'spine/neck/whiplash', 'Is a collar good for whiplash?')
  await askIn(database, 'spine/neck', 'Why does my neck click?')

  const page = await app.inject('/categories/spine/neck')
  assert.match(textOf(page), /Bone Health Question and Answer Spine Neck/)
  assert.match(textOf(page), /Topics Whiplash 1 question All about whiplash\. Questions .*neck click.*collar good/)
  assert.match(page.body, /href="\/ask\?category=spine%2Fneck"/)
  assert.match(page.body, /<link rel="canonical" href="http:\/\/[^/]+\/categories\/spine\/neck">/)
  assert.match(page.body, /"@type":"BreadcrumbList".*"position":4,"name":"Neck","item":"http/)
})

test('guidance stands beside the questions', async (t) => {
  const { app, database } = await build(t)
  await plantTree(database, ['spine'])
  const id = await idOf(database, 'spine')
  await database.write((db) => updateCategory(db, id, { ...spine, guidanceHtml: '<p>Say where it hurts.</p>' }))

  assert.match(textOf(await app.inject('/categories/spine')), /Before you ask Say where it hurts/)
})

test('an empty category invites the first question', async (t) => {
  const { app, database } = await build(t)
  await plantTree(database, ['spine'])

  assert.match(textOf(await app.inject('/categories/spine')), /No questions yet .*Nobody has asked here yet/)
})

test('older questions follow page by page', async (t) => {
  const { app, database } = await build(t)
  await plantTree(database, ['spine', 'spine/neck'])
  for (let number = 1; number <= 45; number += 1) await askIn(database, 'spine/neck', `Question number ${number}?`)

  const seen: string[] = []
  let address: string | undefined = '/categories/spine'
  while (address) {
    const { body }: { body: string } = await app.inject(address)
    seen.push(...[...body.matchAll(/>Question number (\d+)\?</g)].map(([, number]) => number!))
    address = /rel="next" href="([^"]+)"/.exec(body)?.[1]
  }
  assert.deepEqual(
    seen.map(Number),
    Array.from({ length: 45 }, (_, index) => 45 - index),
  )
})

test('a category that has moved is found from every address it had, with the query kept', async (t) => {
  const { app, database } = await build(t)
  await plantTree(database, ['pain', 'spine', 'spine/neck'])
  const [neck, pain] = [await idOf(database, 'spine/neck'), await idOf(database, 'pain')]
  for (const slug of ['throat', 'nape']) await database.write((db) => updateCategory(db, neck, { ...spine, slug }))
  await database.write((db) => moveCategory(db, neck, pain))

  for (const old of ['spine/neck', 'spine/throat', 'spine/nape']) {
    const { statusCode, headers } = await app.inject(`/categories/${old}?after=abc`)
    assert.equal(statusCode, 301)
    assert.equal(headers.location, '/categories/pain/nape?after=abc')
  }
})

test('other ways to write an address lead to the one that counts', async (t) => {
  const { app, database } = await build(t)
  await plantTree(database, ['spine', 'spine/low-back'])

  for (const variant of ['spine/low-back/', 'Spine/Low-Back', 'spine//low-back', 'spine/low%2Dback']) {
    const { statusCode, headers } = await app.inject(`/categories/${variant}`)
    assert.deepEqual([statusCode, headers.location], [301, '/categories/spine/low-back'], variant)
  }
})

test('redirects stay below the sub-path', async (t) => {
  const { app, database } = await build(t, { basePath: '/forum' })
  await plantTree(database, ['spine'])

  const { headers } = await app.inject('/forum/categories/SPINE?after=x')
  assert.equal(headers.location, '/forum/categories/spine?after=x')
})

test('an unknown category is not found, whatever the address holds', async (t) => {
  const { app, database } = await build(t)
  await plantTree(database, ['spine'])

  for (const path of ['hip', 'spine/hip', 'spine%00', 'spine%2F..', 'spine%25', `${'a/'.repeat(600)}a`, '%F0%9F%A6%B4'])
    assert.equal((await app.inject(`/categories/${path}`)).statusCode, 404, path)
})

test('a category far down has an address too', async (t) => {
  const { app, database } = await build(t)
  const slugs = Array.from({ length: 12 }, (_, index) => `level-${index}-of-a-deep-tree`)
  await plantTree(
    database,
    slugs.map((_slug, index) => slugs.slice(0, index + 1).join('/')),
  )

  const page = await app.inject(`/categories/${slugs.join('/')}`)
  assert.equal(page.statusCode, 200)
})

test('a category page asks the database as often for 100 rows as for 10', async (t) => {
  const { app, database } = await build(t)
  await plantTree(database, ['spine', 'spine/neck'])
  const grow = async (from: number, to: number) => {
    for (let number = from; number < to; number += 1) {
      await plantTree(database, [`spine/neck/part-${number}`])
      await askIn(database, `spine/neck/part-${number}`)
    }
    return [
      await countQueries(() => app.inject('/categories/spine/neck')),
      await countQueries(() => app.inject('/categories')),
    ]
  }

  await app.inject('/categories/spine/neck') // sums are remembered for a while
  const few = await grow(0, 10)
  assert.ok(few.every((count) => count > 0))
  assert.deepEqual(await grow(10, 100), few)
})

test('two thousand categories make no long contents page', async (t) => {
  const { app, database } = await build(t)
  await plantForest(database)

  const contents = await app.inject('/categories')
  assert.equal([...contents.body.matchAll(/href="\/categories\/[^"]/g)].length, 220)
  assert.ok(contents.body.length < 100_000, `${contents.body.length} characters`)
  const inner = await app.inject('/categories/area-3/part-4')
  assert.equal([...inner.body.matchAll(/href="\/categories\/area-3\/part-4\/[^"]/g)].length, 9)
})

const spine = { name: 'Spine', slug: 'spine', description: '', guidance: null, guidanceHtml: null }

/** 20 areas of 10 parts of 9 spots each: 2,020 categories. */
async function plantForest(database: Database) {
  const names = (count: number, name: string) => Array.from({ length: count }, (_, index) => `${name}-${index}`)
  const below = (parents: { id: number; path: string }[], slugs: string[]) =>
    parents.flatMap(({ id, path }) =>
      slugs.map((slug) => ({ parentId: id, path: `${path}/${slug}`, slug, name: slug })),
    )
  await database.write(async (db) => {
    const tops = names(20, 'area').map((slug) => ({ slug, path: slug, name: slug, description: `About ${slug}.` }))
    const areas = await db.insert(categories).values(tops).returning()
    const parts = await db
      .insert(categories)
      .values(below(areas, names(10, 'part')))
      .returning()
    await db.insert(categories).values(below(parts, names(9, 'spot')))
  })
}
