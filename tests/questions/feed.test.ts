import assert from 'node:assert/strict'
import { test } from 'node:test'
import { askSomething, plantCategory } from '../fixtures.ts'
import { build } from '../helper.ts'

test('new questions can be followed as a feed, all of them or those of a category', async (t) => {
  const { app, database } = await build(t)
  const category = await plantCategory(database)
  const { id } = await askSomething(database, { categoryId: category.id, title: 'Heat & ice, <b>or</b> neither?' })
  await askSomething(database)

  const all = await app.inject('/questions.atom')
  assert.match(String(all.headers['content-type']), /atom\+xml/)
  assert.equal(all.body.match(/<entry>/g)!.length, 2)
  assert.match(all.body, /<title>Heat &amp; ice, &lt;b&gt;or&lt;\/b&gt; neither\?<\/title>/)
  assert.match(all.body, new RegExp(`<id>http://[^<]+/questions/${id}</id>`))
  const one = await app.inject('/categories/chiropractors.atom')
  assert.equal(one.body.match(/<entry>/g)!.length, 1)
  assert.equal((await app.inject('/categories/nowhere.atom')).statusCode, 404)
})
