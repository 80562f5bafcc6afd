import assert from 'node:assert/strict'
import { test } from 'node:test'
import { searchCounts } from '../../src/database/schema.ts'
import { countSearches } from '../../src/finding/queries.ts'
import { tidy } from '../../src/upkeep.ts'
import { askSomething } from '../fixtures.ts'
import { build, emptyDatabase, form, signedIn, textOf } from '../helper.ts'

const today = () => new Date().toISOString().slice(0, 10)

test('what is searched for is counted by day, without whoever searched', async (t) => {
  const { app, database } = await build(t)
  await askSomething(database, { title: 'Will my sciatica go away?' })

  for (const q of ['sciatica', 'Sciatica!', 'xylophone elbow', 'sciatica ada@example.org 07700900123'])
    await app.inject(`/search?q=${encodeURIComponent(q)}`)
  assert.equal((await database.read.select().from(searchCounts)).length, 0)
  await app.tally.flush()

  const rows = await database.read.select().from(searchCounts).orderBy(searchCounts.words)
  assert.deepEqual(rows, [
    { day: today(), words: 'sciatica', count: 3, emptyCount: 0, askedCount: 0 },
    { day: today(), words: 'xylophone elbow', count: 1, emptyCount: 1, askedCount: 0 },
  ])
})

test('narrowing a search down is not searching again', async (t) => {
  const { app, database } = await build(t)

  await app.inject('/search?q=knee&status=open')
  await app.inject('/search?q=knee&after=7')
  await app.tally.flush()
  assert.equal((await database.read.select().from(searchCounts)).length, 0)
})

test('what staff look up does not count', async (t) => {
  const { app, database } = await build(t)
  const { cookie } = await signedIn(database, 'moderator')

  await app.inject({ url: '/search?q=knee', headers: { cookie } })
  await app.tally.flush()
  assert.equal((await database.read.select().from(searchCounts)).length, 0)
})

test('counts of several rounds, and of several servers, add up', async (t) => {
  const database = await emptyDatabase(t)
  const count = { words: 'knee', count: 1, emptyCount: 1, askedCount: 0 }

  await Promise.all([1, 2, 3].map(() => database.write((db) => countSearches(db, today(), [count]))))
  const [row] = await database.read.select().from(searchCounts)
  assert.equal(row!.count, 3)
})

test('a search that leads to asking is counted as one', async (t) => {
  const { app, database } = await build(t)

  await app.inject({ url: '/ask', headers: { referer: 'http://localhost/search?q=frozen+shoulder' } })
  await app.inject({ url: '/ask', headers: { referer: 'http://localhost/questions?q=other' } })
  await app.tally.flush()
  const rows = await database.read.select().from(searchCounts)
  assert.deepEqual(
    rows.map(({ words, askedCount }) => [words, askedCount]),
    [['frozen shoulder', 1]],
  )
})

test('staff read what people look for and do not find', async (t) => {
  const { app, database } = await build(t)
  const { id } = await askSomething(database, { title: 'Will my sciatica go away?' })
  await app.inject('/search?q=xylophone')
  await app.inject('/search?q=sciatica')
  await app.inject({ url: '/ask', headers: { referer: 'http://localhost/search?q=bone+broth' } })
  await app.inject({ url: `/ask/suggestions/${id}/thanks`, ...form({}) })
  await app.tally.flush()

  for (const role of ['moderator', 'administrator'] as const) {
    const { cookie } = await signedIn(database, role)
    const page = textOf(await app.inject({ url: '/admin/searches', headers: { cookie } }))
    assert.match(page, /Found nothing .* xylophone 1 Searched just before asking .* bone broth 1/)
    assert.match(page, /Searched for most .* sciatica 1/)
    assert.match(page, /Answered the question somebody was about to ask Will my sciatica go away\? once/)
  }
})

test('nobody else reads it', async (t) => {
  const { app, database } = await build(t)

  assert.equal((await app.inject('/admin/searches')).statusCode, 303)
  const { cookie } = await signedIn(database, 'expert')
  assert.equal((await app.inject({ url: '/admin/searches', headers: { cookie } })).statusCode, 403)
})

test('after ninety days the counts go', async (t) => {
  const database = await emptyDatabase(t)
  const count = { words: 'knee', count: 1, emptyCount: 0, askedCount: 0 }
  await database.write((db) => countSearches(db, today(), [count]))

  const inDays = (days: number) => new Date(Date.now() + days * 86_400_000)
  await tidy(database, inDays(89))
  assert.equal((await database.read.select().from(searchCounts)).length, 1)
  await tidy(database, inDays(92))
  assert.equal((await database.read.select().from(searchCounts)).length, 0)
})
