import assert from 'node:assert/strict'
import { test } from 'node:test'
import { eq } from 'drizzle-orm'
import { findHolder } from '../../src/claims/queries.ts'
import { auditEvents, experts, outbox, questions, referrals } from '../../src/database/schema.ts'
import type { Database } from '../../src/database/types.ts'
import { routeQuestion } from '../../src/referrals/routing-queries.ts'
import { askSomething, newKey, plantCategory, verifiedExpert } from '../fixtures.ts'
import { build, form, signedIn, textOf } from '../helper.ts'
import { professional } from './professionals.ts'

const reason = 'Your question is about bones, and they know far more about those.'

const refer = (id: number, cookie: string, fields: Record<string, string>) => ({
  url: `/questions/${id}/referral`,
  ...form({ reason, key: newKey(), ...fields }, { cookie }),
})
const decline = (id: number, cookie: string, fields = { reason: 'I have never treated this.' }) => ({
  url: `/questions/${id}/decline`,
  ...form(fields, { cookie }),
})
const claim = (id: number, cookie: string) => ({ url: `/questions/${id}/claim`, ...form({}, { cookie }) })
const mailsOf = (database: Database) => database.read.select().from(outbox)

async function asked(database: Database) {
  const asker = await signedIn(database, 'member', 'Ada Asker')
  const question = await askSomething(database, { askerId: asker.account.id })
  return { asker, ...question, path: `/questions/${question.id}/${question.slug}` }
}

test('an expert moves a question to where it belongs, and the asker reads why', async (t) => {
  const { app, database } = await build(t)
  const { id, path, asker } = await asked(database)
  const bones = await plantCategory(database, 'Bones')
  const { cookie } = await verifiedExpert(database)

  assert.equal((await app.inject(refer(id, cookie, { kind: 'category', category: 'bones' }))).statusCode, 303)
  const page = textOf(await app.inject({ url: path, headers: { cookie: asker.cookie } }))
  assert.match(page, /Vera Lund moved this from Topic-\S+ to Bones \. Your question is about bones/)
  assert.match(textOf(await app.inject('/categories/bones')), /Is heat better than ice/)
  const [moved] = await database.read.select().from(questions).where(eq(questions.id, id))
  assert.equal(moved!.categoryId, bones.id)
  const [event] = await database.read.select().from(auditEvents)
  assert.equal(event!.action, 'question-referred-category')
  const [mail] = await mailsOf(database)
  assert.equal(mail!.recipient, asker.account.email)
  assert.doesNotMatch(`${mail!.subject} ${mail!.text}`, /heat|ice\b|bones/)
})

test('an expert passes a question on to a colleague, who finds it on their desk', async (t) => {
  const { app, database } = await build(t)
  const { id, path } = await asked(database)
  const [vera, ugo] = [await verifiedExpert(database), await verifiedExpert(database, 'Ugo Bassi')]
  await app.inject(claim(id, vera.cookie))

  assert.equal((await app.inject(refer(id, vera.cookie, { kind: 'expert', expert: ugo.handle }))).statusCode, 303)
  const desk = textOf(await app.inject({ url: '/desk', headers: { cookie: ugo.cookie } }))
  assert.match(desk, /Put before you Is heat better than ice\? Vera Lund passed it on to you: Your question is about/)
  assert.doesNotMatch(desk, /Ada Asker/)
  assert.match(textOf(await app.inject(path)), /Vera Lund asked Ugo Bassi to answer this/)
  assert.equal(await findHolder(database.read, id, new Date()), undefined)
  const mails = await mailsOf(database)
  const told = mails.find(({ recipient }) => recipient === ugo.account.email)!
  assert.equal(told.subject, 'A colleague has passed a question on to you')
  assert.doesNotMatch(told.text, /heat|ice\b|Ada/)
  assert.doesNotMatch(textOf(await app.inject({ url: '/desk', headers: { cookie: vera.cookie } })), /heat better/)
})

