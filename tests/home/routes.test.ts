import assert from 'node:assert/strict'
import { test } from 'node:test'
import { build } from '../helper.ts'

test('the home page opens', async (t) => {
  const { app } = await build(t)

  const page = await app.inject('/')
  assert.equal(page.statusCode, 200)
})

test('an unknown address says so', async (t) => {
  const { app } = await build(t)

  const page = await app.inject('/nothing/here')
  assert.equal(page.statusCode, 404)
  assert.match(page.body, /There is nothing at this address/)
})
