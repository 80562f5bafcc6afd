import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Database } from '../../src/database/types.ts'
import { countQueries } from '../count-queries.ts'
import { askSomething, plantCategory, verifiedExpert } from '../fixtures.ts'
import { build, form, signedIn } from '../helper.ts'

test('a wrong or missing slug leads to the right one', async (t) => {
  const { app, database } = await build(t)
  const { id } = await askSomething(database)

  for (const url of [`/questions/${id}`, `/questions/${id}/something-else`]) {
    const reply = await app.inject(url)
    assert.equal(reply.statusCode, 301)
    assert.equal(reply.headers.location, `/questions/${id}/is-heat-better-than-ice`)
  }
})

test('there is no question with an id that is none', async (t) => {
  const { app } = await build(t)

  for (const id of ['999999', '0', '-1', 'abc', '99999999999999999999', '1e3', '%00'])
    assert.equal((await app.inject(`/questions/${id}`)).statusCode, 404, id)
})

test('the list goes on page by page, with no question twice and none left out', async (t) => {
  const { app, database } = await build(t)
  await askMany(database, 45)

  const seen: string[] = []
  let url: string | undefined = '/questions'
  while (url) {
    const { body }: { body: string } = await app.inject(url)
    seen.push(...[...body.matchAll(/Question number (\d+)/g)].map(([, number]) => number!))
    url = /rel="next" href="([^"]+)"/.exec(body)?.[1]?.replaceAll('&amp;', '&')
  }
  assert.deepEqual(
    seen,
    Array.from({ length: 45 }, (_, index) => `${45 - index}`),
  )
})

test('a list of many questions takes as many queries as one of few', async (t) => {
  const few = await build(t)
  await askMany(few.database, 3)
  const many = await build(t)
  await askMany(many.database, 100)

  for (const url of ['/questions', '/questions?status=open', '/'])
    assert.equal(await countQueries(() => few.app.inject(url)), await countQueries(() => many.app.inject(url)), url)
})

test('questions can be listed by whether they wait', async (t) => {
  const { app, database } = await build(t)
  await askSomething(database)

  assert.match((await app.inject('/questions?status=open')).body, /Is heat better/)
  assert.doesNotMatch((await app.inject('/questions?status=answered')).body, /Is heat better/)
  assert.equal((await app.inject('/questions?status=nonsense')).statusCode, 404)
})

test('a broken cursor shows the first page', async (t) => {
  const { app, database } = await build(t)
  await askSomething(database)

  for (const after of ['x', '%00', 'zzzzzzzzzz-zzzzzzzzzz', "1';drop table questions;--"]) {
    const page = await app.inject(`/questions?after=${encodeURIComponent(after)}`)
    assert.ok(page.statusCode < 500, after)
  }
})

test('the asker closes a question and opens it again', async (t) => {
  const { app, database } = await build(t)
  const { account, cookie } = await signedIn(database)
  const { id, slug } = await askSomething(database, { askerId: account.id })

  await app.inject({ url: `/questions/${id}/closure`, ...form({}, { cookie }) })
  const closed = await app.inject(`/questions/${id}/${slug}`)
  assert.match(closed.body, /This question is closed/)
  assert.doesNotMatch(closed.body, /QAPage/)
  await app.inject({ url: `/questions/${id}/closure?_method=DELETE`, ...form({}, { cookie }) })
  assert.doesNotMatch((await app.inject(`/questions/${id}/${slug}`)).body, /This question is closed/)
})

test('only the asker and moderators close a question', async (t) => {
  const { app, database } = await build(t)
  const { id } = await askSomething(database)
  const post = async (cookie: string) =>
    (await app.inject({ url: `/questions/${id}/closure`, ...form({}, { cookie }) })).statusCode

  assert.equal(await post((await signedIn(database)).cookie), 403)
  assert.equal(await post((await verifiedExpert(database)).cookie), 403)
  assert.equal(await post((await signedIn(database, 'moderator')).cookie), 303)
})

test('two questions of one account share nothing that others see', async (t) => {
  const { app, database } = await build(t)
  const { account, cookie } = await signedIn(database, 'member', 'Ada Lovelace')
  const { path } = await plantCategory(database)
  const ask = async () => {
    const fields = { title: 'Is heat better than ice?', body: 'For a stiff back, I mean.', category: path }
    const key = `${Math.random()}`.replace('.', 'x').padEnd(24, 'k')
    const posted = await app.inject({ url: '/ask', ...form({ ...fields, key }, { cookie }) })
    return (await app.inject(posted.headers.location!)).body
  }

  const pages = [await ask(), await ask()]
  const names = pages.map((page) => /Asked by ([^<]+)/.exec(page)![1])
  assert.notEqual(names[0], names[1])
  for (const page of pages) {
    assert.doesNotMatch(page, /Ada|Lovelace/)
    assert.ok(!page.includes(account.email))
  }
})

async function askMany(database: Database, count: number) {
  const { account } = await signedIn(database)
  const category = await plantCategory(database)
  const start = Date.now()
  for (let number = 1; number <= count; number += 1)
    await askSomething(database, {
      askerId: account.id,
      categoryId: category.id,
      title: `Question number ${number}`,
      createdAt: new Date(start + Math.floor(number / 3)),
    })
}
