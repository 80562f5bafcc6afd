import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { eq } from 'drizzle-orm'
import { giveConsents, hasConsent, listAsked, listConsents, withdrawConsent } from '../../src/consents/queries.ts'
import { CONSENTS, KINDS } from '../../src/consents/texts.ts'
import { consents, consentTexts, drafts, questions } from '../../src/database/schema.ts'
import { countQueries } from '../count-queries.ts'
import { ALLOWED, askSomething, newKey, plantCategory } from '../fixtures.ts'
import { build, form, signedIn, textOf } from '../helper.ts'

const WRITTEN = {
  title: 'Is heat better than ice?',
  body: 'My back has been stiff since the weekend.',
  category: 'chiropractors',
}

const FALLS_SHORT: Record<string, string>[] = [
  {},
  { 'consent-health-data': '1' },
  { ...ALLOWED, 'consent-publication': '0' },
]

test('whoever asks first is asked for each consent, and no box is ticked', async (t) => {
  const { get } = await buildWithNewcomer(t)

  const { body } = await get('/ask')
  for (const kind of KINDS)
    assert.match(body, new RegExp(`<input id="consent-${kind}" name="consent-${kind}" type="checkbox" value="1"[^>]*>`))
  assert.doesNotMatch(body, /name="consent-[^>]*checked/)
})

test('without the needed ones nothing is stored, not even a draft', async (t) => {
  const { app, post, database } = await buildWithNewcomer(t)
  const key = newKey()

  for (const fields of FALLS_SHORT) {
    const page = await post('/ask', { ...WRITTEN, ...fields, key })
    assert.equal(page.statusCode, 422)
    assert.match(textOf(page), /Without this we may not take what you write/)
  }
  assert.equal((await post('/ask', { ...WRITTEN, key, action: 'draft' })).statusCode, 422)
  assert.equal((await post('/drafts', { ...WRITTEN, key })).headers['draft-kept'], 'no')
  assert.equal((await app.inject({ url: '/ask', ...form({ ...WRITTEN, key }) })).statusCode, 422)
  assert.deepEqual(await database.read.select().from(questions), [])
  assert.deepEqual(await database.read.select().from(drafts), [])
})

test('what is ticked is written down with its words, and not asked for again', async (t) => {
  const { get, post, database, account } = await buildWithNewcomer(t)

  const fields = { ...WRITTEN, ...ALLOWED, 'consent-research': '1', key: newKey() }
  assert.equal((await post('/ask', fields)).statusCode, 303)
  const rows = await listConsents(database.read, account.id)
  assert.deepEqual(
    rows.map(({ kind, version, withdrawnAt }) => [kind, version, withdrawnAt]),
    [
      ['health-data', 1, null],
      ['publication', 1, null],
      ['research', 1, null],
    ],
  )
  assert.match(rows[0]!.text!, /You may store what I write about my health/)
  assert.doesNotMatch((await get('/ask')).body, /consent-/)
})

test('a draft is kept as it is typed once its box is ticked, and goes when the box is cleared', async (t) => {
  const { get, post, database, account } = await buildWithNewcomer(t)
  const key = newKey()

  await post('/drafts', { ...WRITTEN, 'consent-health-data': '1', key })
  assert.equal((await database.read.select().from(drafts)).length, 1)
  assert.equal(await hasConsent(database.read, account.id, 'health-data'), true)
  assert.match((await get('/ask')).body, /name="consent-publication".*name="consent-research"/s)
  await post('/drafts', { ...WRITTEN, key, 'shown-health-data': 'yes' })
  assert.deepEqual(await database.read.select().from(drafts), [])
  assert.equal(await hasConsent(database.read, account.id, 'health-data'), false)
})

test('a draft kept by a button is written down with its consent; a cleared box keeps it no more', async (t) => {
  const { post, database, account } = await buildWithNewcomer(t)
  const fields = { ...WRITTEN, key: newKey(), 'shown-health-data': 'yes' }
  await post('/ask', { ...fields, 'consent-health-data': '1', 'consent-research': '1', action: 'draft' })
  const kinds = async () =>
    (await listConsents(database.read, account.id)).filter((row) => !row.withdrawnAt).map(({ kind }) => kind)
  assert.deepEqual(await kinds(), ['health-data'])
  assert.equal((await post('/ask', { ...fields, action: 'draft' })).statusCode, 422)
  assert.deepEqual([await kinds(), await database.read.$count(drafts)], [[], 0])
})

test('ticks made before signing in travel along', async (t) => {
  const { app, get, database, account } = await buildWithNewcomer(t)

  const fields = { ...WRITTEN, ...ALLOWED, age: '18-plus', key: newKey() }
  const kept = await app.inject({ url: '/ask', ...form(fields) })
  const next = new URL(kept.headers.location!, 'http://x').searchParams.get('next')!
  const { body } = await get(next)
  assert.match(body, /name="consent-publication" type="checkbox" value="1"[^>]* checked/)
  assert.equal(await hasConsent(database.read, account.id, 'health-data'), true)
  assert.doesNotMatch(body, /name="consent-research"[^>]* checked/)
})

test('a wording that has changed is asked for again, where it matters', async (t) => {
  const { database, account } = await buildWithNewcomer(t)
  const now = new Date()
  await askSomething(database, { askerId: account.id })
  await database.write((db) =>
    giveConsents(db, { accountId: account.id, kinds: ['health-data', 'publication', 'research'], now }),
  )
  t.after(withNewWording('research'))
  t.after(withNewWording('follow-up-mail'))

  const asked = await listAsked(database.read, account.id)
  assert.deepEqual(
    asked.map(({ kind, version, isRenewed }) => [kind, version, isRenewed]),
    [['research', 2, true]],
  )
  assert.equal(await hasConsent(database.read, account.id, 'research'), true)
  await database.write((db) => giveConsents(db, { accountId: account.id, kinds: ['research'], now }))
  const rows = await database.read.select().from(consents).where(eq(consents.kind, 'research')).orderBy(consents.id)
  assert.deepEqual(
    rows.map(({ version, withdrawnAt }) => [version, withdrawnAt === null]),
    [
      [1, false],
      [2, true],
    ],
  )
  assert.equal((await database.read.select().from(consentTexts).where(eq(consentTexts.kind, 'research'))).length, 2)
})

test('the same form at once gives one consent', async (t) => {
  const { database, account } = await buildWithNewcomer(t)

  const give = () => database.write((db) => giveConsents(db, { accountId: account.id, kinds: KINDS, now: new Date() }))
  await Promise.all([give(), give(), give()])
  assert.equal((await listConsents(database.read, account.id)).length, KINDS.length)
})

test('what is allowed is shown, taken back as easily as given, and the past stays readable', async (t) => {
  const { get, post } = await buildWithNewcomer(t)

  await post('/account/consents/research', {})
  assert.match(
    textOf(await get('/account/consents')),
    /You allowed this .* If you take it back: What you write is left out/,
  )
  await post('/account/consents/research?_method=DELETE', {})
  assert.match(textOf(await get('/account/consents')), /Research You may use what I write, without my name/)
})

test('taking back what asking needs deletes drafts, and leads to what can be done about questions', async (t) => {
  const { get, post, database, account } = await buildWithNewcomer(t)
  await post('/account/consents/health-data', {})
  await post('/drafts', { ...WRITTEN, key: newKey() })
  await askSomething(database, { askerId: account.id })

  const taken = await post('/account/consents/health-data?_method=DELETE', {})
  const page = await get(taken.headers.location!)
  assert.match(
    textOf(page),
    /The question you have asked stands as before until you choose.*Take all your questions back/,
  )
  assert.deepEqual(await database.read.select().from(drafts), [])
  assert.equal((await post('/ask', { ...WRITTEN, key: newKey() })).statusCode, 422)
  assert.match(textOf(await get('/account/consents')), /what you asked before still stands. Choose what becomes of it/)
})

test('a long history costs no more queries than a short one', async (t) => {
  const { get, database, account } = await buildWithNewcomer(t)

  const few = await countQueries(() => get('/account/consents'))
  for (let times = 0; times < 5; times += 1) {
    const now = new Date()
    await database.write((db) => giveConsents(db, { accountId: account.id, kinds: KINDS, now }))
    for (const kind of KINDS) await database.write((db) => withdrawConsent(db, account.id, { kind, now }))
  }
  assert.equal(await countQueries(() => get('/account/consents')), few)
})

function withNewWording(kind: 'research' | 'follow-up-mail') {
  const { wordings } = CONSENTS[kind]
  wordings.push({ text: 'You may do something else.', meaning: 'It means something else.' })
  return () => wordings.pop()
}

async function buildWithNewcomer(t: TestContext) {
  const { app, database } = await build(t)
  await plantCategory(database)
  const { account, cookie } = await signedIn(database, 'member', 'Ada', [])
  const post = (url: string, fields: Record<string, string>) => app.inject({ url, ...form(fields, { cookie }) })
  const get = (url: string) => app.inject({ url, headers: { cookie } })
  return { app, database, account, get, post }
}
