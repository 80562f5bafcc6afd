import assert from 'node:assert/strict'
import { test } from 'node:test'
import { eq } from 'drizzle-orm'
import { createSignInLink } from '../../src/accounts/link-queries.ts'
import { createAccount, deleteExpiredAccess } from '../../src/accounts/queries.ts'
import { accounts, sessions, verifications } from '../../src/database/schema.ts'
import { SESSION_COOKIE } from '../../src/plugins/sessions.ts'
import { form } from '../helper.ts'
import { ADA, browser, join, open, PASSWORD, tokenIn } from './browser.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

test('address and password sign in and lead on to where one was going', async (t) => {
  const forum = await open(t)
  await join(forum)

  const visitor = browser(forum.app)
  const entered = await visitor.post('/sign-in', {
    email: 'Ada@Example.org',
    password: PASSWORD,
    next: '/ask?draft=abc',
  })
  assert.equal(entered.statusCode, 303)
  assert.equal(entered.headers.location, '/ask?draft=abc')
  assert.equal((await visitor.get('/account')).statusCode, 200)
})

test('a wrong password and an unknown address are answered alike', async (t) => {
  const forum = await open(t)
  await join(forum)

  const visitor = browser(forum.app)
  const wrong = await visitor.post('/sign-in', { email: ADA.email, password: 'wrong password' })
  const unknown = await visitor.post('/sign-in', { email: 'bob@example.org', password: 'wrong password' })
  assert.equal(wrong.statusCode, 422)
  assert.match(wrong.body, /E-mail address and password do not match/)
  assert.equal(unknown.body.replaceAll('bob@', 'ada@'), wrong.body)
  assert.doesNotMatch(wrong.body, /wrong password/)
})

test('a link and a forgotten password are asked for alike, whether or not there is an account', async (t) => {
  const forum = await open(t)
  await join(forum)

  for (const path of ['/sign-in/links', '/forgot-password']) {
    const visitor = browser(forum.app)
    const known = await visitor.post(path, { email: ADA.email })
    const knownPage = await visitor.get('/check-mail')
    const unknown = await visitor.post(path, { email: 'bob@example.org' })
    const unknownPage = await visitor.get('/check-mail')
    assert.deepEqual([unknown.statusCode, unknown.headers.location], [known.statusCode, known.headers.location])
    assert.equal(unknownPage.body.replaceAll('bob@', 'ada@'), knownPage.body)
    assert.match((await forum.mails()).at(-1)?.text ?? '', /No account has it/)
  }
})

test('a mailed link signs in after a press, once, and leads on', async (t) => {
  const forum = await open(t)
  await join(forum)

  const visitor = browser(forum.app)
  await visitor.post('/sign-in/links', { email: ADA.email, password: '', next: '/ask?draft=abc' })
  const { link = '' } = (await forum.mails()).at(-1) ?? {}
  assert.match((await visitor.get(link)).body, /sign in as ada@example.org/)
  assert.equal((await visitor.get('/account')).statusCode, 303)

  const entered = await visitor.post('/sign-in/link', { token: tokenIn(link) })
  assert.equal(entered.headers.location, '/ask?draft=abc')
  assert.match((await visitor.get('/account')).body, /ada@example.org/)
  assert.equal((await browser(forum.app).post('/sign-in/link', { token: tokenIn(link) })).statusCode, 410)
})

test('of two presses at once one signs in', async (t) => {
  const forum = await open(t)
  await join(forum)
  await forum.visitor.post('/sign-in/links', { email: ADA.email })
  const token = tokenIn((await forum.mails()).at(-1)?.link)

  const presses = [1, 2, 3].map(() => browser(forum.app).post('/sign-in/link', { token }))
  const codes = (await Promise.all(presses)).map(({ statusCode }) => statusCode)
  assert.deepEqual(codes.sort(), [303, 410, 410])
})

test('a mailed link works for an hour', async (t) => {
  const forum = await open(t)
  await join(forum)
  await forum.visitor.post('/sign-in/links', { email: ADA.email })
  await forum.database.write((db) => db.update(verifications).set({ expiresAt: new Date() }))

  const page = await browser(forum.app).get((await forum.mails()).at(-1)?.link ?? '')
  assert.equal(page.statusCode, 410)
  assert.match(page.body, /Get another link/)
})

test('the command line makes links that sign in', async (t) => {
  const { database, visitor } = await open(t)
  const path = await database.write(async (db) => {
    await createAccount(db, { name: 'Root', email: 'root@example.org', role: 'administrator' })
    return createSignInLink(db, { email: 'Root@example.org', minutes: 60, next: '/admin' })
  })

  assert.match((await visitor.get(path)).body, /root@example.org/)
  const entered = await visitor.post('/sign-in/link', { token: tokenIn(path) })
  assert.equal(entered.headers.location, '/admin')
})

test('a closed account lets nobody in', async (t) => {
  const forum = await open(t)
  await join(forum)
  await forum.visitor.post('/sign-in/links', { email: ADA.email })
  const token = tokenIn((await forum.mails()).at(-1)?.link)
  await forum.database.write((db) => db.update(accounts).set({ closedAt: new Date() }))

  const visitor = browser(forum.app)
  assert.equal((await forum.visitor.get('/account')).statusCode, 303)
  assert.equal((await visitor.post('/sign-in', { email: ADA.email, password: PASSWORD })).statusCode, 422)
  assert.equal((await visitor.post('/sign-in/link', { token })).statusCode, 410)
})

