import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { eq } from 'drizzle-orm'
import { hasConsent, withdrawConsent } from '../../src/consents/queries.ts'
import type { ConsentKind } from '../../src/consents/texts.ts'
import { comments, drafts, outcomeRequests, questions } from '../../src/database/schema.ts'
import { outcomeToken } from '../../src/outcomes/links.ts'
import { SESSION_COOKIE, signedToken } from '../../src/plugins/sessions.ts'
import { publishDue } from '../../src/privacy/publishing.ts'
import { buildWithAsker, carriedOn } from '../asking/asker.ts'
import { answerSomething, askSomething, newKey, verifiedExpert } from '../fixtures.ts'
import { form, SECRET, textOf } from '../helper.ts'

const LATER = 'Thank you. The wool blanket is nice, and I sleep well.'
const ALLOW = { 'consent-health-data': '1', 'consent-publication': '1' }
const EDIT = { title: 'Is heat better than ice?', body: LATER, category: 'chiropractors', basis: '0' }

test('an edit after taking it back asks first, with what was typed carried on and nothing stored', async (t) => {
  const forum = await buildAsked(t)
  await forum.takeBack('health-data')
  const page = await forum.post(forum.edit, EDIT)
  assert.equal(page.statusCode, 422)
  assert.match(textOf(page), /Before we keep what you wrote.*You may store what I write about my health/)
  assert.doesNotMatch(page.body, /consent-publication/)
  assert.equal(carriedOn(page).body, LATER)
  assert.doesNotMatch(await forum.stored(), /wool blanket/)

  const again = await forum.post(forum.edit, carriedOn(page))
  assert.match(textOf(again), /Without this we may not take what you write/)
  assert.equal((await forum.post(forum.edit, { ...carriedOn(again), ...ALLOW })).statusCode, 303)
  assert.match(await forum.stored(), /wool blanket/)
  assert.equal(await hasConsent(forum.database.read, forum.asker.account.id, 'health-data'), true)
})

test('what is public is not edited without leave to publish it', async (t) => {
  const forum = await buildAsked(t)
  await forum.takeBack('publication')
  const page = await forum.post(forum.edit, EDIT)
  assert.match(textOf(page), /You may publish my question and its answers/)
  assert.doesNotMatch(await forum.stored(), /wool blanket/)
  const back = await forum.post(forum.edit, { ...carriedOn(page), action: 'change' })
  assert.match(back.body, /and I sleep well\.<\/textarea>/)
})

test('staff who edit a question are asked for nothing', async (t) => {
  const forum = await buildAsked(t)
  await forum.takeBack('health-data')
  assert.equal((await forum.post(forum.edit, EDIT, forum.moderator)).statusCode, 303)
})

test('replies and follow-ups ask first as well, of a confidential question for health data alone', async (t) => {
  const forum = await buildAsked(t)
  await forum.takeBack('health-data')
  await forum.takeBack('publication')
  for (const url of [forum.replies, forum.followUps]) {
    const page = await forum.post(url, { body: LATER, key: newKey() })
    assert.match(textOf(page), /Before we keep what you wrote.*You may store.*You may publish/)
    assert.equal(await forum.database.read.$count(comments), 0)
    const back = await forum.post(url, { ...carriedOn(page), action: 'change' })
    assert.match(back.body, /and I sleep well\.<\/textarea>/)
  }
  const page = await forum.post(forum.followUps, { body: LATER, key: newKey() })
  assert.equal((await forum.post(forum.followUps, { ...carriedOn(page), ...ALLOW })).statusCode, 303)
  assert.equal(await forum.database.read.$count(comments), 1)

  await forum.takeBack('health-data')
  await forum.takeBack('publication')
  await forum.database.write((db) => db.update(questions).set({ audience: 'experts', hiddenAt: new Date() }))
  assert.doesNotMatch((await forum.post(forum.followUps, { body: LATER, key: newKey() })).body, /consent-publication/)
})

test('somebody in danger is shown help before anything is asked', async (t) => {
  const forum = await buildAsked(t)
  await forum.takeBack('health-data')
  const crisis = 'I want to kill myself because of this pain.'
  for (const [url, fields] of [
    [forum.edit, { ...EDIT, body: crisis }],
    [forum.followUps, { body: crisis, key: newKey() }],
  ] as const) {
    const before = await forum.stored()
    const help = await forum.post(url, fields)
    assert.match(textOf(help), /You matter/)
    const page = await forum.post(url, { ...carriedOn(help), warned: 'suicide' })
    assert.match(textOf(page), /Before we keep what you wrote/)
    assert.equal(await forum.stored(), before)
    assert.match((await forum.post(url, { ...carriedOn(page), ...ALLOW })).headers.location!, /\/help$/)
    await forum.takeBack('health-data')
  }
})

