import assert from 'node:assert/strict'
import { test } from 'node:test'
import { answerSomething, askSomething, verifiedExpert } from '../fixtures.ts'
import { build, form, signedIn, textOf } from '../helper.ts'

const PATHS = ['/about', '/about/experts', '/about/checking', '/about/limits', '/about/privacy', '/about/funding']

test('what readers should know of the site is a short page each, linked with the others', async (t) => {
  const { app } = await build(t, { contact: 'help@example.org' })
  for (const path of PATHS) {
    const page = await app.inject(path)
    assert.equal(page.statusCode, 200, path)
    for (const other of PATHS) assert.match(page.body, new RegExp(`href="[^"]*${other}"`))
    assert.match(page.body, /href="mailto:help@example.org"/)
    assert.doesNotMatch(page.body, /\{(siteName|contact)\}/)
  }
})

test('every page leads to them', async (t) => {
  const { app } = await build(t)
  const { body } = await app.inject('/questions')
  for (const path of PATHS) assert.ok(body.includes(`href="${path}"`), path)
})

test('each is linked where it matters', async (t) => {
  const { app, database } = await build(t)
  const { handle, account } = await verifiedExpert(database)
  const { id, slug } = await askSomething(database)
  await answerSomething(database, id, account.id, 'Warmth, if you like it.')
  const { cookie } = await signedIn(database)
  const places: [string, string, string][] = [
    ['/ask', 'privacy', ''],
    ['/sign-up', 'privacy', ''],
    ['/account/consents', 'privacy', cookie],
    ['/experts', 'experts', ''],
    [`/experts/${handle}`, 'experts', ''],
    ['/experts/apply', 'experts', cookie],
    [`/questions/${id}/${slug}`, 'limits', ''],
    [`/questions/${id}/${slug}`, 'checking', ''],
  ]
  for (const [place, page, as] of places) {
    const [main] = /<main.*<\/main>/s.exec((await app.inject({ url: place, headers: { cookie: as } })).body)!
    assert.ok(main.includes(`href="/about/${page}"`), `${place} leads to ${page}`)
  }
})

test('links in the texts lead below the sub-path of the site', async (t) => {
  const { app } = await build(t, { basePath: '/forum', baseUrl: new URL('https://example.org/forum/') })
  const { body } = await app.inject('/forum/about')
  assert.match(body, /href="https:\/\/example\.org\/forum\/about\/experts"/)
})

test('administrators put their own words in the place of a text, and take them back', async (t) => {
  const { app, database } = await build(t)
  const headers = { cookie: (await signedIn(database, 'administrator')).cookie }
  assert.match(textOf(await app.inject('/about/funding')), /has not written down yet/)

  const body = 'The Society for Backs pays for **everything** here.'
  await app.inject({ url: '/admin/pages/funding', ...form({ body, action: 'save' }, headers) })
  const page = await app.inject('/about/funding')
  assert.match(page.body, /<strong>everything<\/strong>/)
  assert.match(textOf(page), /Last changed/)
  assert.match(textOf(await app.inject({ url: '/admin/pages', headers })), /Last changed/)

  await app.inject({ url: '/admin/pages/funding?_method=DELETE', ...form({}, headers) })
  assert.match(textOf(await app.inject('/about/funding')), /has not written down yet/)
})

test('a text too short is shown again, a preview publishes nothing, and only administrators write', async (t) => {
  const { app, database } = await build(t)
  const headers = { cookie: (await signedIn(database, 'administrator')).cookie }
  const post = (fields: Record<string, string>, sender = headers) =>
    app.inject({ url: '/admin/pages/limits', ...form(fields, sender) })
  assert.equal((await post({ body: 'Short' })).statusCode, 422)
  assert.match((await post({ body: 'We are **not** a doctor’s practice.', action: 'preview' })).body, /<strong>not</)
  assert.doesNotMatch((await app.inject('/about/limits')).body, /doctor’s practice/)
  const moderator = { cookie: (await signedIn(database, 'moderator')).cookie }
  assert.equal((await post({ body: 'x'.repeat(30) }, moderator)).statusCode, 403)
})

test('there is no page of another name', async (t) => {
  const { app } = await build(t)
  assert.equal((await app.inject('/about/nothing')).statusCode, 404)
})

test('where a provider helps the search, the page on privacy says so', async (t) => {
  const embeddings = { url: 'https://embeddings.example.org/v1', model: 'words', key: undefined }
  const [plain, helped] = [await build(t), await build(t, { embeddings } as Parameters<typeof build>[1])]
  assert.doesNotMatch(textOf(await plain.app.inject('/about/privacy')), /another company/)
  assert.match(textOf(await helped.app.inject('/about/privacy')), /help with its search from another company/)
})

test('each page says who has read it last, and administrators see which wait for that', async (t) => {
  const { app, database } = await build(t)
  const headers = { cookie: (await signedIn(database, 'administrator', 'Anna')).cookie }
  const review = (fields: Record<string, string>, sender = headers) =>
    app.inject({ url: '/admin/pages/limits/review', ...form(fields, sender) })
  const list = async () => textOf(await app.inject({ url: '/admin/pages', headers }))
  assert.match(await list(), /What this site is not As it comes with the software Nobody has reviewed it yet/)

  const reviewed = { reviewerName: 'Dr Ada Lind, GP', reviewedOn: '2026-01-31' }
  assert.equal((await review({ ...reviewed, reviewerName: ' ' })).statusCode, 422)
  assert.match(textOf(await review({ ...reviewed, reviewedOn: '2999-01-31' })), /This day has not come yet/)
  assert.equal((await review(reviewed)).statusCode, 303)
  assert.match(textOf(await app.inject('/about/limits')), /Last reviewed 31 January 2026 by Dr Ada Lind, GP/)
  await app.inject({ url: '/admin/pages/limits', ...form({ body: 'We are not a doctor’s practice.' }, headers) })
  assert.match(await list(), /Last reviewed 31 January 2026 by Dr Ada Lind, GP To be reviewed again/)
  assert.match(textOf(await app.inject({ url: '/admin/events', headers })), /Anna changed a text about the site/)
  const moderator = { cookie: (await signedIn(database, 'moderator')).cookie }
  assert.equal((await review(reviewed, moderator)).statusCode, 403)
})

test('of two administrators who change a text at once one is told', async (t) => {
  const { app, database } = await build(t)
  const headers = { cookie: (await signedIn(database, 'administrator')).cookie }
  const save = (who: string, basis: string) =>
    app.inject({ url: '/admin/pages/limits', ...form({ body: `${who} says what it is not.`, basis }, headers) })
  const basisOf = ({ body }: { body: string }) => /name="basis" value="(\d*)"/.exec(body)![1]!

  const replies = await Promise.all([save('Anna', ''), save('Boris', '')])
  assert.deepEqual(replies.map(({ statusCode }) => statusCode).sort(), [303, 409])
  const late = replies.find(({ statusCode }) => statusCode === 409)!
  assert.match(textOf(late), /Somebody else has changed this text/)
  assert.equal((await save('Clara', basisOf(late))).statusCode, 303)
  assert.match(textOf(await app.inject('/about/limits')), /Clara says/)
})
