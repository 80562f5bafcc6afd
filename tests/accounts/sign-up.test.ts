import assert from 'node:assert/strict'
import { test } from 'node:test'
import { accounts, verifications } from '../../src/database/schema.ts'
import { form } from '../helper.ts'
import { ADA, browser, join, open, PASSWORD, tokenIn } from './browser.ts'

test('a newcomer signs up, confirms the address and is back at what they were writing', async (t) => {
  const { visitor, mails } = await open(t)

  const page = await visitor.get('/sign-up?next=/ask%3Fdraft%3Dabc')
  assert.match(page.body, /name="next" value="\/ask\?draft=abc"/)
  const sent = await visitor.post('/sign-up', { ...ADA, next: '/ask?draft=abc' })
  assert.equal(sent.headers.location, '/check-mail')
  assert.match((await visitor.get('/check-mail')).body, /We have sent an e-mail to ada@example.org/)

  const [mail] = await mails()
  assert.equal(mail?.recipient, 'ada@example.org')
  const asked = await visitor.get(mail?.link ?? '')
  assert.match(asked.body, /You signed up with ada@example.org/)
  assert.doesNotMatch(asked.body, /type="password"/)

  const confirmed = await visitor.post('/confirm-address', { token: tokenIn(mail?.link) })
  assert.equal(confirmed.headers.location, '/ask?draft=abc')
  assert.match((await visitor.get('/account')).body, /ada@example.org/)
})

test('a newcomer to a forum below a path stays below it', async (t) => {
  const { app, mails } = await open(t, { baseUrl: new URL('https://example.org/forum/'), basePath: '/forum' })
  const post = (url: string, fields: Record<string, string>, cookie = '') =>
    app.inject({ url, ...form(fields, { origin: 'https://example.org', cookie }) })

  const sent = await post('/forum/sign-up', { ...ADA, next: '/ask?draft=abc' })
  assert.equal(sent.headers.location, '/forum/check-mail')
  const [mail] = await mails()
  assert.match(mail?.text ?? '', /https:\/\/example\.org\/forum\/confirm-address\?token=/)
  const cookie = sent.cookies.map(({ name, value }) => `${name}=${encodeURIComponent(value)}`).join('; ')
  const confirmed = await post('/forum/confirm-address', { token: tokenIn(mail?.link) }, cookie)
  assert.equal(confirmed.headers.location, '/forum/ask?draft=abc')
})

test('no account is there before the address is confirmed', async (t) => {
  const { database, visitor } = await open(t)

  await visitor.post('/sign-up', ADA)
  assert.deepEqual(await database.read.select().from(accounts), [])
  const refused = await visitor.post('/sign-in', { email: ADA.email, password: PASSWORD })
  assert.equal(refused.statusCode, 422)
})

test('only hashes of links and passwords are kept', async (t) => {
  const { database, visitor, mails } = await open(t)

  await visitor.post('/sign-up', ADA)
  const kept = JSON.stringify(await database.read.select().from(verifications))
  assert.doesNotMatch(kept, new RegExp(PASSWORD))
  assert.equal(kept.includes(tokenIn((await mails())[0]?.link)), false)
})

test('a form that is wrong says so at its fields and keeps what was typed', async (t) => {
  const { visitor, mails } = await open(t)

  const page = await visitor.post('/sign-up', { name: 'Ada', email: 'ada', password: 'short', next: '/ask' })
  assert.equal(page.statusCode, 422)
  assert.match(page.body, /Please write an e-mail address, such as name@example.org/)
  assert.match(page.body, /Please write at least 10 characters/)
  assert.match(page.body, /value="Ada"/)
  assert.match(page.body, /name="next" value="\/ask"/)
  assert.doesNotMatch(page.body, /value="short"/)
  assert.deepEqual(await mails(), [])
})

test('a password that anybody would guess is refused', async (t) => {
  const { visitor } = await open(t)

  const page = await visitor.post('/sign-up', { ...ADA, password: 'ada@example.org1' })
  assert.equal(page.statusCode, 422)
  assert.match(page.body, /Others could guess this one/)
})

test('a link works once', async (t) => {
  const forum = await open(t)
  await join(forum)

  const token = tokenIn((await forum.mails())[0]?.link)
  const other = browser(forum.app)
  assert.equal((await other.get(`/confirm-address?token=${token}`)).statusCode, 410)
  const again = await other.post('/confirm-address', { token, password: PASSWORD })
  assert.equal(again.statusCode, 410)
  assert.match(again.body, /This link no longer works/)
})

test('a link works for a day', async (t) => {
  const { database, visitor, mails } = await open(t)
  await visitor.post('/sign-up', ADA)
  await database.write((db) => db.update(verifications).set({ expiresAt: new Date(Date.now() - 1000) }))

  const page = await visitor.get((await mails())[0]?.link ?? '')
  assert.equal(page.statusCode, 410)
  assert.match(page.body, /Sign up again/)
})

test('looking at the page of a link uses nothing up', async (t) => {
  const { visitor, mails } = await open(t)
  await visitor.post('/sign-up', ADA)
  const { link = '' } = (await mails())[0] ?? {}

  await visitor.get(link)
  await visitor.get(link)
  assert.equal((await visitor.post('/confirm-address', { token: tokenIn(link) })).statusCode, 303)
})