test('whether an answer helped is not kept without leave, nor is anybody asked', async (t) => {
  const { app, database, question, asker, takeBack } = await buildAsked(t)
  const request = {
    questionId: question.id,
    accountId: asker.account.id,
    week: 2,
    dueAt: new Date(),
    sentAt: new Date(),
  }
  const [row] = await database.write((db) => db.insert(outcomeRequests).values(request).returning())
  const token = outcomeToken(SECRET, row!.id, new Date())
  await takeBack('health-data')
  const tell = (fields: object) => app.inject({ url: '/outcomes', ...form({ token, outcome: 'worse', ...fields }) })
  const page = await tell({})
  assert.match(textOf(page), /Before we keep what you wrote/)
  const told = async () => (await database.read.select().from(outcomeRequests))[0]!.outcome
  assert.equal(await told(), null)
  assert.match(textOf(await tell({ ...carriedOn(page), ...ALLOW })), /Thank you/)
  assert.equal(await told(), 'worse')
})

test('publishing what was asked in confidence asks for both', async (t) => {
  const forum = await buildAsked(t)
  await forum.database.write((db) => db.update(questions).set({ audience: 'experts', hiddenAt: new Date() }))
  await forum.takeBack('health-data')
  await forum.takeBack('publication')
  const page = await forum.post(`/questions/${forum.question.id}/publication`, { basis: '1' })
  assert.equal(page.statusCode, 422)
  assert.match(page.body, /consent-health-data.*consent-publication/s)
})

test('nobody who is signed out has a reply kept unless they allowed it, there or before', async (t) => {
  const { app, database, replies, edit, takeBack, get, asker, question } = await buildAsked(t)
  const fields = { body: LATER, key: newKey() }
  for (const [url, sent] of [
    [replies, fields],
    [edit, { ...EDIT, ...fields }],
  ] as const) {
    const page = await app.inject({ url, ...form(sent, { cookie: endedCookie }) })
    assert.match(textOf(page), /Before we keep what you wrote/)
    assert.equal(await database.read.$count(drafts), 0)
  }
  await database.write((db) =>
    db.insert(comments).values({
      ...{ questionId: question.id, kind: 'clarification', authorName: 'Vera Lund', isByAsker: false },
      ...{ body: 'Since when?', bodyHtml: '<p>Since when?</p>', submissionKey: newKey() },
    }),
  )
  await database.write((db) => db.update(questions).set({ commentCount: 1 }))
  const path = `/questions/${question.id}/${question.slug}`
  assert.match((await get(path, asker)).body, /name="allowed"/)
  await takeBack('health-data')
  assert.doesNotMatch((await get(path, asker)).body, /name="allowed"/)

  const kept = await app.inject({ url: replies, ...form({ ...fields, 'consent-health-data': '1' }) })
  const next = new URL(String(kept.headers.location), 'http://x').searchParams.get('next')!
  assert.match((await get(next, asker)).body, /wool blanket/)
  assert.equal(await hasConsent(database.read, asker.account.id, 'health-data'), true)
})

test('what staff kept back and release after its asker took the leave back is not published', async (t) => {
  const { database, asker, takeBack } = await buildAsked(t)
  const { id } = await askSomething(database, { askerId: asker.account.id, publishAt: new Date(1) })
  const hold = (hiddenReason: string | null) =>
    database.write((db) => db.update(questions).set({ hiddenReason }).where(eq(questions.id, id)))
  await hold('Somebody may be in danger.')
  await takeBack('publication')
  await hold(null)
  await publishDue(database)
  assert.deepEqual(
    [await database.read.$count(questions, eq(questions.id, id)), await database.read.$count(drafts)],
    [0, 1],
  )
})

const endedCookie = `${SESSION_COOKIE}=${encodeURIComponent(signedToken('ended', SECRET))}`

async function buildAsked(t: TestContext) {
  const forum = await buildWithAsker(t)
  const { database, asker, category, app } = forum
  const question = await askSomething(database, { askerId: asker.account.id, categoryId: category.id })
  const expert = await verifiedExpert(database)
  const answer = await answerSomething(database, question.id, expert.account.id, 'Keep it warm.')
  const post = (url: string, fields: Record<string, string>, { cookie } = asker) =>
    app.inject({ url, ...form(fields, { cookie }) })
  return {
    ...{ ...forum, post, question },
    edit: `/questions/${question.id}/edit`,
    replies: `/questions/${question.id}/replies`,
    followUps: `/answers/${answer.id}/follow-ups`,
    takeBack: (kind: ConsentKind) =>
      database.write((db) => withdrawConsent(db, asker.account.id, { kind, now: new Date() })),
    stored: async () =>
      JSON.stringify([await database.read.select().from(questions), await database.read.select().from(comments)]),
  }
}
