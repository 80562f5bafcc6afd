import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { eq } from 'drizzle-orm'
import { hasPasskeysAt } from '../../src/accounts/passkeys.ts'
import { accounts } from '../../src/database/schema.ts'
import { ADA, browser, join, open, PASSWORD } from './browser.ts'
import { signIn, takeStep } from './phone.ts'
import { createSecurityKey, PRESENT_ALONE } from './security-key.ts'

const ORIGIN = 'https://forum.example'
const MINUTE_MS = 60_000
const BOB = { name: 'Bob', email: 'bob@example.org', password: PASSWORD }

async function openWithKey(t: TestContext, person = ADA) {
  const forum = await open(t, { baseUrl: new URL(`${ORIGIN}/forum/`), basePath: '/forum' })
  await join(forum, person)
  return { ...forum, key: await addKey(forum, person.email) }
}

async function addKey({ database }: Pick<Awaited<ReturnType<typeof open>>, 'database'>, email: string) {
  const key = createSecurityKey(ORIGIN)
  const [account] = await database.read.select().from(accounts).where(eq(accounts.email, email))
  await key.register(database, account!.id)
  await database.write((db) => db.update(accounts).set({ twoFactorEnabled: true }).where(eq(accounts.id, account!.id)))
  return key
}

const asked = async (visitor: ReturnType<typeof browser>, path = '/sign-in/passkey') =>
  (await visitor.get(path)).json<{ challenge: string; rpId: string; allowCredentials: unknown[] }>()

test('a passkey signs in and leads on, without a password and without a code', async (t) => {
  const { app, key } = await openWithKey(t)
  const visitor = browser(app)
  const { rpId, allowCredentials, ...options } = await asked(visitor)
  assert.deepEqual([rpId, allowCredentials], ['forum.example', []])

  const passkey = key.answer({ rpId, ...options })
  const entered = await visitor.post('/sign-in/passkey', { passkey, next: '/ask?draft=abc' })
  assert.equal(entered.headers.location, '/forum/ask?draft=abc')
  assert.equal((await visitor.get('/account')).statusCode, 200)
})

test('an answer works once', async (t) => {
  const { app, key } = await openWithKey(t)
  const passkey = key.answer(await asked(browser(app)))

  const answers = await Promise.all([1, 2, 3].map(() => browser(app).post('/sign-in/passkey', { passkey })))
  assert.deepEqual(answers.map(({ statusCode }) => statusCode).sort(), [303, 422, 422])
})

const lies: [string, Parameters<ReturnType<typeof createSecurityKey>['answer']>[1]][] = [
  ['given to another site', { origin: 'https://forum.example.evil' }],
  ['made for another site', { rpId: 'evil.example' }],
  ['of a key that did not check who held it', { flags: PRESENT_ALONE }],
  ['of a key that nobody touched', { flags: 0 }],
]
for (const [what, lie] of lies)
  test(`an answer ${what} is refused`, async (t) => {
    const { app, key } = await openWithKey(t)
    const passkey = key.answer(await asked(browser(app)), lie)

    const refused = await browser(app).post('/sign-in/passkey', { passkey })
    assert.equal(refused.statusCode, 422)
    assert.match(refused.body, /This passkey does not work here/)
  })

test('a copied key is noticed by its counter', async (t) => {
  const { app, key } = await openWithKey(t)
  const answer = async (counter: number) => {
    const visitor = browser(app)
    return visitor.post('/sign-in/passkey', { passkey: key.answer(await asked(visitor), { counter }) })
  }

  assert.equal((await answer(7)).statusCode, 303)
  assert.equal((await answer(6)).statusCode, 422)
})

test('a question is answered within half an hour', async (t) => {
  t.mock.timers.enable({ apis: ['Date'], now: Date.now() })
  const { app, key } = await openWithKey(t)
  const passkey = key.answer(await asked(browser(app)))
  t.mock.timers.tick(31 * MINUTE_MS)

  assert.equal((await browser(app).post('/sign-in/passkey', { passkey })).statusCode, 422)
})

test('as a second step the passkey is one of the same account, and the question one of this sign-in', async (t) => {
  const forum = await openWithKey(t)
  const elsewhere = browser(forum.app)
  await join({ ...forum, visitor: elsewhere }, BOB)
  const bobs = await addKey(forum, BOB.email)
  const visitor = browser(forum.app)
  await signIn(visitor, ADA.email)
  const path = '/sign-in/second-step/passkey'
  const options = await asked(visitor, path)
  assert.equal(options.allowCredentials.length, 1)

  assert.equal((await takeStep(visitor, { passkey: bobs.answer(options) })).statusCode, 422)
  const direct = await asked(visitor)
  assert.equal((await takeStep(visitor, { passkey: forum.key.answer(direct) })).statusCode, 422)
  const other = browser(forum.app)
  await signIn(other, ADA.email)
  const anothers = await asked(other, path)
  assert.equal((await takeStep(visitor, { passkey: forum.key.answer(anothers) })).statusCode, 422)
  assert.equal((await takeStep(visitor, { passkey: forum.key.answer(options) })).statusCode, 303)
})

test('what is no answer at all is refused', async (t) => {
  const { app } = await openWithKey(t)
  for (const passkey of ['{', '"text"', '[]', '{"id":"x"}', '{"id":"x","response":null}', '{"id":{},"response":{}}'])
    assert.equal((await browser(app).post('/sign-in/passkey', { passkey })).statusCode, 422, passkey)
  assert.equal((await browser(app).post('/sign-in/passkey', {})).statusCode, 422)
})

test('an account that is closed meanwhile lets nobody in', async (t) => {
  const { app, database, key } = await openWithKey(t)
  await database.write((db) => db.update(accounts).set({ closedAt: new Date() }))
  const visitor = browser(app)

  const { statusCode } = await visitor.post('/sign-in/passkey', { passkey: key.answer(await asked(visitor)) })
  assert.equal(statusCode, 422)
})

test('where browsers have no passkeys none are offered', async (t) => {
  const { app } = await open(t, { baseUrl: new URL('http://forum.example/') })
  const visitor = browser(app)

  assert.doesNotMatch((await visitor.get('/sign-in')).body, /Sign in with a passkey/)
  assert.equal((await visitor.get('/sign-in/passkey')).statusCode, 404)
})

const places = {
  'https://forum.example/': true,
  'http://localhost:3000/': true,
  'http://forum.localhost/': true,
  'http://forum.example/': false,
  'http://127.0.0.1:3000/': false,
  'https://192.0.2.7/': false,
  'https://[2001:db8::1]/': false,
}
for (const [place, has] of Object.entries(places))
  test(`browsers have ${has ? 'passkeys' : 'no passkeys'} at ${place}`, () =>
    assert.equal(hasPasskeysAt(new URL(place)), has))
