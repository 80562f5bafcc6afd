import assert from 'node:assert/strict'
import { test } from 'node:test'
import { askSomething } from '../fixtures.ts'
import { build, form, signedIn } from '../helper.ts'

test('nothing may run or load that is not ours', async (t) => {
  const { app } = await build(t)

  const { headers } = await app.inject('/')
  const policy = String(headers['content-security-policy'])
  assert.match(policy, /default-src 'none'/)
  assert.match(policy, /script-src 'self'(;|$)/)
  assert.match(policy, /style-src 'self'(;|$)/)
  assert.doesNotMatch(policy, /unsafe|upgrade-insecure/)
  assert.equal(headers['referrer-policy'], 'same-origin')
  assert.equal(headers['strict-transport-security'], undefined)
})

test('behind https cookies are for https only, and browsers are told to stay there', async (t) => {
  const { app } = await build(t, { baseUrl: new URL('https://example.org/') })

  const reply = await app.inject({ url: '/theme', ...form({ theme: 'dark', next: '/' }) })
  assert.match(String(reply.headers['set-cookie']), /HttpOnly; Secure; SameSite=Lax/)
  assert.match(String(reply.headers['strict-transport-security']), /max-age/)
})

test('a post counts as ours by Sec-Fetch-Site, or else by its Origin', async (t) => {
  const { app } = await build(t)
  const post = async (headers: Record<string, string>) => {
    const { headers: plain, ...rest } = form({ theme: 'dark', next: '/' })
    const { 'sec-fetch-site': _, ...type } = plain as Record<string, string>
    return (await app.inject({ url: '/theme', ...rest, headers: { ...type, host: '192.168.1.5:3000', ...headers } }))
      .statusCode
  }

  assert.equal(await post({ 'sec-fetch-site': 'same-origin' }), 303)
  assert.equal(await post({ 'sec-fetch-site': 'none' }), 303)
  assert.equal(await post({ origin: 'http://192.168.1.5:3000' }), 303)
  assert.equal(await post({ 'sec-fetch-site': 'same-site' }), 403)
  assert.equal(await post({ 'sec-fetch-site': 'cross-site', origin: 'http://192.168.1.5:3000' }), 403)
  assert.equal(await post({ origin: 'http://evil.example' }), 403)
  assert.equal(await post({ origin: 'null' }), 403)
  assert.equal(await post({}), 403)
})

test('a session cookie with a forged signature is nobody’s', async (t) => {
  const { app, database } = await build(t)
  const { cookie } = await signedIn(database)
  const forged = `${cookie.split('.')[0]}.${cookie.split('.')[1]}.${'A'.repeat(43)}%3D`

  const location = async (header: string) =>
    (await app.inject({ url: '/account/questions', headers: { cookie: header } })).headers.location
  assert.equal(await location(cookie), undefined)
  assert.match(String(await location(forged)), /^\/sign-in/)
})

test('a signed-in person’s pages are kept by no cache', async (t) => {
  const { app, database } = await build(t)
  const { cookie } = await signedIn(database)
  const { id, slug } = await askSomething(database)

  const { headers } = await app.inject({ url: `/questions/${id}/${slug}`, headers: { cookie } })
  assert.match(String(headers['cache-control']), /no-store/)
})
