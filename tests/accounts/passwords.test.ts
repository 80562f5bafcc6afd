import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isEasyToGuess } from '../../src/accounts/passwords.ts'
import { findPasswordHash } from '../../src/accounts/queries.ts'
import { accounts, sessions } from '../../src/database/schema.ts'
import { signedIn } from '../helper.ts'
import { ADA, browser, join, open, PASSWORD, tokenIn } from './browser.ts'

const ABOUT = ['Ada Lovelace', 'ada.lovelace@example.org', 'Bone Health']
const NEW = 'seven quiet herons'

for (const password of [
  'password123',
  '1234567890',
  'Qwertyuiop1',
  'aaaaaaaaaaaa',
  'lovelace1815',
  'bonehealth1',
  'ada.lovelace@example.org',
])
  test(`"${password}" is easy to guess`, () => {
    assert.equal(isEasyToGuess(password, ABOUT), true)
  })

for (const password of [PASSWORD, 'kR9!vQz2#pLw', 'пароль-из-слов', 'lovelace walks at dawn'])
  test(`"${password}" is not easy to guess`, () => {
    assert.equal(isEasyToGuess(password, ABOUT), false)
  })

test('who has forgotten their password chooses a new one by a mailed link, and all other devices are signed out', async (t) => {
  const forum = await open(t)
  await join(forum)

  const visitor = browser(forum.app)
  await visitor.post('/forgot-password', { email: ADA.email, next: '/ask?draft=abc' })
  const { link = '' } = (await forum.mails()).at(-1) ?? {}
  assert.match((await visitor.get(link)).body, /autocomplete="new-password"/)
  const saved = await visitor.post('/reset-password', { token: tokenIn(link), password: NEW })
  assert.equal(saved.headers.location, '/ask?draft=abc')

  assert.equal((await visitor.get('/account')).statusCode, 200)
  assert.equal((await forum.visitor.get('/account')).statusCode, 303)
  assert.match((await forum.mails()).at(-1)?.subject ?? '', /password has been changed/)
  assert.equal((await browser(forum.app).post('/sign-in', { email: ADA.email, password: PASSWORD })).statusCode, 422)
  assert.equal((await browser(forum.app).post('/sign-in', { email: ADA.email, password: NEW })).statusCode, 303)
})

test('a new password that is too short or easy to guess is refused and the link still works', async (t) => {
  const forum = await open(t)
  await join(forum)
  await forum.visitor.post('/forgot-password', { email: ADA.email })
  const token = tokenIn((await forum.mails()).at(-1)?.link)

  for (const password of ['short', 'ada@example.org'])
    assert.equal((await forum.visitor.post('/reset-password', { token, password })).statusCode, 422)
  assert.equal((await forum.visitor.post('/reset-password', { token, password: NEW })).statusCode, 303)
  assert.equal((await forum.visitor.post('/reset-password', { token, password: PASSWORD })).statusCode, 410)
})

test('a changed password makes every mailed link worthless', async (t) => {
  const forum = await open(t)
  await join(forum)
  await forum.visitor.post('/sign-in/links', { email: ADA.email })
  await forum.visitor.post('/account/address', { email: 'mallory@example.org', password: PASSWORD })
  const links = (await forum.mails()).flatMap(({ link }) => link ?? []).slice(-2)

  await forum.visitor.post('/account/password', { password: PASSWORD, newPassword: NEW })
  for (const link of links) assert.equal((await browser(forum.app).get(link)).statusCode, 410)
})

test('whoever knows the present password changes it, and stays signed in here alone', async (t) => {
  const forum = await open(t)
  await join(forum)
  const elsewhere = browser(forum.app)
  await elsewhere.post('/sign-in', { email: ADA.email, password: PASSWORD })

  const changed = await forum.visitor.post('/account/password', { password: PASSWORD, newPassword: NEW })
  assert.equal(changed.headers.location, '/account')
  assert.match((await forum.visitor.get('/account')).body, /All other devices are signed out/)
  assert.equal((await elsewhere.get('/account')).statusCode, 303)
  assert.equal((await forum.database.read.select().from(sessions)).length, 1)
})

test('a wrong present password changes nothing', async (t) => {
  const forum = await open(t)
  await join(forum)

  const page = await forum.visitor.post('/account/password', { password: 'not this one', newPassword: NEW })
  assert.equal(page.statusCode, 422)
  assert.match(page.body, /This is not your password/)
  assert.equal((await browser(forum.app).post('/sign-in', { email: ADA.email, password: PASSWORD })).statusCode, 303)
})

test('the present password cannot be guessed', async (t) => {
  const forum = await open(t)
  await join(forum)

  for (let number = 1; number <= 10; number++)
    await forum.visitor.post('/account/password', { password: `guess ${number}`, newPassword: NEW })
  const page = await forum.visitor.post('/account/password', { password: PASSWORD, newPassword: NEW })
  assert.equal(page.statusCode, 429)
})

test('who has no password is mailed a link to choose one', async (t) => {
  const { app, database, mails } = await open(t)
  const { account, cookie } = await signedIn(database)

  const page = await app.inject({ url: '/account/password', headers: { cookie } })
  assert.match(page.body, /You have no password yet/)
  const visitor = browser(app)
  await visitor.post('/forgot-password', { email: account.email, next: '/account' })
  await visitor.post('/reset-password', { token: tokenIn((await mails()).at(-1)?.link), password: NEW })
  assert.ok(await findPasswordHash(database.read, account.id))
})

test('an account is found whatever the case of its address', async (t) => {
  const forum = await open(t)
  await join(forum, { ...ADA, email: 'ADA@Example.ORG' })

  const [account] = await forum.database.read.select().from(accounts)
  assert.equal(account?.email, 'ada@example.org')
})
