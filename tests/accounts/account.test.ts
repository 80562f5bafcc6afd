import assert from 'node:assert/strict'
import { test } from 'node:test'
import { accounts, sessions } from '../../src/database/schema.ts'
import { form, signedIn } from '../helper.ts'
import { ADA, browser, join, open, PASSWORD, tokenIn } from './browser.ts'

const BOB = { ...ADA, name: 'Bob', email: 'bob@example.org' }

for (const path of ['/account', '/account/name', '/account/address', '/account/password', '/account/closure'])
  test(`${path} asks strangers to sign in, and has them back`, async (t) => {
    const { visitor } = await open(t)

    const refused = await visitor.get(path)
    assert.equal(refused.statusCode, 303)
    assert.equal(refused.headers.location, `/sign-in?next=${encodeURIComponent(path)}`)
  })

test('pages of an account are kept by nobody', async (t) => {
  const forum = await open(t)
  await join(forum)

  for (const path of ['/account', '/sign-in', '/reset-password?token=x'])
    assert.match(String((await forum.visitor.get(path)).headers['cache-control']), /no-store/)
})

test('a name is changed', async (t) => {
  const forum = await open(t)
  await join(forum)

  await forum.visitor.post('/account/name', { name: 'Ada Lovelace' })
  assert.match((await forum.visitor.get('/account')).body, /Ada Lovelace/)
  assert.equal((await forum.visitor.post('/account/name', { name: ' ' })).statusCode, 422)
})

test('a new address counts once it is confirmed, and the old one is told', async (t) => {
  const forum = await open(t)
  await join(forum)

  const asked = await forum.visitor.post('/account/address', { email: 'Ada@New.example', password: PASSWORD })
  assert.equal(asked.headers.location, '/account')
  assert.match((await forum.visitor.get('/account')).body, /<dd>ada@example.org<\/dd>/)
  const [warning, confirmation] = (await forum.mails()).slice(-2)
  assert.equal(warning?.recipient, 'ada@example.org')
  assert.match(warning?.text ?? '', /ada@new.example/)
  assert.equal(confirmation?.recipient, 'ada@new.example')

  const elsewhere = browser(forum.app)
  assert.match((await elsewhere.get(confirmation?.link ?? '')).body, /ada@new.example/)
  await elsewhere.post('/account/address/confirmation', { token: tokenIn(confirmation?.link) })
  assert.match((await forum.visitor.get('/account')).body, /<dd>ada@new.example<\/dd>/)
  const told = (await forum.mails()).at(-1)
  assert.equal(told?.recipient, 'ada@example.org')
  assert.match(told?.subject ?? '', /has been changed/)
  assert.equal((await elsewhere.get(confirmation?.link ?? '')).statusCode, 410)
})

test('a new address takes the password', async (t) => {
  const forum = await open(t)
  await join(forum)

  const page = await forum.visitor.post('/account/address', { email: 'new@example.org', password: 'not this one' })
  assert.equal(page.statusCode, 422)
  assert.match(page.body, /This is not your password/)
  assert.match(page.body, /value="new@example.org"/)
})

test('the address one has is no new one', async (t) => {
  const forum = await open(t)
  await join(forum)

  const page = await forum.visitor.post('/account/address', { email: 'ADA@example.org', password: PASSWORD })
  assert.match(page.body, /This is your e-mail address already/)
})

test('an address that somebody has is answered like any other, and only its holder is told', async (t) => {
  const forum = await open(t)
  await join(forum)
  await join({ ...forum, visitor: browser(forum.app) }, BOB)

  const taken = await forum.visitor.post('/account/address', { email: BOB.email, password: PASSWORD })
  assert.equal(taken.headers.location, '/account')
  const mail = (await forum.mails()).at(-1)
  assert.equal(mail?.recipient, BOB.email)
  assert.match(mail?.subject ?? '', /already have an account/)
})

test('an address that somebody takes in the meantime stays theirs', async (t) => {
  const forum = await open(t)
  await join(forum)
  await forum.visitor.post('/account/address', { email: BOB.email, password: PASSWORD })
  const token = tokenIn((await forum.mails()).at(-1)?.link)
  await join({ ...forum, visitor: browser(forum.app) }, BOB)

  assert.equal((await forum.visitor.post('/account/address/confirmation', { token })).statusCode, 410)
  assert.equal((await forum.database.read.select().from(accounts)).length, 2)
})

test('one sees where one is signed in and ends one session or all others', async (t) => {
  const forum = await open(t)
  await join(forum)
  const others = [1, 2].map(() => browser(forum.app))
  for (const other of others) await other.post('/sign-in', { email: ADA.email, password: PASSWORD })

  const page = await forum.visitor.get('/account')
  assert.equal(page.body.match(/<strong>Firefox on Linux<\/strong>/g)?.length, 3)
  assert.equal(page.body.match(/this device/g)?.length, 1)
  const [end] = /\/account\/sessions\/\d+\?_method=DELETE/.exec(page.body) ?? []
  await forum.visitor.post(end ?? '')
  assert.equal((await forum.database.read.select().from(sessions)).length, 2)
  await forum.visitor.post('/account/sessions?_method=DELETE')
  for (const other of others) assert.equal((await other.get('/account')).statusCode, 303)
  assert.equal((await forum.visitor.get('/account')).statusCode, 200)
})

test('nobody ends the session of somebody else', async (t) => {
  const forum = await open(t)
  await join(forum)
  const [session] = await forum.database.read.select().from(sessions)
  const { cookie } = await signedIn(forum.database)

  await forum.app.inject({ url: `/account/sessions/${session!.id}?_method=DELETE`, ...form({}, { cookie }) })
  assert.equal((await forum.visitor.get('/account')).statusCode, 200)
})
