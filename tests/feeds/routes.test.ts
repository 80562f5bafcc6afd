import assert from 'node:assert/strict'
import { test } from 'node:test'
import { eq } from 'drizzle-orm'
import { accounts, questions } from '../../src/database/schema.ts'
import { askSomething, verifiedExpert } from '../fixtures.ts'
import { build } from '../helper.ts'

test('the sitemap leads to every question, with the time it last changed', async (t) => {
  const { app, database } = await build(t)
  const question = await askSomething(database)

  const index = await app.inject('/sitemap.xml')
  assert.match(index.headers['content-type'] as string, /xml/)
  const [, part] = /<loc>http:\/\/[^/]+(\/sitemaps\/questions-1\.xml)<\/loc><lastmod>/.exec(index.body)!
  const file = await app.inject(part!)
  assert.match(file.body, new RegExp(`/questions/${question.id}/is-heat-better-than-ice</loc>`))
  assert.match(file.body, new RegExp(question.changedAt.toISOString()))
  assert.equal((await app.inject('/sitemaps/questions-2.xml')).statusCode, 404)
})

test('what nobody else may read moves no time in it, and makes no file', async (t) => {
  const { app, database } = await build(t)
  const question = await askSomething(database)
  const later = new Date(Date.now() + 3_600_000)
  for (const values of [{ audience: 'experts' as const }, { publishAt: later }])
    await askSomething(database, { ...values, createdAt: later })
  const far = await askSomething(database, { publishAt: later })
  await database.write((db) => db.update(questions).set({ id: 20_001 }).where(eq(questions.id, far.id)))

  const { body } = await app.inject('/sitemap.xml')
  const [, lastmod] = /questions-1\.xml<\/loc><lastmod>([^<]+)/.exec(body)!
  assert.equal(lastmod, question.changedAt.toISOString())
  assert.doesNotMatch(body, /questions-2\.xml/)
  assert.equal((await app.inject('/sitemaps/questions-2.xml')).statusCode, 404)
})

test('made-up experts are not in it, real ones are', async (t) => {
  const { app, database } = await build(t)
  const example = await verifiedExpert(database, 'Some Example')
  await database.write((db) => db.update(accounts).set({ isExample: true }).where(eq(accounts.id, example.account.id)))
  const real = await verifiedExpert(database, 'Vera Lund')

  const { body } = await app.inject('/sitemaps/pages.xml')
  assert.match(body, new RegExp(`/experts/${real.handle}`))
  assert.doesNotMatch(body, new RegExp(`/experts/${example.handle}`))
})

test('robots are led to the sitemap, below the sub-path too', async (t) => {
  const { app } = await build(t, { baseUrl: new URL('https://example.org/forum/'), basePath: '/forum' })

  const { body } = await app.inject('/forum/robots.txt')
  assert.match(body, /Sitemap: https:\/\/example\.org\/forum\/sitemap\.xml/)
  assert.match(body, /Disallow: \/forum\/account/)
})
