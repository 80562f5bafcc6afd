import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { eq } from 'drizzle-orm'
import { createSignInLink } from '../../src/accounts/link-queries.ts'
import { accounts, answers, auditEvents, drafts, experts, sessions } from '../../src/database/schema.ts'
import { askSomething, newKey, plantCategory, verifiedExpert } from '../fixtures.ts'
import { form, signedIn, textOf } from '../helper.ts'
import { ADA, browser, join, open, PASSWORD, tokenIn } from './browser.ts'
import { codeOf, protect, signIn } from './phone.ts'

const HOME = '/account/two-factor'

const required = (t: TestContext) => open(t, { requiresTwoFactor: true })

for (const [role, path] of [
  ['administrator', '/admin/accounts?q=ada'],
  ['moderator', '/moderation'],
] as const)
  test(`a ${role} without a second step is led to set one up, and back`, async (t) => {
    const forum = await required(t)
    await join(forum)
    await forum.database.write((db) => db.update(accounts).set({ role }))

    const led = await forum.visitor.get(path)
    assert.equal(led.headers.location, `${HOME}?next=${encodeURIComponent(path)}`)
    const asked = await forum.visitor.get(led.headers.location as string)
    assert.match(asked.body, /your role asks for it/)
    assert.doesNotMatch(asked.body, /Not now/)
    await forum.visitor.post(`${HOME}/authenticator`, { next: path })
    const { body } = await forum.visitor.get(`${HOME}/authenticator?next=${encodeURIComponent(path)}`)
    const key = /<code class="key">([^<]+)/.exec(body)?.[1] ?? ''
    const done = await forum.visitor.post(`${HOME}/authenticator/confirmation`, { code: await codeOf(key), next: path })
    assert.match(done.body, new RegExp(`href="${path.replace('?', '\\?')}"`))
    assert.equal((await forum.visitor.get(path)).statusCode, 200)
  })

