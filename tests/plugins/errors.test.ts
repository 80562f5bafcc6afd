import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newKey } from '../fixtures.ts'
import { build, form, signedIn } from '../helper.ts'

test('a text far too long is refused with a page that says so', async (t) => {
  const { app, database } = await build(t)
  const { cookie } = await signedIn(database)

  const page = await app.inject({ url: '/ask', ...form({ body: 'x'.repeat(700_000), key: newKey() }, { cookie }) })
  assert.equal(page.statusCode, 413)
  assert.match(page.body, /Please make it shorter/)
})

test('what went wrong on our side is not told to strangers', async (t) => {
  const { app } = await build(t)
  app.get('/broken', () => {
    throw new Error('password of the database: hunter2')
  })

  const page = await app.inject('/broken')
  assert.equal(page.statusCode, 500)
  assert.match(page.body, /Something went wrong on our side/)
  assert.doesNotMatch(page.body, /hunter2/)
})

test('programs are answered in JSON', async (t) => {
  const { app } = await build(t)

  const reply = await app.inject({ url: '/nothing', headers: { accept: 'application/json' } })
  assert.equal(reply.statusCode, 404)
  assert.deepEqual(reply.json(), { error: 'There is nothing at this address.' })
})

test('odd addresses and bodies are answered, never with an error of ours', async (t) => {
  const { app } = await build(t)
  const urls = [
    '/%',
    '/%E0%A4%A',
    '/questions?after[]=1',
    '/questions?status=open&status=closed',
    `/${'a'.repeat(9000)}`,
  ]
  for (const url of urls) assert.ok((await app.inject(url)).statusCode < 500, url)

  const headers = { 'sec-fetch-site': 'same-origin', 'content-type': 'application/json' }
  for (const payload of ['{', '[]', '"text"', 'null', '{"title":{"a":1},"body":[1],"key":5}']) {
    const reply = await app.inject({ method: 'POST', url: '/ask', headers, payload })
    assert.ok(reply.statusCode < 500, payload)
  }
})

test('text with a NUL in it is taken without it', async (t) => {
  const { app, database } = await build(t)
  const { cookie } = await signedIn(database)

  const page = await app.inject({ url: '/ask', ...form({ title: 'He\0at?', key: newKey() }, { cookie }) })
  assert.equal(page.statusCode, 422)
  assert.match(page.body, /value="Heat\?"/)
})
