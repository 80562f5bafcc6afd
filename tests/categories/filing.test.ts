import assert from 'node:assert/strict'
import { test } from 'node:test'
import { unfileQuestion } from '../../src/categories/queries.ts'
import { emptyDatabase } from '../helper.ts'
import { askIn, countsOf, plantTree } from './fixtures.ts'

test('a question counts in its category and in all above it', async (t) => {
  const database = await emptyDatabase(t)
  await plantTree(database, ['spine', 'spine/neck', 'spine/neck/whiplash', 'spine/low-back'])
  await askIn(database, 'spine/neck')

  assert.deepEqual(await countsOf(database), {
    spine: { count: 1, rows: 1 },
    'spine/neck': { count: 1, rows: 1 },
    'spine/neck/whiplash': { count: 0, rows: 0 },
    'spine/low-back': { count: 0, rows: 0 },
  })
})

test('questions asked at once in neighbouring categories are all counted', async (t) => {
  const database = await emptyDatabase(t)
  await plantTree(database, ['spine', 'spine/neck', 'spine/low-back'])

  const paths = Array.from({ length: 20 }, (_, index) => ['spine', 'spine/neck', 'spine/low-back'][index % 3]!)
  await Promise.all(paths.map((path) => askIn(database, path)))
  assert.deepEqual(await countsOf(database), {
    spine: { count: 20, rows: 20 },
    'spine/neck': { count: 7, rows: 7 },
    'spine/low-back': { count: 6, rows: 6 },
  })
})

test('a question taken out twice at once is taken out once', async (t) => {
  const database = await emptyDatabase(t)
  await plantTree(database, ['spine', 'spine/neck'])
  await askIn(database, 'spine/neck')
  const id = await askIn(database, 'spine/neck')

  await Promise.all([1, 2, 3].map(() => database.write((db) => unfileQuestion(db, id))))
  assert.deepEqual(await countsOf(database), { spine: { count: 1, rows: 1 }, 'spine/neck': { count: 1, rows: 1 } })
})