test('what a colleague passes on says so, even where it stood on a desk because it had waited long', async (t) => {
  const { app, database } = await build(t)
  const { id: questionId } = await asked(database)
  const [vera, ugo] = [await verifiedExpert(database), await verifiedExpert(database, 'Ugo Bassi')]
  const routing = { questionId, expertId: ugo.account.id, reason: 'waited' as const }
  await database.write((db) => routeQuestion(db, routing, new Date()))
  await app.inject(refer(questionId, vera.cookie, { kind: 'expert', expert: ugo.handle }))
  const desk = textOf(await app.inject({ url: '/desk', headers: { cookie: ugo.cookie } }))
  assert.match(desk, /Put before you Is heat better than ice\? Vera Lund passed it on to you/)
})

test('advice to see somebody in person stands above the answers, for everybody', async (t) => {
  const { app, database } = await build(t)
  const { id, path } = await asked(database)
  const { cookie } = await verifiedExpert(database)

  await app.inject(refer(id, cookie, { kind: 'in-person', reason: 'A swollen joint has to be touched to be judged.' }))
  const page = textOf(await app.inject(path))
  assert.match(page, /Better seen in person Vera Lund has read .* A swollen joint has to be touched.* No answer yet/)
})

test('the same form posted twice passes a question on once', async (t) => {
  const { app, database } = await build(t)
  const { id } = await asked(database)
  const { cookie } = await verifiedExpert(database)

  const post = refer(id, cookie, { kind: 'in-person' })
  await Promise.all([app.inject(post), app.inject(post)])
  assert.equal((await database.read.select().from(referrals)).length, 1)
  assert.equal((await mailsOf(database)).length, 1)
})

test('a colleague on leave is named as such and cannot be chosen', async (t) => {
  const { app, database } = await build(t)
  const { id } = await asked(database)
  const [vera, ugo] = [await verifiedExpert(database), await verifiedExpert(database, 'Ugo Bassi')]
  const leaveUntil = new Date('2126-12-24')
  await database.write((db) => db.update(experts).set({ leaveUntil }).where(eq(experts.accountId, ugo.account.id)))

  const page = await app.inject({ url: `/questions/${id}/referral`, headers: { cookie: vera.cookie } })
  assert.match(textOf(page), /Ugo Bassi is on leave until 24 December 2126/)
  assert.doesNotMatch(page.body, new RegExp(`value="${ugo.handle}"`))
  const refused = await app.inject(refer(id, vera.cookie, { kind: 'expert', expert: ugo.handle }))
  assert.equal(refused.statusCode, 422)
  assert.match(textOf(refused), /They are on leave/)
  assert.match(refused.body, /they know far more about those/)
})

test('whoever asked can be chosen like any other expert, lest they be known, and is not told of their own question', async (t) => {
  const { app, database } = await build(t)
  const [vera, ugo] = [await verifiedExpert(database), await verifiedExpert(database, 'Ugo Bassi')]
  const { id } = await askSomething(database, { askerId: ugo.account.id })

  const page = await app.inject({ url: `/questions/${id}/referral`, headers: { cookie: vera.cookie } })
  assert.match(page.body, new RegExp(`value="${ugo.handle}"`))
  const reply = await app.inject(refer(id, vera.cookie, { kind: 'expert', expert: ugo.handle }))
  assert.equal(reply.statusCode, 303)
  assert.doesNotMatch(textOf(await app.inject({ url: '/desk', headers: { cookie: ugo.cookie } })), /Put before you/)
  assert.equal((await mailsOf(database)).length, 1)
})

test('what somebody else is answering is not passed on, and the reason is kept', async (t) => {
  const { app, database } = await build(t)
  const { id } = await asked(database)
  const [vera, ugo] = [await verifiedExpert(database), await verifiedExpert(database, 'Ugo Bassi')]
  await app.inject(claim(id, ugo.cookie))

  const refused = await app.inject(refer(id, vera.cookie, { kind: 'in-person' }))
  assert.equal(refused.statusCode, 409)
  assert.match(textOf(refused), /Ugo Bassi is answering this question until/)
  assert.match(refused.body, /they know far more about those/)
  assert.equal((await database.read.select().from(referrals)).length, 0)
})

