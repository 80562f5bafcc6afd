import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { outbox, questions, safetyMarks } from '../../src/database/schema.ts'
import { askSomething, newKey, plantCategory, verifiedExpert } from '../fixtures.ts'
import { build, form, signedIn, textOf } from '../helper.ts'

const urgent = {
  title: 'Numb after lifting a box',
  body: 'My back went on Monday. Since last night my groin is numb and I cannot pee.',
  category: 'chiropractors',
  'consent-health-data': 'true',
  'consent-publication': 'true',
  considered: 'yes',
}
const crisis = { ...urgent, title: 'I cannot bear this back', body: 'I want to kill myself because of this pain.' }
const harmless = { ...urgent, title: 'Is heat better than ice?', body: 'A stiff back since the weekend, nothing else.' }

test('somebody whose words may be urgent is told what to do and whom to call, and nothing is lost', async (t) => {
  const { ask, database } = await buildForum(t)

  const page = await ask(urgent)
  assert.equal(page.statusCode, 200)
  assert.match(page.body, /<a class="button is-emergency" href="tel:999">/)
  assert.match(textOf(page), /This needs a hospital today.*Based on: NHS/)
  assert.match(page.body, /name="body" value="My back went on Monday/)
  assert.equal(await database.read.$count(questions), 0)
})

test('whoever goes on posts the question once, with a mark, and those on call are told without health text', async (t) => {
  const { ask, database } = await buildForum(t)
  const moderator = await signedIn(database, 'moderator')

  const key = newKey()
  const replies = await Promise.all([1, 2].map(() => ask({ ...urgent, warned: 'cauda-equina', key })))
  assert.deepEqual(
    replies.map(({ statusCode }) => statusCode),
    [303, 303],
  )
  const [question] = await database.read.select().from(questions)
  assert.equal(question!.hiddenAt, null)
  const marks = await database.read.select().from(safetyMarks)
  assert.deepEqual(
    marks.map(({ flag, isHeld }) => [flag, isHeld]),
    [['cauda-equina', false]],
  )
  const mails = await database.read.select().from(outbox)
  assert.deepEqual(
    mails.map(({ recipient, subject }) => [recipient, subject]),
    [[moderator.account.email, 'Urgent: please look at a question now']],
  )
  assert.doesNotMatch(mails[0]!.text, /numb|pee|groin|box/i)
})

test('a preview is looked at too, and going on shows it', async (t) => {
  const { ask } = await buildForum(t)

  const page = await ask({ ...urgent, action: 'preview' })
  assert.match(page.body, /name="resume" value="preview"/)
  const preview = await ask({ ...urgent, resume: 'preview', warned: 'cauda-equina' })
  assert.match(textOf(preview), /How it will look/)
})

test('another country has other numbers, and the choice is remembered', async (t) => {
  const { ask, app } = await buildForum(t)

  const page = await ask({ ...urgent, action: 'country', country: 'US' })
  assert.match(page.body, /href="tel:911"/)
  assert.match(String(page.headers['set-cookie']), /country=US/)
  const younger = await app.inject({ url: '/ask/younger', headers: { cookie: 'country=US' } })
  assert.match(textOf(younger), /Childhelp/)
})

test('a country the forum is set to is shown first', async (t) => {
  const { ask } = await buildForum(t, { country: 'AU' })

  assert.match((await ask(urgent)).body, /href="tel:000"/)
})

test('somebody who may be in danger gets help first; a moderator reads what they wrote before anybody else', async (t) => {
  const { app, ask, asker, database } = await buildForum(t)
  const moderator = await signedIn(database, 'moderator')

  const posted = await ask(crisis)
  assert.equal(posted.headers.location, '/questions/1/help')
  const help = await app.inject({ url: '/questions/1/help', headers: { cookie: asker.cookie } })
  assert.match(textOf(help), /Samaritans.*116 123.*You matter.*We have kept it, and nobody else can see it yet/)
  assert.equal((await app.inject('/questions/1')).statusCode, 404)
  for (const path of ['/', '/questions', '/questions.atom', '/categories/chiropractors', '/search?q=bear'])
    assert.doesNotMatch((await app.inject(path)).body, /cannot bear this back/, path)
  const page = await app.inject({
    url: '/questions/1',
    headers: { cookie: moderator.cookie },
  })
  assert.match(textOf(page), /This question is held.*Thoughts of ending one/)
  assert.match((await database.read.select().from(outbox))[0]!.text, /held back till one of you has read it/)
})

test('a visitor in danger is shown help before they are asked to sign up', async (t) => {
  const { app } = await buildForum(t)

  const page = await app.inject({ url: '/ask', ...form({ ...crisis, key: newKey() }) })
  assert.match(textOf(page), /You matter.*Send it to a moderator/)
})

test('a moderator publishes what was held, and the asker is told', async (t) => {
  const { app, ask, asker, database } = await buildForum(t)
  const { cookie } = await signedIn(database, 'moderator')
  await ask(crisis)

  const queue = await app.inject({ url: '/moderation/safety', headers: { cookie } })
  assert.match(textOf(queue), /I cannot bear this back.*Held for you/)
  const refused = await app.inject({ url: '/moderation/safety/1', ...form({ outcome: 'keep' }, { cookie }) })
  assert.equal(refused.statusCode, 422)
  const done = await app.inject({ url: '/moderation/safety/1', ...form({ outcome: 'publish' }, { cookie }) })
  assert.equal(done.statusCode, 303)
  assert.equal((await app.inject('/questions/2/i-cannot-bear-this-back')).statusCode, 200)
  const mails = await database.read.select().from(outbox)
  assert.ok(mails.some(({ recipient, text }) => recipient === asker.account.email && /published now/.test(text)))
  assert.doesNotMatch(textOf(await app.inject({ url: '/moderation/safety', headers: { cookie } })), /cannot bear/)
})

test('experts and moderators see the mark, askers and the public do not', async (t) => {
  const { app, ask, asker, database } = await buildForum(t)
  const expert = await verifiedExpert(database)
  const { headers } = await ask({ ...urgent, warned: 'cauda-equina' })

  for (const path of [headers.location!, '/questions']) {
    const get = (cookie?: string) => app.inject({ url: path, headers: cookie ? { cookie } : {} })
    assert.match(textOf(await get(expert.cookie)), /[Mm]ay be urgent/, path)
    for (const cookie of [undefined, asker.cookie]) assert.doesNotMatch(textOf(await get(cookie)), /[Mm]ay be urgent/)
  }
})

test('an edit that turns urgent is warned of, and whoever holds the claim is told', async (t) => {
  const { app, asker, database, categoryId } = await buildForum(t)
  const expert = await verifiedExpert(database)
  const { id } = await askSomething(database, { askerId: asker.account.id, categoryId })
  await database.write((db) =>
    db.update(questions).set({ claimedById: expert.account.id, claimedUntil: new Date(Date.now() + 3_600_000) }),
  )

  const edit = { ...urgent, basis: '0' }
  const post = (fields: object) =>
    app.inject({ url: `/questions/${id}/edit`, ...form({ ...edit, ...fields }, { cookie: asker.cookie }) })
  assert.match(textOf(await post({})), /This needs a hospital today/)
  assert.equal((await post({ warned: 'cauda-equina' })).statusCode, 303)
  const mails = await database.read.select().from(outbox)
  assert.ok(mails.some(({ recipient }) => recipient === expert.account.email))
})

test('once moderators are on call, urgent mails go to them alone', async (t) => {
  const { app, ask, database } = await buildForum(t)
  const onCall = await signedIn(database, 'moderator', 'On call')
  await signedIn(database, 'moderator', 'Off')
  await app.inject({ url: '/moderation/safety/on-call', ...form({ isOnCall: 'true' }, { cookie: onCall.cookie }) })

  await ask({ ...urgent, warned: 'cauda-equina' })
  const mails = await database.read.select().from(outbox)
  assert.deepEqual(
    mails.map(({ recipient }) => recipient),
    [onCall.account.email],
  )
})

test('a program that posts without a form is not stopped, and leaves a mark', async (t) => {
  const { app, asker, database } = await buildForum(t)

  const posted = await app.inject({ url: '/ask', ...form(urgent, { cookie: asker.cookie }) })
  assert.equal(posted.statusCode, 303)
  assert.equal(await database.read.$count(safetyMarks), 1)
})

test('what is harmless goes straight through', async (t) => {
  const { ask } = await buildForum(t)

  assert.match((await ask(harmless)).headers.location!, /is-heat-better-than-ice/)
})

async function buildForum(t: TestContext, config: object = {}) {
  const { app, database } = await build(t, config)
  const asker = await signedIn(database, 'member', 'Ada')
  const category = await plantCategory(database)
  const ask = (fields: Record<string, string>) =>
    app.inject({ url: '/ask', ...form({ key: newKey(), ...fields }, { cookie: asker.cookie }) })
  return { app, database, asker, ask, categoryId: category.id }
}
