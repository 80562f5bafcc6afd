import assert from 'node:assert/strict'
import { test } from 'node:test'
import { askSomething } from '../fixtures.ts'
import { build, form, signedIn } from '../helper.ts'

const below = { baseUrl: new URL('https://example.org/forum/'), basePath: '/forum' }

test('below a sub-path every link, form and asset stays below it', async (t) => {
  const { app, database } = await build(t, below)
  const { account, cookie } = await signedIn(database)
  const { id, slug } = await askSomething(database, { askerId: account.id })

  for (const path of ['/', '/questions', '/categories', '/experts', '/ask', `/questions/${id}/${slug}`, '/nothing']) {
    const { body } = await app.inject({ url: `/forum${path}`, headers: { cookie } })
    const links = [...body.matchAll(/(?:href|action|src)="([^"]*)"/g)].map(([, link]) => link!)
    const astray = links.filter((link) => !/^(#|mailto:|\/forum\/|https:\/\/example\.org\/forum\/)/.test(link))
    assert.deepEqual(astray, [], path)
  }
})

test('a proxy may hand on the whole path or cut the sub-path off', async (t) => {
  const { app } = await build(t, below)

  for (const url of ['/forum/questions', '/questions', '/forum', '/forum/'])
    assert.equal((await app.inject(url)).statusCode, 200, url)
  assert.equal((await app.inject('/forumquestions')).statusCode, 404)
})

test('redirects and cookies stay below it', async (t) => {
  const { app } = await build(t, below)

  const reply = await app.inject({ url: '/forum/theme', ...form({ theme: 'dark', next: '/questions' }) })
  assert.equal(reply.headers.location, '/forum/questions')
  assert.match(String(reply.headers['set-cookie']), /Path=\/forum;/)
  assert.equal((await app.inject('/forum/account')).headers.location, '/forum/sign-in?next=%2Faccount')
})

test('nobody is led to another site by a forged way back', async (t) => {
  const { app } = await build(t)

  for (const next of [
    '//evil.example',
    'https://evil.example',
    '/\\evil.example',
    '/\t/evil.example',
    '/..//evil.example',
    '/.//evil.example',
    '/a/..//evil.example',
    'javascript:alert(1)',
  ]) {
    const reply = await app.inject({ url: '/theme', ...form({ theme: 'dark', next }) })
    assert.match(String(reply.headers.location), /^\/(?![/\\])/, next)
  }
})