test('a declined question leaves the desk for good, with a reason for experts and staff alone', async (t) => {
  const { app, database } = await build(t)
  const { id, path, asker } = await asked(database)
  const [vera, ugo] = [await verifiedExpert(database), await verifiedExpert(database, 'Ugo Bassi')]
  await app.inject(claim(id, vera.cookie))

  assert.equal((await app.inject(decline(id, vera.cookie))).statusCode, 303)
  assert.equal(await findHolder(database.read, id, new Date()), undefined)
  assert.doesNotMatch(textOf(await app.inject({ url: '/desk', headers: { cookie: vera.cookie } })), /heat better/)
  assert.match(textOf(await app.inject({ url: path, headers: { cookie: ugo.cookie } })), /I have never treated this/)
  for (const cookie of ['', asker.cookie])
    assert.doesNotMatch((await app.inject({ url: path, headers: { cookie } })).body, /never treated/)
  assert.equal((await mailsOf(database)).length, 0)
  const form = await app.inject({ url: `/questions/${id}/referral`, headers: { cookie: ugo.cookie } })
  assert.doesNotMatch(form.body, new RegExp(`value="${vera.handle}"`))
})

test('only who may answer a question passes it on, and only with a reason', async (t) => {
  const { app, database } = await build(t)
  const { id, asker } = await asked(database)
  const { cookie } = await verifiedExpert(database)
  const [closed, hidden] = [await asked(database), await asked(database)]
  await database.write(async (db) => {
    await db.update(questions).set({ status: 'closed', closedAt: new Date() }).where(eq(questions.id, closed.id))
    await db.update(questions).set({ hiddenAt: new Date() }).where(eq(questions.id, hidden.id))
  })

  const expected: [number, string, Record<string, string>, number][] = [
    [id, asker.cookie, {}, 403],
    [closed.id, cookie, {}, 409],
    [hidden.id, cookie, {}, 410],
    [9999, cookie, {}, 404],
    [id, cookie, { reason: '' }, 422],
    [id, cookie, { kind: 'elsewhere' }, 422],
    [id, cookie, { kind: 'category', category: 'nowhere' }, 422],
    [id, cookie, { kind: 'expert', expert: 'nobody' }, 422],
  ]
  for (const [id, cookie, fields, status] of expected)
    assert.equal((await app.inject(refer(id, cookie, { kind: 'in-person', ...fields }))).statusCode, status)
  assert.equal((await app.inject(decline(id, cookie, { reason: '' }))).statusCode, 422)
  assert.equal((await database.read.select().from(referrals)).length, 0)
})

test('a question that was passed on is still the one in an old form: whoever edits it meanwhile is told', async (t) => {
  const { app, database } = await build(t)
  const { id, asker, version, title, body } = await asked(database)
  await plantCategory(database, 'Bones')
  const { cookie } = await verifiedExpert(database)
  await app.inject(refer(id, cookie, { kind: 'category', category: 'bones' }))

  const fields = { title, body: `${body} It has got worse.`, category: 'bones', basis: String(version) }
  const edit = form(fields, { cookie: asker.cookie })
  assert.equal((await app.inject({ url: `/questions/${id}/edit`, ...edit })).statusCode, 409)
})

test('whoever has a question put before them may answer it as far as their profession goes', async (t) => {
  const { app, database } = await build(t)
  const { id, categoryId } = await asked(database)
  const elsewhere = await plantCategory(database, 'Elsewhere')
  const vera = await verifiedExpert(database)
  const ugo = await professional(database, 'Ugo Bassi', { scope: [categoryId], accepted: [elsewhere.id] })
  const body = 'Whichever eases it. Neither heals anything.'
  const answer = () =>
    app.inject({ url: `/questions/${id}/answers`, ...form({ body, key: newKey() }, { cookie: ugo.cookie }) })

  assert.equal((await answer()).statusCode, 409)
  assert.equal((await app.inject(claim(id, ugo.cookie))).statusCode, 403)
  await app.inject(refer(id, vera.cookie, { kind: 'expert', expert: ugo.handle }))
  assert.equal((await app.inject(claim(id, ugo.cookie))).statusCode, 303)
  assert.equal((await answer()).statusCode, 303)
})