test('passwords cannot be guessed from many places', async (t) => {
  const forum = await open(t)
  await join(forum)

  for (let number = 1; number <= 40; number++)
    await browser(forum.app, `10.0.0.${number}`).post('/sign-in', { email: ADA.email, password: `guess ${number}` })
  const page = await browser(forum.app, '10.0.0.41').post('/sign-in', { email: ADA.email, password: PASSWORD })
  assert.equal(page.statusCode, 429)
  assert.equal(Number(page.headers['retry-after']) > 0, true)
  assert.match(page.body, /Too many tries\. Please try again in 15 minutes/)
  assert.match(page.body, /value="ada@example.org"/)
})

test('a single stranger who guesses locks nobody out', async (t) => {
  const forum = await open(t)
  await join(forum)

  const stranger = browser(forum.app, '10.0.0.1')
  for (let number = 1; number <= 32; number++) await stranger.post('/sign-in', { email: ADA.email, password: 'guess' })
  const page = await browser(forum.app, '10.0.0.2').post('/sign-in', { email: ADA.email, password: PASSWORD })
  assert.equal(page.statusCode, 303)
})

test('one visitor cannot try many addresses', async (t) => {
  const { visitor } = await open(t)

  for (let number = 1; number <= 30; number++) await visitor.post('/sign-in/links', { email: `${number}@example.org` })
  assert.equal((await visitor.post('/sign-in/links', { email: ADA.email })).statusCode, 429)
})

test('signing out ends the session and forgets the cookie', async (t) => {
  const forum = await open(t)
  await join(forum)
  const cookie = `${SESSION_COOKIE}=${forum.visitor.jar.get(SESSION_COOKIE)}`

  const left = await forum.visitor.post('/sign-out')
  assert.equal(left.headers.location, '/')
  assert.equal(forum.visitor.jar.has(SESSION_COOKIE), false)
  assert.deepEqual(await forum.database.read.select().from(sessions), [])
  assert.equal((await forum.app.inject({ url: '/account', headers: { cookie } })).statusCode, 303)
})

test('signing in again ends the session this browser had', async (t) => {
  const forum = await open(t)
  await join(forum)

  await forum.visitor.post('/sign-in', { email: ADA.email, password: PASSWORD })
  assert.equal((await forum.database.read.select().from(sessions)).length, 1)
})

test('only a signed cookie is a session', async (t) => {
  const forum = await open(t)
  await join(forum)
  const [session] = await forum.database.read.select().from(sessions)

  for (const value of [session!.token, `${session!.token}.${'A'.repeat(43)}=`])
    assert.equal((await forum.app.inject({ url: '/account', cookies: { [SESSION_COOKIE]: value } })).statusCode, 303)
})

test('the cookie is for this site alone, and for https alone where the site is', async (t) => {
  const forum = await open(t, { baseUrl: new URL('https://example.org/forum/'), basePath: '/forum' })
  const headers = { origin: 'https://example.org' }
  await forum.database.write((db) => createAccount(db, ADA))
  const path = await forum.database.write((db) => createSignInLink(db, { email: ADA.email, minutes: 5, next: '/ask' }))

  const entered = await forum.app.inject({ url: '/forum/sign-in/link', ...form({ token: tokenIn(path) }, headers) })
  assert.equal(entered.headers.location, '/forum/ask')
  const cookie = entered.cookies.find(({ name }) => name === SESSION_COOKIE)
  assert.deepEqual(
    [cookie?.path, cookie?.httpOnly, cookie?.secure, cookie?.sameSite, cookie?.maxAge],
    ['/forum', true, true, 'Lax', 30 * 86_400],
  )
})

test('a session is renewed once a day and ends after thirty days without use', async (t) => {
  const forum = await open(t)
  await join(forum)
  const old = new Date(Date.now() - 2 * DAY_MS)
  await forum.database.write((db) =>
    db.update(sessions).set({ updatedAt: old, expiresAt: new Date(Date.now() + DAY_MS) }),
  )

  const renewed = await forum.visitor.get('/account')
  assert.ok(renewed.cookies.some(({ name }) => name === SESSION_COOKIE))
  const again = await forum.visitor.get('/account')
  assert.equal(again.cookies.length, 0)
  const [session] = await forum.database.read.select().from(sessions)
  assert.ok(session!.expiresAt.getTime() > Date.now() + 29 * DAY_MS)

  await forum.database.write((db) =>
    db.update(sessions).set({ expiresAt: new Date() }).where(eq(sessions.id, session!.id)),
  )
  assert.equal((await forum.visitor.get('/account')).statusCode, 303)
})

test('what has expired is cleared away', async (t) => {
  const forum = await open(t)
  await join(forum)
  await forum.visitor.post('/sign-in/links', { email: ADA.email })

  await forum.database.write((db) => deleteExpiredAccess(db))
  assert.equal((await forum.database.read.select().from(verifications)).length, 1)
  await forum.database.write((db) => deleteExpiredAccess(db, new Date(Date.now() + 31 * DAY_MS)))
  assert.deepEqual(await forum.database.read.select().from(verifications), [])
  assert.deepEqual(await forum.database.read.select().from(sessions), [])
})