test('an expert without a second step reads and asks, but does not answer', async (t) => {
  const { app, database } = await required(t)
  const { cookie } = await verifiedExpert(database)
  const question = await askSomething(database)
  const category = await plantCategory(database)
  const path = `/questions/${question.id}/${question.slug}`

  const page = await app.inject({ url: path, headers: { cookie } })
  assert.match(textOf(page), /Before you can act in your role here, set up a second step/)
  assert.doesNotMatch(page.body, /What would you tell this person/)
  const answer = form({ body: 'Rest it for a week or two, then walk.', key: newKey() }, { cookie })
  const refused = await app.inject({ url: `/questions/${question.id}/answers`, ...answer })
  assert.match(String(refused.headers.location), /^\/account\/two-factor/)
  assert.deepEqual(await database.read.select().from(answers), [])
  const [draft] = await database.read.select().from(drafts)
  assert.match(JSON.stringify(draft?.fields), /Rest it for a week or two/)
  const texts = { title: 'May I run with a stiff back?', body: 'It has been stiff since the weekend, and only then.' }
  const ask = form({ category: category.path, considered: 'yes', key: newKey(), ...texts }, { cookie })
  assert.match(String((await app.inject({ url: '/ask', ...ask })).headers.location), /^\/questions\//)
})

test('whoever signs in without one sets it up before they go on', async (t) => {
  const forum = await required(t)
  await join(forum)
  await forum.database.write((db) => db.update(accounts).set({ role: 'moderator' }))

  const visitor = browser(forum.app)
  const led = (await signIn(visitor, ADA.email, '/questions')).headers.location as string
  assert.equal(led, `${HOME}?next=%2Fquestions&later=yes`)
  assert.match((await visitor.get(led)).body, /href="\/questions">Not now/)
  assert.equal((await visitor.get('/questions')).statusCode, 200)
})

test('members are not asked for it', async (t) => {
  const forum = await required(t)
  await join(forum)

  assert.equal((await signIn(browser(forum.app), ADA.email)).headers.location, '/account')
  assert.doesNotMatch((await forum.visitor.get('/account')).body, /second step for signing in/)
})

test('whose role asks for it cannot turn it off', async (t) => {
  const forum = await required(t)
  await join(forum)
  await forum.database.write((db) => db.update(accounts).set({ role: 'moderator' }))
  await protect(forum)

  assert.doesNotMatch((await forum.visitor.get(HOME)).body, /Turn off two-step sign-in/)
  for (const path of [`${HOME}/removal`, `${HOME}/authenticator/removal`])
    assert.equal((await forum.visitor.post(path, { password: PASSWORD })).statusCode, 409, path)
  assert.equal((await forum.visitor.get('/moderation')).statusCode, 200)
})

test('who becomes an expert needs it from then on', async (t) => {
  const forum = await required(t)
  await join(forum)
  const [account] = await forum.database.read.select().from(accounts)
  assert.doesNotMatch((await forum.visitor.get('/account')).body, /second step for signing in/)

  const profile = { handle: 'ada', profession: 'Physiotherapist', credentials: 'MSc' }
  await forum.database.write((db) =>
    db.insert(experts).values({ accountId: account!.id, ...profile, verifiedAt: new Date() }),
  )
  assert.match((await forum.visitor.get('/account')).body, /second step for signing in/)
})

test('in a trial a printed link signs staff in at once', async (t) => {
  const { database, visitor } = await open(t)
  const { account } = await signedIn(database, 'administrator')
  const path = await database.write((db) => createSignInLink(db, { email: account.email, minutes: 60, next: '/admin' }))

  assert.equal((await visitor.post('/sign-in/link', { token: tokenIn(path) })).headers.location, '/admin')
  assert.equal((await visitor.get('/admin')).statusCode, 200)
})

test('an administrator resets the second step of whoever lost it, says why, and its owner is told', async (t) => {
  const forum = await open(t)
  await join(forum)
  await protect(forum)
  const admin = await signedIn(forum.database, 'administrator', 'Root')
  const [ada] = await forum.database.read.select().from(accounts).where(eq(accounts.email, ADA.email))
  const url = `/admin/accounts/${ada!.id}/two-factor`
  const headers = { cookie: admin.cookie }

  assert.match((await forum.app.inject({ url: `/admin/accounts/${ada!.id}`, headers })).body, new RegExp(url))
  assert.equal((await forum.app.inject({ url, ...form({ reason: 'lost' }, headers) })).statusCode, 422)
  const reason = 'Called back at the practice'
  assert.equal((await forum.app.inject({ url, ...form({ reason }, headers) })).statusCode, 303)
  assert.equal((await forum.visitor.get('/account')).statusCode, 303)
  assert.equal((await signIn(browser(forum.app), ADA.email)).headers.location, '/account')
  const [event] = await forum.database.read.select().from(auditEvents)
  assert.deepEqual([event?.action, event?.reason], ['second-factors-reset', reason])
  assert.equal((await forum.mails()).at(-1)?.subject, 'Two-step sign-in has been reset')
  assert.equal((await forum.app.inject({ url, headers })).statusCode, 404)
})

test('nobody resets their own, and moderators reset none', async (t) => {
  const forum = await open(t)
  await join(forum)
  await forum.database.write((db) => db.update(accounts).set({ role: 'administrator' }))
  await protect(forum)
  const [ada] = await forum.database.read.select().from(accounts)
  const url = `/admin/accounts/${ada!.id}/two-factor`

  assert.equal((await forum.visitor.post(url, { reason: 'Because I can do it' })).statusCode, 409)
  const { cookie } = await signedIn(forum.database, 'moderator')
  assert.equal((await forum.app.inject({ url, ...form({ reason: 'Because I can' }, { cookie }) })).statusCode, 403)
  assert.equal((await forum.database.read.select().from(sessions)).length, 2)
})
