import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { eq } from 'drizzle-orm'
import { accounts, consents, drafts, outbox, questions } from '../../src/database/schema.ts'
import { SESSION_COOKIE, signedToken } from '../../src/plugins/sessions.ts'
import { newKey, plantCategory, verifiedExpert } from '../fixtures.ts'
import { build, form, SECRET, signedIn, textOf } from '../helper.ts'

const written = {
  title: 'Is heat better than ice?',
  body: 'My back has been stiff since the weekend.',
  category: 'chiropractors',
  'consent-health-data': '1',
  'consent-publication': '1',
  considered: 'yes',
}

test('before their first question a member says how old they are, and nothing is lost', async (t) => {
  const { ask, database } = await buildForum(t)

  const page = await ask({})
  assert.match(textOf(page), /One thing before your first question.*Under 13.*18 or over/)
  assert.match(page.body, /name="body" value="My back has been stiff/)
  assert.equal(await database.read.$count(questions), 0)
  assert.equal((await ask({ age: '18-plus' })).statusCode, 303)
  assert.equal(await database.read.$count(questions), 1)
})

test('they are asked once, and their age is not kept', async (t) => {
  const { ask, database } = await buildForum(t)
  await ask({ age: '16-17' })

  assert.match(String((await ask({ title: 'Is cold better than ice?' })).headers.location), /is-cold-better/)
  const [account] = await database.read.select().from(accounts)
  assert.ok(account!.ageConfirmedAt)
  assert.doesNotMatch(JSON.stringify(account), /16-17/)
})

test('whoever is too young is told kindly where to turn, and nothing of them is kept', async (t) => {
  const { app, ask, database, cookie } = await buildForum(t)
  const key = newKey()
  await app.inject({ url: '/drafts', ...form({ ...written, key }, { cookie }) })

  const reply = await ask({ age: 'under-13', key })
  assert.equal(reply.headers.location, '/ask/younger')
  const page = await app.inject({ url: '/ask/younger', headers: { cookie } })
  assert.match(textOf(page), /Childline.*0800 1111/)
  assert.equal(await database.read.$count(questions), 0)
  assert.equal(await database.read.$count(drafts), 0)
  const [account] = await database.read.select().from(accounts)
  assert.equal(account!.ageConfirmedAt, null)
})

test('the age differs by country, and the forum may set its own', async (t) => {
  const german = await buildForum(t, { country: 'DE' })
  assert.equal((await german.ask({ age: '15' })).headers.location, '/ask/younger')
  const british = await buildForum(t)
  assert.match(String((await british.ask({ age: '15' })).headers.location), /questions/)
  const adult = await buildForum(t, { minimumAge: 18 })
  assert.equal((await adult.ask({ age: '16-17' })).headers.location, '/ask/younger')
  const any = await buildForum(t, { minimumAge: 0 })
  assert.match(String((await any.ask({})).headers.location), /questions/)
})

test('an emergency is warned of before any age is asked', async (t) => {
  const { ask } = await buildForum(t)

  assert.match(
    textOf(await ask({ body: 'My groin is numb and I cannot pee. Bad back.' })),
    /This needs a hospital today/,
  )
})

test('a page back and another age change nothing in the same browser, but for another account they do', async (t) => {
  const { app, ask, askWith, database } = await buildForum(t)
  const said = await ask({ age: 'under-13' })
  const younger = said.headers['set-cookie']!.toString().split(';')[0]!

  assert.equal((await askWith(younger, { age: '18-plus' })).headers.location, '/ask/younger')
  assert.match(textOf(await askWith(younger, {})), /How old are you/)
  const parent = await signedIn(database, 'member', 'Parent')
  const headers = { cookie: `${parent.cookie}; ${younger}` }
  await database.write((db) => db.update(accounts).set({ ageConfirmedAt: null }))
  const asked = await app.inject({ url: '/ask', ...form({ ...written, key: newKey(), age: '18-plus' }, headers) })
  assert.match(String(asked.headers.location), /questions/)
})

test('a session that ends on this page loses nothing but the age', async (t) => {
  const { app, database, cookie } = await buildForum(t)

  const ended = `${SESSION_COOKIE}=${encodeURIComponent(signedToken('ended', SECRET))}`
  const fields = { ...written, key: newKey(), age: '18-plus' }
  const expired = await app.inject({ url: '/ask', ...form(fields, { cookie: ended }) })
  const next = new URL(String(expired.headers.location), 'http://x').searchParams.get('next')!
  assert.match((await app.inject({ url: next, headers: { cookie } })).body, /stiff since the weekend/)
  const [account] = await database.read.select().from(accounts)
  assert.equal(account!.ageConfirmedAt, null)
  assert.doesNotMatch(JSON.stringify(await database.read.select().from(drafts)), /18-plus/)
})

test('a visitor says how old they are before they make an account, and is not asked again', async (t) => {
  const { app, database } = await buildForum(t)
  const visit = (fields: object) => app.inject({ url: '/ask', ...form({ ...written, key: newKey(), ...fields }) })
  assert.match(textOf(await visit({})), /One thing before your first question/)
  assert.equal(await database.read.$count(drafts), 0)
  const kept = await visit({ age: '16-17' })
  const next = new URL(String(kept.headers.location), 'http://x').searchParams.get('next')!
  assert.doesNotMatch(JSON.stringify(await database.read.select().from(drafts)), /16-17/)

  const { cookie, account } = await signedIn(database, 'member', 'New', [])
  await database.write((db) => db.update(accounts).set({ ageConfirmedAt: null }))
  await app.inject({ url: next, headers: { cookie } })
  const found = await database.read.select().from(accounts).where(eq(accounts.id, account.id))
  assert.ok(found[0]!.ageConfirmedAt)
})

test('of a visitor who is too young nothing is kept, and the same browser asks nobody anew', async (t) => {
  const { app, database } = await buildForum(t)
  const visit = (fields: object, headers = {}) =>
    app.inject({ url: '/ask', ...form({ ...written, key: newKey(), ...fields }, headers) })
  const said = await visit({ age: 'under-13' })
  assert.equal(said.headers.location, '/ask/younger')
  const cookie = said.headers['set-cookie']!.toString().split(';')[0]!
  assert.equal((await visit({ age: '18-plus' }, { cookie })).headers.location, '/ask/younger')
  const page = await app.inject({ url: '/ask/younger', headers: { cookie } })
  assert.match(textOf(page), /We have not kept what you wrote, nor how old you are\. /)
  assert.doesNotMatch(page.body, /Delete my account/)
  assert.equal(await database.read.$count(drafts), 0)
})

test('whoever made an account and is too young deletes it with one press, and nothing of it stays', async (t) => {
  const { app, ask, database, cookie } = await buildForum(t)
  const url = '/ask/younger/account?_method=DELETE'
  assert.equal((await app.inject({ url, ...form({}, { cookie }) })).statusCode, 403)
  const said = await ask({ age: 'under-13' })
  const headers = { cookie: `${cookie}; ${said.headers['set-cookie']!.toString().split(';')[0]}` }
  const page = await app.inject({ url: '/ask/younger', headers })
  assert.match(textOf(page), /Your account is still here, with your name.*Delete my account/)

  const [account] = await database.read.select().from(accounts)
  const mail = { recipient: account!.email, subject: 'Confirm your e-mail address', text: 'x' }
  await database.write((db) => db.insert(outbox).values(mail))
  assert.equal((await app.inject({ url, ...form({}, headers) })).statusCode, 303)
  assert.deepEqual([await database.read.$count(accounts), await database.read.$count(outbox)], [0, 0])
  assert.equal(await database.read.$count(consents), 0)
})

test('whoever goes back to their text keeps it', async (t) => {
  const { ask } = await buildForum(t)
  assert.match((await ask({ action: 'change' })).body, /<textarea[^>]*name="body"[^>]*>\s*My back has been stiff/)
})

test('a question in confidence, and one that a program posts, need an age too', async (t) => {
  const { app, ask, cookie, database } = await buildForum(t)
  const category = { category: 'chiropractors' }
  await verifiedExpert(database)

  assert.match(textOf(await ask({ audience: 'experts' })), /How old are you/)
  const post = (fields: object) =>
    app.inject({ url: '/ask', ...form({ ...written, ...category, ...fields }, { cookie }) })
  const refused = await post({})
  assert.equal(refused.statusCode, 422)
  assert.equal(await database.read.$count(questions), 0)
  assert.equal((await post({ age: 'under-13' })).headers.location, '/ask/younger')
  assert.match(String((await post({ age: '18-plus' })).headers.location), /questions/)
})

test('whoever comes by the link, and may be old enough, is told from which age they may ask', async (t) => {
  const { app } = await buildForum(t)
  const page = async (country: string) => textOf(await app.inject({ url: `/ask/younger?country=${country}` }))

  assert.match(
    await page('GB'),
    /United Kingdom.*you may ask here from the age of 13 on.*I am 13 or older: ask a question/,
  )
  assert.match(await page('DE'), /from the age of 16 on/)
  assert.doesNotMatch(await page('GB'), /You are too young|We have not kept/)
})

test('the people who listen are those of the country chosen', async (t) => {
  const { app, cookie } = await buildForum(t)
  const page = async (country: string) =>
    textOf(await app.inject({ url: `/ask/younger?country=${country}`, headers: { cookie } }))

  assert.match(await page('GB'), /Childline/)
  assert.doesNotMatch(await page('US'), /Childline/)
  assert.match(await page('US'), /911/)
  assert.match(await page('DE'), /112/)
})

async function buildForum(t: TestContext, config: object = {}) {
  const { app, database } = await build(t, config)
  const { cookie } = await signedIn(database, 'member', 'Ada')
  await database.write((db) => db.update(accounts).set({ ageConfirmedAt: null }))
  await plantCategory(database)
  const ask = (fields: Record<string, string>) =>
    app.inject({ url: '/ask', ...form({ ...written, key: newKey(), ...fields }, { cookie }) })
  const askWith = (other: string, fields: Record<string, string>) =>
    app.inject({ url: '/ask', ...form({ ...written, key: newKey(), ...fields }, { cookie: `${cookie}; ${other}` }) })
  return { app, database, cookie, ask, askWith }
}
