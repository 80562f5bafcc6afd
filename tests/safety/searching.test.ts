import assert from 'node:assert/strict'
import { test } from 'node:test'
import { searchCounts } from '../../src/database/schema.ts'
import { buildWithAsker } from '../asking/asker.ts'
import { textOf } from '../helper.ts'

const search = (words: string) => `/search?${new URLSearchParams({ q: words })}`

test('a search in which somebody may be in danger shows who listens, in their country', async (t) => {
  const { app, get } = await buildWithAsker(t)

  const page = await get(search('I want to kill myself'))
  assert.equal(page.statusCode, 200)
  assert.match(textOf(page), /You do not have to bear this alone.*999.*Samaritans.*Nothing found/)
  const abroad = await app.inject({ url: search('I want to kill myself'), headers: { cookie: 'country=US' } })
  assert.match(textOf(abroad), /911.*988/)
})

test('a search for what may be an emergency says whom to call', async (t) => {
  const { get } = await buildWithAsker(t)

  const page = await get(search('my groin is numb and I cannot pee since last night'))
  assert.match(textOf(page), /Is this happening to you now\?.*999/)
  assert.doesNotMatch(textOf(page), /Samaritans/)
})

test('what may be urgent is not counted among the searches', async (t) => {
  const { app, database, get } = await buildWithAsker(t)

  await get(search('I want to kill myself'))
  await get(search('sore knee'))
  await app.tally.flush()
  const rows = await database.read.select().from(searchCounts)
  assert.deepEqual(
    rows.map(({ words }) => words),
    ['sore knee'],
  )
})

test('other searches are as they were', async (t) => {
  const { get } = await buildWithAsker(t)

  for (const words of ['', 'sore knee', 'what are the signs of cauda equina', 'back pain is killing me'])
    assert.doesNotMatch((await get(search(words))).body, /is-emergency/, words)
})
