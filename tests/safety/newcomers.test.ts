import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { consents, drafts, outbox, questions } from '../../src/database/schema.ts'
import { publishDue } from '../../src/privacy/publishing.ts'
import { questionPath } from '../../src/questions/views.ts'
import { buildWithAsker, CRISIS, carriedOn } from '../asking/asker.ts'
import { newKey } from '../fixtures.ts'
import { form, signedIn, textOf } from '../helper.ts'

const { 'consent-health-data': health, 'consent-publication': _, ...UNALLOWED } = CRISIS as Record<string, string>
const SENT = { ...UNALLOWED, warned: 'suicide' }
const HEALTH = { 'consent-health-data': health! }

test('whoever has no account is told so before they send it, and asked for the one leave it takes, with the numbers', async (t) => {
  const { send } = await buildUnknown(t)

  assert.match(textOf(await send(UNALLOWED)), /You need an account first.*nobody reads it.*Send it to a moderator/)
  const asked = await send(SENT)
  assert.equal(asked.statusCode, 422)
  const page = textOf(asked)
  assert.match(page, /Nobody has read it yet.*999.*116 123/)
  assert.match(asked.body, /consent-health-data/)
  assert.doesNotMatch(asked.body, /consent-publication/)
})

test('the numbers stay in sight on the way to an account', async (t) => {
  const { app, database, send } = await buildUnknown(t)
  const asked = await send({ ...SENT, ...HEALTH })
  const signUp = asked.headers.location!
  const next = new URL(signUp, 'http://localhost').searchParams.get('next')!
  const numbers = /Nobody has read it yet.*999.*116 123/

  const page = await app.inject({ url: signUp })
  assert.match(textOf(page), numbers)
  assert.doesNotMatch(page.body, /suicide|crisis=|kill/)
  assert.match(textOf(await app.inject({ url: `/sign-in?${new URLSearchParams({ next })}` })), numbers)
  const wrong = await app.inject({ url: '/sign-up', ...form({ name: '', next }) })
  assert.match(textOf(wrong), numbers)
  const person = { name: 'Nora', email: 'nora@example.org', password: 'correct horse battery staple', next }
  const mailed = await app.inject({ url: '/sign-up', ...form(person) })
  const cookie = mailed.cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
  assert.match(textOf(await app.inject({ url: '/check-mail', headers: { cookie } })), numbers)
  const [mail] = await database.read.select().from(outbox)
  const [link] = /\/confirm-address\?token=\S+/.exec(mail!.text)!
  assert.match(textOf(await app.inject({ url: link })), numbers)
})

test('nobody else who signs up sees them', async (t) => {
  const { app } = await buildUnknown(t)

  for (const url of ['/sign-up', '/sign-in', '/check-mail', '/sign-up?next=/ask?draft=nothing'])
    assert.doesNotMatch(textOf(await app.inject({ url })), /Nobody has read it yet|116 123/)
})

test('signed in, they send it with one press', async (t) => {
  const { database, get, post, send } = await buildUnknown(t)
  await send({ ...SENT, ...HEALTH })
  const [draft] = await database.read.select().from(drafts)
  const nora = await signedIn(database, 'member', 'Nora', [])

  const page = await get(`/ask?draft=${draft!.key}`, nora)
  assert.match(textOf(page), /Help comes first.*116 123.*Send it to a moderator/)
  const sent = await post('/ask', { ...carriedOn(page), warned: 'suicide' }, nora)
  assert.equal(sent.headers.location, '/questions/1/help')
  const [held] = await database.read.select().from(questions)
  assert.ok(held!.heldAt)
  const given = await database.read.select().from(consents)
  assert.deepEqual(
    given.filter(({ accountId }) => accountId === nora.account.id).map(({ kind }) => kind),
    ['health-data'],
  )
})

test('once a moderator has read it its asker is asked before it is published, and it waits for that', async (t) => {
  const { database, get, post, moderator, mailsTo, nora, find } = await buildHeld(t)
  await post('/moderation/safety/1', { outcome: 'publish' }, moderator)

  const kept = await find()
  assert.ok(kept!.publishAt)
  assert.match((await mailsTo(nora)).at(-1)!.text, /Before everybody can read it/)
  const path = questionPath(kept!)
  assert.equal((await get(path)).statusCode, 404)
  const page = textOf(await get(path, nora))
  assert.match(page, /Do you want everybody to read it/)
  assert.doesNotMatch(page, /others see it from/)

  const asked = await post(`/questions/${kept!.id}/publication`, {}, nora)
  assert.equal(asked.statusCode, 422)
  assert.match(asked.body, /consent-publication/)
  await post(`/questions/${kept!.id}/publication`, { ...carriedOn(asked), 'consent-publication': '1' }, nora)
  const published = await find()
  assert.equal((await get(questionPath(published!))).statusCode, 200)
  assert.ok(published!.publishAt === null && database)
})

test('where they do not say yes it is a draft of theirs again after two weeks', async (t) => {
  const { database, post, moderator, find, nora } = await buildHeld(t)
  await post('/moderation/safety/1', { outcome: 'publish' }, moderator)

  await publishDue(database, new Date(Date.now() + 13 * 86_400_000))
  assert.ok((await find())!.publishAt)
  await publishDue(database, new Date(Date.now() + 15 * 86_400_000))
  assert.equal(await find(), undefined)
  const [draft] = await database.read.select().from(drafts)
  assert.deepEqual([draft!.accountId, draft!.fields.body], [nora.account.id, CRISIS.body])
})

async function buildUnknown(t: TestContext) {
  const built = await buildWithAsker(t)
  const send = (fields: Record<string, string>) =>
    built.app.inject({ url: '/ask', ...form({ key: newKey(), ...fields }) })
  return { ...built, send }
}

async function buildHeld(t: TestContext) {
  const built = await buildWithAsker(t)
  const { database, post, stored } = built
  const nora = await signedIn(database, 'member', 'Nora', [])
  await post('/ask', { key: newKey(), ...SENT, ...HEALTH }, nora)
  const mailsTo = async ({ account }: typeof nora) =>
    (await stored()).mails.filter(({ accountId }) => accountId === account.id)
  return { ...built, nora, mailsTo, find: async () => (await stored()).questions[0] }
}