test('somebody who has an account gets the same page and a mail that signs them in', async (t) => {
  const forum = await open(t)
  await join(forum)

  const stranger = browser(forum.app)
  const fresh = await stranger.post('/sign-up', { ...ADA, email: 'new@example.org', next: '/ask' })
  const known = await stranger.post('/sign-up', { ...ADA, email: 'ADA@example.org', next: '/ask' })
  assert.equal(known.statusCode, fresh.statusCode)
  assert.equal(known.headers.location, fresh.headers.location)

  const mail = (await forum.mails()).at(-1)
  assert.equal(mail?.recipient, 'ada@example.org')
  assert.match(mail?.subject ?? '', /already have an account/)
  const entered = await stranger.post('/sign-in/link', { token: tokenIn(mail?.link) })
  assert.equal(entered.headers.location, '/ask')
})

test('another browser is asked for the password, lest an address confirm what its holder never asked for', async (t) => {
  const { app, visitor, mails } = await open(t)
  await visitor.post('/sign-up', ADA)
  const { link = '' } = (await mails())[0] ?? {}

  const telephone = browser(app)
  assert.match((await telephone.get(link)).body, /name="password"[^>]*type="password"/)
  const refused = await telephone.post('/confirm-address', { token: tokenIn(link), password: 'something else' })
  assert.equal(refused.statusCode, 422)
  assert.match(refused.body, /not the password you chose/)
  const confirmed = await telephone.post('/confirm-address', { token: tokenIn(link), password: PASSWORD })
  assert.equal(confirmed.headers.location, '/account')
})

test('who signs up again first does not change what the link of another sign-up holds', async (t) => {
  const { app, visitor, mails } = await open(t)
  await visitor.post('/sign-up', ADA)
  await browser(app).post('/sign-up', { ...ADA, name: 'Mallory', password: 'known to mallory only' })
  const [own] = await mails()

  await visitor.post('/confirm-address', { token: tokenIn(own?.link) })
  const signedIn = await browser(app).post('/sign-in', { email: ADA.email, password: PASSWORD })
  assert.equal(signedIn.statusCode, 303)
  const refused = await browser(app).post('/sign-in', { email: ADA.email, password: 'known to mallory only' })
  assert.equal(refused.statusCode, 422)
})

test('a name is not repeated to a stranger', async (t) => {
  const { visitor, mails } = await open(t)

  await visitor.post('/sign-up', { ...ADA, name: 'Win at https://casino.example' })
  assert.doesNotMatch((await mails())[0]?.text ?? '', /casino/)
})

test('one address cannot be flooded with mail', async (t) => {
  const { app, mails } = await open(t)

  for (const number of [1, 2, 3, 4, 5]) await browser(app, `10.0.0.${number}`).post('/sign-up', ADA)
  const page = await browser(app, '10.0.0.6').post('/sign-up', ADA)
  assert.equal(page.statusCode, 429)
  assert.ok(Number(page.headers['retry-after']) > 0)
  assert.match(page.body, /Please try again in 60 minutes/)
  assert.match(page.body, /value="ada@example.org"/)
  assert.equal((await mails()).length, 5)
})

test('somebody who tries the forum out sees the link that a real site would mail', async (t) => {
  const { visitor } = await open(t, { isTrial: true })

  await visitor.post('/sign-up', ADA)
  const page = await visitor.get('/check-mail')
  const link = /href="(\/confirm-address\?token=[^"]+)"/.exec(page.body)?.[1]
  assert.equal((await visitor.get(link ?? '')).statusCode, 200)
})

for (const [where, settings, host] of [
  ['once mail is sent', { isTrial: true, smtpUrl: 'smtp://localhost' }, 'localhost'],
  ['on a real site', { isTrial: false }, 'localhost'],
  ['from another machine', { isTrial: true }, 'forum.example.org'],
] as const)
  test(`the link is not shown ${where}`, async (t) => {
    const { app } = await open(t, settings)

    const payload = new URLSearchParams(ADA).toString()
    const headers = { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin', host }
    const sent = await app.inject({ method: 'POST', url: '/sign-up', payload, headers })
    const cookie = sent.cookies.map(({ name, value }) => `${name}=${encodeURIComponent(value)}`).join('; ')
    const page = await app.inject({ url: '/check-mail', headers: { host, cookie } })
    assert.match(page.body, /ada@example.org/)
    assert.doesNotMatch(page.body, /confirm-address/)
  })

test('whoever is signed in is led on', async (t) => {
  const forum = await open(t)
  await join(forum)

  assert.equal((await forum.visitor.get('/sign-up?next=/ask')).headers.location, '/ask')
  assert.equal((await forum.visitor.get('/sign-in')).headers.location, '/account')
})

test('nobody is led off the site', async (t) => {
  const forum = await open(t)
  await join(forum)

  for (const next of ['https://evil.example', '//evil.example', '/\\evil.example'])
    assert.equal((await forum.visitor.get(`/sign-in?next=${encodeURIComponent(next)}`)).headers.location, '/account')
})
