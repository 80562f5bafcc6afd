import assert from 'node:assert/strict'
import { test } from 'node:test'
import { eq } from 'drizzle-orm'
import { tellAddressee } from '../../src/audiences/mails.ts'
import { config } from '../../src/config.ts'
import { categories, experts, outbox, outcomeRequests, questions } from '../../src/database/schema.ts'
import { mailDesks } from '../../src/desk/mail.ts'
import { siteOf } from '../../src/notifications/site.ts'
import { publishDue } from '../../src/privacy/publishing.ts'
import { countQueries } from '../count-queries.ts'
import { askSomething, newKey } from '../fixtures.ts'
import { textOf } from '../helper.ts'
import { buildWithConfidence } from './confiding.ts'

const DAY_MS = 86_400_000
const site = siteOf(config)

test('it stands on the desks of those it is for, apart from the rest, without its text', async (t) => {
  const { get, vera, outsider } = await buildWithConfidence(t)

  const desk = textOf(await get('/desk', vera))
  assert.match(desk, /Asked in confidence .* May I tell you of my prolapse\?/)
  assert.doesNotMatch(desk, /quagmire/)
  assert.match(desk, /Nothing waits for you/)
  assert.doesNotMatch(textOf(await get('/desk', outsider)), /prolapse/)
})

test('of one expert alone, it stands on no other desk', async (t) => {
  const { get, vera, thomas } = await buildWithConfidence(t, 'expert')

  assert.match(textOf(await get('/desk', vera)), /prolapse/)
  assert.doesNotMatch(textOf(await get('/desk', thomas)), /prolapse/)
})

test('taken, it is in hand; a draft of an answer is found again, and neither shows once they may not read it', async (t) => {
  const { database, get, post, question, vera } = await buildWithConfidence(t)
  await post(`/questions/${question.id}/claim`, vera)
  await post('/drafts', vera, { key: newKey(), questionId: String(question.id), body: 'I would begin with' })
  const desk = textOf(await get('/desk', vera))
  assert.match(desk, /In hand .* prolapse/)
  assert.match(desk, /Answers you have begun .* prolapse/)

  const [skin] = await database.read.select().from(categories).where(eq(categories.path, 'skin'))
  await database.write((db) => db.update(questions).set({ categoryId: skin!.id }).where(eq(questions.id, question.id)))
  assert.doesNotMatch(textOf(await get('/desk', vera)), /prolapse/)
})

test('declined, it is put before them no more', async (t) => {
  const { get, post, question, vera } = await buildWithConfidence(t)

  const reason = { reason: 'This is outside what I know well.' }
  assert.equal((await post(`/questions/${question.id}/decline`, vera, reason)).statusCode, 303)
  assert.doesNotMatch(textOf(await get('/desk', vera)), /prolapse/)
})

test('it is passed on to nobody, but somebody may be advised to see a person', async (t) => {
  const { get, post, question, vera, thomas } = await buildWithConfidence(t)
  const address = `/questions/${question.id}/referral`
  const reason = 'Somebody should look at this in person.'

  assert.doesNotMatch(textOf(await get(address, vera)), /Ask a colleague/)
  for (const kind of ['category', 'expert']) {
    const elsewhere = { kind, category: 'skin', expert: thomas.handle }
    const refused = await post(address, vera, { ...elsewhere, reason, key: newKey() })
    assert.equal(refused.statusCode, 422)
    assert.match(textOf(refused), /it stays with those it was asked of/)
  }
  assert.equal((await post(address, vera, { kind: 'in-person', reason, key: newKey() })).statusCode, 303)
})

test('the letter of the desk counts it and names nothing', async (t) => {
  const { database, vera } = await buildWithConfidence(t)
  await database.write((db) => db.update(experts).set({ deskMail: true }).where(eq(experts.accountId, vera.account.id)))

  await mailDesks(database, site, new Date(`${new Date().toISOString().slice(0, 10)}T06:00:00Z`))
  const [mail] = await database.read.select().from(outbox).where(eq(outbox.accountId, vera.account.id))
  assert.match(mail!.text, /Asked of you in confidence: 1/)
  assert.doesNotMatch(mail!.text, /prolapse/)
})

test('the expert is told once the grace time is over, not before', async (t) => {
  const publishAt = new Date(Date.now() + DAY_MS)
  const { database, vera } = await buildWithConfidence(t, 'expert', publishAt)
  const countMails = () => database.read.$count(outbox, eq(outbox.accountId, vera.account.id))

  await publishDue(database, new Date(), (db, id) => tellAddressee(db, site, id))
  assert.equal(await countMails(), 0)
  await publishDue(database, new Date(publishAt.getTime() + 1), (db, id) => tellAddressee(db, site, id))
  assert.equal(await countMails(), 1)
})

test('nobody is asked later how they fared: it would stand in a sum', async (t) => {
  const { database, post, question, vera } = await buildWithConfidence(t)
  const body = 'Pelvic floor training helps most people in your place.'

  await post(`/questions/${question.id}/answers`, vera, { body, key: newKey() })
  assert.deepEqual(await database.read.select().from(outcomeRequests), [])
})

test('a desk asks the database as often for many as for one', async (t) => {
  const { database, get, spine, vera } = await buildWithConfidence(t)
  await get('/desk', vera)
  const one = await countQueries(() => get('/desk', vera))
  for (let count = 0; count < 5; count += 1)
    await askSomething(database, { categoryId: spine.id, audience: 'experts', title: `Confided ${count} of five` })

  assert.equal(await countQueries(() => get('/desk', vera)), one)
})
