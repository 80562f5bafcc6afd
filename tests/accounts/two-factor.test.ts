import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { accounts, authenticators, passkeys, recoveryCodes, verifications } from '../../src/database/schema.ts'
import { tidy } from '../../src/upkeep.ts'
import { signedIn, textOf } from '../helper.ts'
import { ADA, browser, join, open, PASSWORD } from './browser.ts'
import { beginApp, codeOf, codesIn, protect, signIn, takeStep } from './phone.ts'

const HOME = '/account/two-factor'
const MINUTE_MS = 60_000

async function joined(t: TestContext) {
  const forum = await open(t)
  await join(forum)
  return forum
}

test('an app counts once it has shown a code, and its owner is told', async (t) => {
  const forum = await joined(t)
  const key = await beginApp(forum.visitor)
  assert.match(textOf(await forum.visitor.get('/account')), /Two-step sign-in Off/)
  assert.equal((await signIn(browser(forum.app), ADA.email)).headers.location, '/account')

  const wrong = await forum.visitor.post(`${HOME}/authenticator/confirmation`, { code: '000000' })
  assert.equal(wrong.statusCode, 422)
  assert.match(wrong.body, /This is not the code the app shows now/)
  const done = await forum.visitor.post(`${HOME}/authenticator/confirmation`, { code: await codeOf(key) })
  assert.equal(codesIn(done.body).length, 10)
  assert.match(textOf(await forum.visitor.get('/account')), /Two-step sign-in On\. Recovery codes left: 10/)
  assert.equal((await forum.mails()).at(-1)?.subject, 'An authenticator app has been added to your account')
})

test('the picture and the key say the same, and the database keeps neither', async (t) => {
  const forum = await joined(t)
  const key = await beginApp(forum.visitor)

  const { body } = await forum.visitor.get(`${HOME}/authenticator`)
  assert.match(body, /<svg class="qr" viewBox="0 0 \d+ \d+" role="img"/)
  const secret = key.replaceAll(' ', '')
  assert.match(body, new RegExp(`otpauth://totp/Bone%20Health:ada%40example.org\\?secret=${secret}&amp;issuer=Bone`))
  const [row] = await forum.database.read.select().from(authenticators)
  assert.doesNotMatch(row?.secret ?? '', new RegExp(secret, 'i'))
})

test('another phone takes the place of the first only with its code, and the codes on paper stay', async (t) => {
  t.mock.timers.enable({ apis: ['Date'], now: Date.now() })
  const forum = await joined(t)
  const first = await protect(forum)
  const key = await beginApp(forum.visitor)
  t.mock.timers.tick(MINUTE_MS)

  const visitor = browser(forum.app)
  await signIn(visitor, ADA.email)
  assert.equal((await takeStep(visitor, { code: await codeOf(first.key) })).statusCode, 303)
  const moved = await forum.visitor.post(`${HOME}/authenticator/confirmation`, { code: await codeOf(key) })
  assert.equal(moved.headers.location, HOME)
  t.mock.timers.tick(MINUTE_MS)
  await signIn(visitor, ADA.email)
  assert.equal((await takeStep(visitor, { code: await codeOf(first.key) })).statusCode, 422)
  assert.equal((await takeStep(visitor, { code: await codeOf(key) })).statusCode, 303)
  assert.equal((await forum.database.read.select().from(recoveryCodes)).length, 10)
})

test('what was begun half an hour ago is forgotten', async (t) => {
  t.mock.timers.enable({ apis: ['Date'], now: Date.now() })
  const forum = await joined(t)
  const key = await beginApp(forum.visitor)
  t.mock.timers.tick(31 * MINUTE_MS)

  const late = await forum.visitor.post(`${HOME}/authenticator/confirmation`, { code: await codeOf(key) })
  assert.equal(late.headers.location, `${HOME}/authenticator`)
  await tidy(forum.database)
  assert.deepEqual(await forum.database.read.select().from(authenticators), [])
})

test('a session that has been open for a while takes the password first', async (t) => {
  t.mock.timers.enable({ apis: ['Date'], now: Date.now() })
  const forum = await joined(t)
  t.mock.timers.tick(16 * MINUTE_MS)

  assert.equal(await beginApp(forum.visitor), '')
  const page = await forum.visitor.post(`${HOME}/authenticator`, { password: 'not this one' })
  assert.equal(page.statusCode, 422)
  assert.match(page.body, /This is neither your password nor a code that works/)
  assert.notEqual(await beginApp(forum.visitor, { password: PASSWORD }), '')
})

