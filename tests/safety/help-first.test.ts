import assert from 'node:assert/strict'
import { test } from 'node:test'
import { drafts, sessions } from '../../src/database/schema.ts'
import { buildWithAsker, CRISIS, carriedOn, HARMLESS, URGENT } from '../asking/asker.ts'
import { askSomething, newKey } from '../fixtures.ts'
import { form, signedIn, textOf } from '../helper.ts'

test('after a preview somebody in danger sends it to a moderator with one press', async (t) => {
  const { ask, post, moderator, stored } = await buildWithAsker(t)

  const page = await ask({ ...CRISIS, action: 'preview' })
  assert.match(textOf(page), /Help comes first.*Send it to a moderator/)
  const sent = { ...carriedOn(page), warned: 'suicide' }
  const replies = await Promise.all([1, 2].map(() => post('/ask', sent)))
  assert.deepEqual(
    replies.map(({ headers }) => headers.location),
    ['/questions/1/help', '/questions/1/help'],
  )
  const { questions, marks, mails } = await stored()
  assert.deepEqual([questions.length, marks.length, mails.length], [1, 1, 1])
  assert.ok(questions[0]!.heldAt)
  assert.equal(mails[0]!.recipient, moderator.account.email)
})

test('an edit is previewed, help comes first, and it is sent', async (t) => {
  const { database, asker, category, post, stored } = await buildWithAsker(t)
  const { id } = await askSomething(database, { askerId: asker.account.id, categoryId: category.id })

  const page = await post(`/questions/${id}/edit`, { ...CRISIS, basis: '0', action: 'preview' })
  assert.match(textOf(page), /Help comes first/)
  const sent = await post(`/questions/${id}/edit`, { ...carriedOn(page), warned: 'suicide' })
  assert.equal(sent.headers.location, `/questions/${id}/help`)
  const { questions, mails } = await stored()
  assert.ok(questions[0]!.heldAt)
  assert.equal(mails.length, 1)
})

const unfinished: [string, Record<string, string>, RegExp][] = [
  ['nothing in the text', { title: 'I want to kill myself', body: '' }, /Help comes first.*116 123/],
  ['no category', { category: '' }, /Help comes first.*116 123/],
  ['a title that is too short', { title: 'help me', body: 'I have crushing chest pain.' }, /stop here.*999/],
]
for (const [what, wrong, help] of unfinished)
  test(`help comes before what is wrong with the form: ${what}`, async (t) => {
    const { app, ask, stored } = await buildWithAsker(t)

    const typed = { ...CRISIS, ...wrong }
    const page = await ask(typed)
    assert.equal(page.statusCode, 200)
    assert.match(textOf(page), help)
    assert.doesNotMatch(textOf(page), /Please fill this in|Send it to a moderator/)
    const visitor = await app.inject({ url: '/ask', ...form({ key: newKey(), ...typed }) })
    assert.match(textOf(visitor), help)
    const back = await ask({ ...carriedOn(page), action: 'change' })
    assert.match(back.body, new RegExp(typed.body || typed.title))
    assert.equal((await stored()).questions.length, 0)
  })

test('who has read the page and goes on is told what is wrong with the form', async (t) => {
  const { ask } = await buildWithAsker(t)

  const page = await ask({ ...URGENT, title: 'Numb' })
  const next = await ask({ ...carriedOn(page), warned: 'cauda-equina' })
  assert.equal(next.statusCode, 422)
  assert.match(textOf(next), /Please write at least 10 characters/)
})

test('an edit that is not finished is read too', async (t) => {
  const { database, asker, post } = await buildWithAsker(t)
  const { id } = await askSomething(database, { askerId: asker.account.id })

  const page = await post(`/questions/${id}/edit`, { title: 'I want to kill myself', basis: '0' })
  assert.match(textOf(page), /Help comes first/)
})

test('an edit by somebody whose session ran out is read before they sign in', async (t) => {
  const { database, asker, post } = await buildWithAsker(t)
  const { id } = await askSomething(database, { askerId: asker.account.id })
  await database.write((db) => db.delete(sessions))

  const page = await post(`/questions/${id}/edit`, { ...CRISIS, basis: '0' })
  assert.match(textOf(page), /Help comes first/)
  const next = await post(`/questions/${id}/edit`, { ...carriedOn(page), warned: 'suicide' })
  assert.match(next.headers.location!, /^\/sign-in/)
})

test('a draft of somebody in danger is kept, and they are shown help', async (t) => {
  const { database, ask, stored } = await buildWithAsker(t)

  const key = newKey()
  const page = await ask({ ...CRISIS, key, action: 'draft' })
  assert.match(textOf(page), /Help comes first.*116 123.*It is kept as a draft.*Send it to a moderator/)
  const [draft] = await database.read.select().from(drafts)
  assert.deepEqual([draft!.key, draft!.fields.body], [key, CRISIS.body])
  assert.equal((await stored()).questions.length, 0)
  const sent = await ask({ ...carriedOn(page), warned: 'suicide' })
  assert.equal(sent.headers.location, '/questions/1/help')
  assert.deepEqual(await database.read.select().from(drafts), [])
})

test('a draft that may be urgent stays a draft for whoever goes on', async (t) => {
  const { database, ask, stored } = await buildWithAsker(t)

  const page = await ask({ ...URGENT, action: 'draft' })
  assert.match(textOf(page), /stop here.*999.*It is kept as a draft/)
  const chosen = await ask({ ...carriedOn(page), action: 'country', country: 'US' })
  assert.match(textOf(chosen), /911/)
  const next = await ask({ ...carriedOn(chosen), warned: 'cauda-equina' })
  assert.equal(next.headers.location, '/account/questions')
  assert.equal((await database.read.select().from(drafts)).length, 1)
  assert.equal((await stored()).questions.length, 0)
})

test('a draft of somebody who has not said yes to that is not kept, and help comes first', async (t) => {
  const { app, database } = await buildWithAsker(t)
  const { cookie } = await signedIn(database, 'member', 'Nora', [])
  const { 'consent-health-data': _, ...typed } = CRISIS

  const page = await app.inject({ url: '/ask', ...form({ ...typed, key: newKey(), action: 'draft' }, { cookie }) })
  assert.match(textOf(page), /Help comes first/)
  assert.doesNotMatch(textOf(page), /kept as a draft/)
  assert.deepEqual(await database.read.select().from(drafts), [])
})

test('a country chosen on the way to a preview still leads to the preview', async (t) => {
  const { ask } = await buildWithAsker(t)

  const page = await ask({ ...URGENT, action: 'preview' })
  const chosen = await ask({ ...carriedOn(page), action: 'country', country: 'US' })
  const preview = await ask({ ...carriedOn(chosen), warned: 'cauda-equina' })
  assert.match(textOf(preview), /How it will look/)
})

test('an edit that is sent twice is saved once, and says so both times', async (t) => {
  const { database, asker, category, post, stored } = await buildWithAsker(t)
  const { id } = await askSomething(database, { askerId: asker.account.id, categoryId: category.id })

  const send = () => post(`/questions/${id}/edit`, { ...URGENT, basis: '0', warned: 'cauda-equina' })
  const replies = await Promise.all([send(), send()])
  assert.deepEqual(
    replies.map(({ statusCode }) => statusCode),
    [303, 303],
  )
  const { questions, marks, mails } = await stored()
  assert.deepEqual([questions[0]!.version, marks.length, mails.length], [1, 1, 1])
  const other = await post(`/questions/${id}/edit`, { ...HARMLESS, basis: '0' })
  assert.equal(other.statusCode, 409)
})
