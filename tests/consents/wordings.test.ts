import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { giveConsents, hasConsent, listConsents } from '../../src/consents/queries.ts'
import { CONSENTS } from '../../src/consents/texts.ts'
import { changeWording, findWordings } from '../../src/consents/wording-queries.ts'
import { drafts, questions } from '../../src/database/schema.ts'
import { countQueries } from '../count-queries.ts'
import { ALLOWED, askSomething, newKey, plantCategory } from '../fixtures.ts'
import { build, form, signedIn, textOf } from '../helper.ts'

const OURS = { text: 'The clinic may store what I write.', meaning: 'Our lawyer’s words.\n{name} isn’t kept.' }
const PATH = '/admin/consents/health-data'
const WRITTEN = {
  title: 'Is heat better than ice?',
  body: 'My back has been stiff since the weekend.',
  category: 'chiropractors',
  considered: 'yes',
}

test('an administrator sees each consent, its words, since when and how many allow it', async (t) => {
  const { get, member } = await buildForum(t)
  await member()

  const page = textOf(await get('/admin/consents'))
  assert.match(page, /Keeping what you tell us about your health.*Nobody can ask without it.*Version 1, since/)
  assert.match(page, /1 person allows this.*Research.*As people like.*Nobody allows this/)
})

test('new words are a new version; who agreed before keeps theirs, and is asked with their next question', async (t) => {
  const { get, post, member, database } = await buildForum(t)
  const ada = await member()

  assert.equal((await post(PATH, { ...OURS, basis: '1' })).statusCode, 303)
  assert.equal(await hasConsent(database.read, ada.id, 'health-data'), true)
  assert.match(textOf(await ada.get('/ask')), /The clinic may store what I write.*These words are new/)
  const refused = await ada.post('/ask', { ...WRITTEN, key: newKey(), 'consent-health-data': '1' })
  assert.equal(refused.statusCode, 422)
  const taken = await ada.post('/ask', { ...WRITTEN, key: newKey(), 'consent-health-data': '2' })
  assert.equal(taken.statusCode, 303)
  assert.doesNotMatch((await ada.get('/ask')).body, /consent-health-data/)
  const words = (await listConsents(database.read, ada.id)).map(({ version, text, withdrawnAt }) => [
    version,
    /clinic/.test(text!),
    withdrawnAt === null,
  ])
  assert.deepEqual(words, [
    [1, false, false],
    [1, false, true],
    [2, true, true],
  ])
  assert.match(
    textOf(await get(PATH)),
    /Version 2 .*Written by administrator.*1 person said yes 1 still allows it.*Version 1/,
  )
})

test('a preview shows the box and what changes, and publishes nothing', async (t) => {
  const { post, database } = await buildForum(t)

  const page = await post(PATH, { ...OURS, basis: '1', action: 'preview' })
  assert.match(page.body, /<ins>[^<]*clinic/)
  assert.match(page.body, /<del>/)
  assert.match(page.body, /name="consent-health-data" type="checkbox"/)
  assert.equal((await findWordings(database.read))['health-data'].version, 1)
})

test('of two administrators who write at once one is shown what the other wrote', async (t) => {
  const { post, database } = await buildForum(t)

  const replies = await Promise.all(
    ['One', 'Two'].map((who) => post(PATH, { ...OURS, text: `${who} of us may store what I write.`, basis: '1' })),
  )
  assert.deepEqual(replies.map(({ statusCode }) => statusCode).sort(), [303, 409])
  const late = replies.find(({ statusCode }) => statusCode === 409)!
  assert.match(textOf(late), /Somebody else has changed these words.*(One|Two) of us may store/)
  assert.match(late.body, /name="basis" value="2"/)
  assert.equal((await findWordings(database.read))['health-data'].version, 2)
})

test('what is too short is shown again, and only administrators write', async (t) => {
  const { post, member } = await buildForum(t)

  const page = await post(PATH, { ...OURS, text: 'Short', basis: '1' })
  assert.equal(page.statusCode, 422)
  assert.match(page.body, /Our lawyer’s words/)
  await post(PATH, { ...OURS, basis: '1' })
  assert.match(textOf(await post(PATH, { ...OURS, basis: '2' })), /These are the words that hold already/)
  const ada = await member()
  assert.equal((await ada.get(PATH)).statusCode, 403)
  assert.equal((await ada.post(PATH, { ...OURS, basis: '1' })).statusCode, 403)
  assert.equal((await ada.post(`${PATH}?_method=DELETE&basis=1`, {})).statusCode, 403)
})

