import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { answerSomething, askSomething } from '../fixtures.ts'
import { form } from '../helper.ts'
import { allPayloads } from '../xss-payloads.ts'
import { apply, complete, licence, multipart, stage } from './people.ts'

const BAD = '"><img src=x onerror=xss()></textarea></script><script>xss()</script>'
const texts = { title: BAD, credentials: BAD, issuer: BAD, number: BAD, registerUrl: `https://a.example/?${BAD}` }

test('what an applicant writes is text on every page that shows it', async (t) => {
  const { app, database, category, tom, mo, ada } = await stage(t)
  const fields = { ...complete(category.id), ...texts, biography: allPayloads.join('\n\n').slice(0, 4_900) }
  const declared = { hasInterests: 'some', interests: allPayloads.join('\n').slice(0, 1_900) }
  const names = [{ ...licence(), name: "<script>xss()'.pdf" }]
  await apply(app, tom, { ...fields, ...declared, number: '' }, names)
  const pages = [{ url: '/experts/apply', cookie: tom.cookie }]
  await assertSafe(app, pages)

  assert.equal((await apply(app, tom, { ...fields, ...declared }, [])).statusCode, 303)
  const message = multipart({ body: BAD }, [], { cookie: tom.cookie })
  assert.equal((await app.inject({ url: '/experts/applications/1/messages', ...message })).statusCode, 303)
  const staff = ['/moderation/applications', '/moderation/applications/1', '/moderation']
  await assertSafe(app, [
    ...staff.map((url) => ({ url, cookie: mo.cookie })),
    { url: '/experts/applications/1', cookie: tom.cookie },
  ])

  const days = { checkedOn: '2026-01-05', checkAgainOn: '2099-01-05' }
  const acceptance = { ...texts, ...days, profession: 'other', categories: String(category.id) }
  const accepting = form(acceptance, { cookie: mo.cookie })
  assert.equal((await app.inject({ url: '/moderation/applications/1/acceptance', ...accepting })).statusCode, 303)
  const question = await askSomething(database, { categoryId: category.id })
  await answerSomething(database, question.id, tom.account.id, 'Rest, and then move.')
  const address = `/experts/${tom.account.id}/credentials`
  await assertSafe(app, [
    ...['/experts', '/experts/tom-reed', `/questions/${question.id}/${question.slug}`].map((url) => ({
      url,
      cookie: '',
    })),
    ...['/experts/credentials', '/experts/credentials/1/renewal'].map((url) => ({ url, cookie: tom.cookie })),
    ...[`/moderation${address}`, '/moderation/credentials/1'].map((url) => ({ url, cookie: mo.cookie })),
    { url: `/admin/accounts/${tom.account.id}`, cookie: ada.cookie },
  ])
})

test('an address that is no secure one is refused wherever it is typed', async (t) => {
  const { app, category, tom } = await stage(t)
  const bad = [
    'javascript:alert(1)',
    'http://a.example',
    'https://user:pass@a.example',
    'https://localhost',
    'data:text/html,x',
  ]
  for (const registerUrl of bad) {
    const page = await apply(app, tom, { ...complete(category.id), registerUrl })
    assert.equal(page.statusCode, 422, registerUrl)
    assert.match(page.body, /begins with https:/, registerUrl)
  }
})

test('fields named like parts of every object, and categories that are none, do no harm', async (t) => {
  const { app, category, tom } = await stage(t)
  const named = JSON.parse('{"constructor":"1","__proto__":"1","toString":"1"}') as Record<string, string>
  const odd = multipart({ ...complete(category.id), ...named }, [], { cookie: tom.cookie })
  assert.ok((await app.inject({ url: '/experts/apply', ...odd })).statusCode < 500)

  for (const id of ['-1', '0', '1e9', 'x', '99999999999', '424242']) {
    const page = await apply(app, tom, { ...complete(category.id), categories: [id] })
    assert.ok(page.statusCode < 500, id)
  }
})

async function assertSafe(app: FastifyInstance, pages: { url: string; cookie: string }[]) {
  for (const { url, cookie } of pages) {
    const page = await app.inject({ url, headers: { cookie } })
    assert.equal(page.statusCode, 200, url)
    assert.doesNotMatch(page.body, /<img src=x|<script>xss|<svg\/?onload/i, url)
    const schemes = [...page.body.matchAll(/<a [^>]*href="([a-z]+):/gi)].map(([, scheme]) => scheme)
    assert.deepEqual(
      schemes.filter((scheme) => scheme !== 'https' && scheme !== 'http' && scheme !== 'mailto'),
      [],
      url,
    )
  }
}
