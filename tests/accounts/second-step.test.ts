import assert from 'node:assert/strict'
import { test } from 'node:test'
import { attempts, recoveryCodes, sessions } from '../../src/database/schema.ts'
import { SESSION_COOKIE } from '../../src/plugins/sessions.ts'
import { tidy } from '../../src/upkeep.ts'
import { buildMany } from '../helper.ts'
import { ADA, browser, join, mailsOf, open, PASSWORD, tokenIn } from './browser.ts'
import { codeOf, protect, signIn, takeStep } from './phone.ts'

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000
const NEXT = '/ask?draft=abc'

test('a password takes a code of the app after it, and leads on to where one was going', async (t) => {
  const forum = await open(t)
  await join(forum)
  const { key } = await protect(forum)

  const visitor = browser(forum.app)
  const first = await signIn(visitor, ADA.email, NEXT)
  assert.equal(first.headers.location, '/sign-in/second-step?next=%2Fask%3Fdraft%3Dabc')
  assert.equal((await visitor.get('/account')).statusCode, 303)
  const page = await visitor.get(first.headers.location as string)
  assert.match(page.body, /inputmode="numeric"\s+autocomplete="one-time-code"/)
  assert.match(page.body, /name="next" value="\/ask\?draft=abc"/)

  const code = await codeOf(key, 1)
  const entered = await takeStep(visitor, { code: `${code.slice(0, 3)} ${code.slice(3)}`, next: NEXT })
  assert.equal(entered.headers.location, NEXT)
  assert.equal((await visitor.get('/account')).statusCode, 200)
})

test('a mailed link and a new password take the second step too', async (t) => {
  const forum = await open(t)
  await join(forum)
  const { codes } = await protect(forum)

  const byLink = browser(forum.app)
  await byLink.post('/sign-in/links', { email: ADA.email, next: NEXT })
  const { link } = (await forum.mails()).at(-1)!
  const linked = await byLink.post('/sign-in/link', { token: tokenIn(link) })
  assert.match(String(linked.headers.location), /^\/sign-in\/second-step\?next=/)
  assert.equal((await byLink.get('/account')).statusCode, 303)
  assert.equal((await takeStep(byLink, { recoveryCode: codes[0]!, next: NEXT })).headers.location, NEXT)

  const byReset = browser(forum.app)
  await byReset.post('/forgot-password', { email: ADA.email })
  const token = tokenIn((await forum.mails()).at(-1)?.link)
  const saved = await byReset.post('/reset-password', { token, password: 'another lamp under stairs' })
  assert.match(String(saved.headers.location), /^\/sign-in\/second-step/)
  assert.equal((await byReset.get('/account')).statusCode, 303)
})

test('half a sign-in is worth nothing by itself, in no other browser, and for a quarter of an hour', async (t) => {
  t.mock.timers.enable({ apis: ['Date'], now: Date.now() })
  const forum = await open(t)
  await join(forum)
  const { key } = await protect(forum)
  const visitor = browser(forum.app)
  await signIn(visitor, ADA.email)

  assert.equal(visitor.jar.has(SESSION_COOKIE), false)
  const other = browser(forum.app)
  other.jar.set('second_step', 'made%20up.signature')
  assert.match(String((await takeStep(other, { code: await codeOf(key, 1) })).headers.location), /^\/sign-in/)
  t.mock.timers.tick(16 * MINUTE_MS)
  const late = await takeStep(visitor, { code: await codeOf(key), next: NEXT })
  assert.equal(late.headers.location, '/sign-in?next=%2Fask%3Fdraft%3Dabc')
  assert.match((await visitor.get('/sign-in')).body, /That took a while\. Please sign in again/)
})

test('a code works once, and none from before it', async (t) => {
  t.mock.timers.enable({ apis: ['Date'], now: Date.now() })
  const forum = await open(t)
  await join(forum)
  const { key } = await protect(forum)
  const [used, next] = [await codeOf(key), await codeOf(key, 1)]
  const [one, two] = [browser(forum.app), browser(forum.app)]
  for (const visitor of [one, two]) await signIn(visitor, ADA.email)

  const replayed = await takeStep(one, { code: used })
  assert.equal(replayed.statusCode, 422)
  assert.match(replayed.body, /This code does not work/)
  const answers = await Promise.all([one, two].map((visitor) => takeStep(visitor, { code: next })))
  assert.deepEqual(answers.map(({ statusCode }) => statusCode).sort(), [303, 422])
})

test('a code works for half a minute and a little more', async (t) => {
  t.mock.timers.enable({ apis: ['Date'], now: Date.now() })
  const forum = await open(t)
  await join(forum)
  const { key } = await protect(forum)
  const visitor = browser(forum.app)
  await signIn(visitor, ADA.email)

  const code = await codeOf(key, 1)
  t.mock.timers.tick(2 * MINUTE_MS)
  assert.equal((await takeStep(visitor, { code })).statusCode, 422)
  assert.equal((await takeStep(visitor, { code: await codeOf(key) })).statusCode, 303)
})

