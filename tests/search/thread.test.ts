import assert from 'node:assert/strict'
import { test } from 'node:test'
import { searchOf } from '../../src/search/index.ts'
import { askSomething } from '../fixtures.ts'
import { emptyDatabase } from '../helper.ts'

test('a started search finds the same, and closes before its database', async (t) => {
  const database = await emptyDatabase(t)
  const { id } = await askSomething(database, { title: 'Is a standing desk good for sciatica?' })
  const searching = searchOf(database)
  searching.start()
  const { hits, facets } = await searching.search({ text: 'standing desk', limit: 5 })
  assert.deepEqual(
    hits.map((hit) => hit.id),
    [id],
  )
  assert.equal(facets.kinds.get('question'), 1)
  const suggested = await searching.suggest({ title: 'standing desk', body: '', limit: 5 })
  assert.ok(suggested[0]!.createdAt instanceof Date)
  await searching.close()
})

test('many searches at once are all answered, one after the other', async (t) => {
  const database = await emptyDatabase(t)
  await askSomething(database, { title: 'Is a standing desk good for sciatica?' })
  const searching = searchOf(database)
  searching.start()
  const found = await Promise.all(
    Array.from({ length: 40 }, () => searching.suggest({ title: 'standing desk', body: '', limit: 5 })),
  )
  assert.ok(found.every((hits) => hits.length === 1 && hits[0]!.kind === 'question'))
  await searching.close()
})