test('an upgrade brings new words where the old ones came with the program, and nowhere else', async (t) => {
  const { post, get, database, member } = await buildForum(t)
  await member()
  await post('/admin/consents/research', { ...OURS, basis: '1' })
  for (const kind of ['health-data', 'research'] as const) {
    const { wordings } = CONSENTS[kind]
    wordings.push({ text: 'You may do something newer.', meaning: 'As the new release says.' })
    t.after(() => wordings.pop())
  }

  const present = await findWordings(database.read)
  assert.equal(present['health-data'].version, 2)
  assert.match(present['health-data'].text, /something newer/)
  assert.equal(present.research.text, OURS.text)
  assert.match(textOf(await get('/admin/consents/research')), /have changed since you wrote yours.*something newer/)
})

test('a server of the older release goes by the newer words that were kept', async (t) => {
  const { database, member } = await buildForum(t)
  const ada = await member()
  const { wordings } = CONSENTS.research
  wordings.push({ text: 'You may do something newer.', meaning: 'As the new release says.' })
  await database.write((db) => giveConsents(db, { accountId: ada.id, kinds: ['research'], now: new Date() }))
  wordings.pop()

  assert.match((await findWordings(database.read)).research.text, /something newer/)
})

test('the words that came can be had back, as a new version', async (t) => {
  const { post, get, database } = await buildForum(t)
  await post(PATH, { ...OURS, basis: '1' })

  assert.equal((await post(`${PATH}?_method=DELETE&basis=1`, {})).statusCode, 409)
  assert.equal((await post(`${PATH}?_method=DELETE&basis=2`, {})).statusCode, 303)
  const present = (await findWordings(database.read))['health-data']
  assert.equal(present.version, 3)
  assert.match(present.text, /You may store what I write about my health/)
  assert.match(textOf(await get('/admin/events')), /changed the words of a consent.*your health, 3.*your health, 2/)
})

test('what a member allowed in older words they see, take back, or allow in the new ones', async (t) => {
  const { post, member, database } = await buildForum(t)
  const ada = await member()
  await ada.post('/account/consents/research', { version: '1' })
  await post('/admin/consents/research', { ...OURS, basis: '1' })

  const page = await ada.get('/account/consents')
  assert.match(textOf(page), /You may use what I write.*The words have changed since.*The clinic may store/)
  assert.ok(page.body.includes('{name} isn’t kept.'))
  await ada.post('/account/consents/research', { version: '1' })
  assert.match(textOf(await ada.get('/account/consents')), /The words have changed since/)
  await ada.post('/account/consents/research', { version: '2' })
  await ada.post('/account/consents/research?_method=DELETE', {})
  assert.equal(await hasConsent(database.read, ada.id, 'research'), false)
})

test('what waits to be published is a draft again once publishing is not allowed, and gone with all consent', async (t) => {
  const { member, database } = await buildForum(t)
  const ada = await member()
  const publishAt = new Date(Date.now() + 3_600_000)
  await askSomething(database, { askerId: ada.id, publishAt })

  await ada.post('/account/consents/publication?_method=DELETE', {})
  assert.equal(await database.read.$count(questions), 0)
  const [draft] = await database.read.select().from(drafts)
  assert.equal(draft!.fields.title, 'Is heat better than ice?')
  const again = await ada.get(`/ask?draft=${draft!.key}`)
  assert.match(again.body, /stiff since the weekend/)

  await askSomething(database, { askerId: ada.id, publishAt })
  await ada.post('/account/consents/health-data?_method=DELETE', {})
  assert.equal(await database.read.$count(questions), 0)
  assert.equal(await database.read.$count(drafts), 0)
})

test('many versions cost no more queries than one', async (t) => {
  const { get, database, administrator } = await buildForum(t)
  const change = async (basis: number) => {
    const writing = { basis, writtenById: administrator.id, now: new Date() }
    await database.write((db) => changeWording(db, { kind: 'health-data', words: OURS, ...writing }))
  }
  await change(1)
  const few = await countQueries(() => get(PATH))
  const fewListed = await countQueries(() => get('/admin/consents'))
  for (let basis = 2; basis < 8; basis += 1) await change(basis)
  assert.equal(await countQueries(() => get(PATH)), few)
  assert.equal(await countQueries(() => get('/admin/consents')), fewListed)
})

async function buildForum(t: TestContext) {
  const { app, database } = await build(t)
  await plantCategory(database)
  const { account: administrator, cookie } = await signedIn(database, 'administrator', 'administrator', [])
  const as = (cookie: string) => ({
    post: (url: string, fields: Record<string, string>) => app.inject({ url, ...form(fields, { cookie }) }),
    get: (url: string) => app.inject({ url, headers: { cookie } }),
  })
  async function member() {
    const { account, cookie } = await signedIn(database, 'member', 'Ada', [])
    const ada = as(cookie)
    await ada.post('/ask', { ...WRITTEN, ...ALLOWED, title: 'Is cold better than heat?', key: newKey() })
    await database.write((db) => db.delete(questions))
    return { id: account.id, ...ada }
  }
  return { database, administrator, member, ...as(cookie) }
}