test('codes cannot be guessed, and right ones are not counted', async (t) => {
  t.mock.timers.enable({ apis: ['Date'], now: Date.now() })
  const forum = await open(t)
  await join(forum)
  const { key } = await protect(forum)
  const guess = async (from: string) => {
    const visitor = browser(forum.app, from)
    await signIn(visitor, ADA.email)
    return takeStep(visitor, { code: '000000' })
  }

  for (let number = 1; number <= 5; number++) assert.equal((await guess(`10.0.0.${number}`)).statusCode, 422)
  const page = await guess('10.0.0.6')
  assert.equal(page.statusCode, 429)
  assert.match(page.body, /Too many tries\. Please try again in 15 minutes/)
  t.mock.timers.tick(16 * MINUTE_MS)
  for (let number = 1; number <= 7; number++) {
    const visitor = browser(forum.app)
    await signIn(visitor, ADA.email)
    assert.equal((await takeStep(visitor, { code: await codeOf(key) })).statusCode, 303)
    t.mock.timers.tick(MINUTE_MS)
  }
})

test('guesses at one server count at another, and the codes they use up are used up there', async (t) => {
  const [one, two] = await buildMany(t, 2)
  const forum = { ...one!, visitor: browser(one!.app), mails: () => mailsOf(one!) }
  await join(forum)
  const { codes } = await protect(forum)
  const stepAt = async (app: typeof forum.app, fields: Record<string, string>) => {
    const visitor = browser(app)
    await signIn(visitor, ADA.email)
    return (await takeStep(visitor, fields)).statusCode
  }

  const presses = [one!, two!].map(({ app }) => stepAt(app, { recoveryCode: codes[0]! }))
  assert.deepEqual((await Promise.all(presses)).sort(), [303, 422])
  for (let number = 2; number <= 5; number++) assert.equal(await stepAt(one!.app, { code: '000000' }), 422)
  assert.equal(await stepAt(two!.app, { recoveryCode: codes[1]! }), 429)
})

test('guesses are counted without anybody’s address or name', async (t) => {
  const forum = await open(t)
  await join(forum)
  await signIn(browser(forum.app, '10.1.2.3'), ADA.email)

  const rows = JSON.stringify(await forum.database.read.select().from(attempts))
  assert.match(rows, /"count":1/)
  assert.doesNotMatch(rows, /10\.1\.2\.3|ada@/)
  await tidy(forum.database, new Date(Date.now() + DAY_MS))
  assert.deepEqual(await forum.database.read.select().from(attempts), [])
})

test('a recovery code signs in once, and its owner is told how many are left', async (t) => {
  const forum = await open(t)
  await join(forum)
  const { codes } = await protect(forum)
  const [one, two] = [browser(forum.app), browser(forum.app)]
  for (const visitor of [one, two]) await signIn(visitor, ADA.email)

  const typed = codes[3]!.toUpperCase().replaceAll('-', ' ')
  const answers = await Promise.all([one, two].map((visitor) => takeStep(visitor, { recoveryCode: typed })))
  assert.deepEqual(answers.map(({ statusCode }) => statusCode).sort(), [303, 422])
  const mail = (await forum.mails()).at(-1)
  assert.equal(mail?.subject, 'A recovery code has been used')
  assert.match(mail?.text ?? '', /9 are left/)
  assert.match((await forum.visitor.get('/account')).body, /Recovery codes left: 9/)
})

test('recovery codes are kept as hashes', async (t) => {
  const forum = await open(t)
  await join(forum)
  const { codes } = await protect(forum)

  assert.equal(codes.length, 10)
  assert.equal(new Set(codes).size, 10)
  for (const code of codes) assert.match(code, /^([a-z2-9]{4}-){3}[a-z2-9]{4}$/)
  const rows = JSON.stringify(await forum.database.read.select().from(recoveryCodes))
  for (const code of codes) assert.doesNotMatch(rows, new RegExp(code))
})

test('a remembered browser is not asked for thirty days, and asked again when the password changes', async (t) => {
  t.mock.timers.enable({ apis: ['Date'], now: Date.now() })
  const forum = await open(t)
  await join(forum)
  const { codes } = await protect(forum)
  const visitor = browser(forum.app)
  await signIn(visitor, ADA.email)
  await takeStep(visitor, { recoveryCode: codes[0]!, remember: 'true' })
  const isAsked = async () => {
    await visitor.post('/sign-out')
    return (await signIn(visitor, ADA.email)).headers.location !== '/account'
  }

  assert.equal(await isAsked(), false)
  t.mock.timers.tick(29 * DAY_MS)
  assert.equal(await isAsked(), false)
  t.mock.timers.tick(2 * DAY_MS)
  assert.equal(await isAsked(), true)

  await takeStep(visitor, { recoveryCode: codes[1]!, remember: 'true' })
  await visitor.post('/account/password', { password: PASSWORD, newPassword: PASSWORD })
  assert.equal(await isAsked(), true)
})

test('what one browser remembers says nothing of another account', async (t) => {
  const forum = await open(t)
  const bob = { name: 'Bob', email: 'bob@example.org', password: PASSWORD }
  await join(forum)
  const { codes } = await protect(forum)
  const elsewhere = browser(forum.app)
  await join({ ...forum, visitor: elsewhere }, bob)
  await protect({ visitor: elsewhere })

  const shared = browser(forum.app)
  await signIn(shared, ADA.email)
  await takeStep(shared, { recoveryCode: codes[0]!, remember: 'true' })
  await shared.post('/sign-out')
  assert.match(String((await signIn(shared, bob.email)).headers.location), /second-step/)
})

test('a password that is right opens no session before the second step', async (t) => {
  const forum = await open(t)
  await join(forum)
  await protect(forum)
  const before = (await forum.database.read.select().from(sessions)).length

  await signIn(browser(forum.app), ADA.email)
  assert.equal((await forum.database.read.select().from(sessions)).length, before)
})