test('new codes take the place of the old ones', async (t) => {
  const forum = await joined(t)
  const { codes } = await protect(forum)

  assert.equal((await forum.visitor.post(`${HOME}/recovery-codes`, {})).statusCode, 422)
  const renewed = codesIn((await forum.visitor.post(`${HOME}/recovery-codes`, { password: PASSWORD })).body)
  assert.equal(renewed.length, 10)
  assert.equal((await forum.mails()).at(-1)?.subject, 'You have new recovery codes')
  const visitor = browser(forum.app)
  await signIn(visitor, ADA.email)
  assert.equal((await takeStep(visitor, { recoveryCode: codes[0]! })).statusCode, 422)
  assert.equal((await takeStep(visitor, { recoveryCode: renewed[0]! })).statusCode, 303)
})

for (const [by, proofOf] of [
  ['the password', () => PASSWORD],
  ['a recovery code', ({ codes }: { codes: string[] }) => codes[0]!],
  ['a code', ({ key }: { key: string }) => codeOf(key, 1)],
] as const)
  test(`${by} turns it off, and nothing of it is left`, async (t) => {
    const forum = await joined(t)
    const set = await protect(forum)

    const off = await forum.visitor.post(`${HOME}/removal`, { password: await proofOf(set) })
    assert.equal(off.headers.location, HOME)
    for (const table of [authenticators, recoveryCodes, passkeys])
      assert.deepEqual(await forum.database.read.select().from(table), [])
    assert.equal((await forum.mails()).at(-1)?.subject, 'Two-step sign-in has been turned off')
    assert.equal((await signIn(browser(forum.app), ADA.email)).headers.location, '/account')
  })

test('removing the only app turns it off', async (t) => {
  const forum = await joined(t)
  await protect(forum)

  await forum.visitor.post(`${HOME}/authenticator/removal`, { password: PASSWORD })
  assert.deepEqual(await forum.database.read.select().from(recoveryCodes), [])
  assert.equal((await forum.mails()).at(-1)?.subject, 'The authenticator app has been removed from your account')
  assert.match(textOf(await forum.visitor.get('/account')), /Two-step sign-in Off/)
})

test('a change signs out all other devices and forgets all browsers', async (t) => {
  const forum = await joined(t)
  const other = browser(forum.app)
  await signIn(other, ADA.email)
  const { codes } = await protect(forum)
  assert.equal((await other.get('/account')).statusCode, 303)

  await signIn(other, ADA.email)
  await takeStep(other, { recoveryCode: codes[0]!, remember: 'true' })
  await forum.visitor.post(`${HOME}/authenticator/removal`, { password: PASSWORD })
  assert.equal((await other.get('/account')).statusCode, 303)
  assert.deepEqual(await forum.database.read.select().from(verifications), [])
  assert.equal((await forum.visitor.get('/account')).statusCode, 200)
})

test('passwords cannot be guessed where a code would do', async (t) => {
  const forum = await joined(t)
  await protect(forum)

  for (let number = 1; number <= 5; number++)
    await forum.visitor.post(`${HOME}/removal`, { password: `guess ${number}` })
  assert.equal((await forum.visitor.post(`${HOME}/removal`, { password: PASSWORD })).statusCode, 429)
})

test('whoever has none finds nothing to remove', async (t) => {
  const forum = await joined(t)
  for (const path of ['removal', 'authenticator/removal', 'recovery-codes', 'passkeys/1/removal'])
    assert.equal((await forum.visitor.get(`${HOME}/${path}`)).statusCode, 404, path)
})

test('an account without a password chooses one before it changes how it signs in', async (t) => {
  t.mock.timers.enable({ apis: ['Date'], now: Date.now() })
  const { app, database } = await open(t)
  const { cookie } = await signedIn(database)
  t.mock.timers.tick(20 * MINUTE_MS)

  const page = await app.inject({ url: `${HOME}/authenticator`, headers: { cookie } })
  assert.match(page.body, /You have no password yet\. We mail you a link to choose one/)
})

test('closing the account takes all of it along', async (t) => {
  const forum = await joined(t)
  await protect(forum)

  await forum.visitor.post('/account/closure', { password: PASSWORD })
  for (const table of [accounts, authenticators, recoveryCodes, verifications])
    assert.deepEqual(await forum.database.read.select().from(table), [])
})

test('where the forum’s secret has changed recovery codes still work', async (t) => {
  const forum = await joined(t)
  const { key, codes } = await protect(forum)
  await forum.database.write((db) => db.update(authenticators).set({ secret: 'sealed with another secret' }))

  const visitor = browser(forum.app)
  await signIn(visitor, ADA.email)
  assert.equal((await takeStep(visitor, { code: await codeOf(key, 1) })).statusCode, 422)
  assert.equal((await takeStep(visitor, { recoveryCode: codes[0]! })).statusCode, 303)
})
