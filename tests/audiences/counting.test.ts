import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { eq, sql } from 'drizzle-orm'
import {
  answers,
  auditEvents,
  comments,
  countersigns,
  declines,
  drafts,
  formerNumbers,
  questionLooks,
  questions,
  thanks,
} from '../../src/database/schema.ts'
import { publishDue } from '../../src/privacy/publishing.ts'
import { findAnyQuestion } from '../../src/questions/queries.ts'
import { findTypicalWait, reckonWaits } from '../../src/waiting/queries.ts'
import { answerSomething, askSomething, newKey } from '../fixtures.ts'
import { buildWithConfidence } from './confiding.ts'

const DAY_MS = 86_400_000

test('published, it counts from then: no date on its page, in lists, feeds or the sitemap is older', async (t) => {
  const { app, publishedOn, path } = await buildWithPublished(t)

  for (const url of [
    path,
    '/questions',
    '/questions.atom',
    '/categories/spine.atom',
    '/sitemaps/questions-1.xml',
    '/',
  ]) {
    const { body } = await app.inject(url)
    assert.match(body, /prolapse/, url)
    const about = url === path ? body : body.slice(0, body.indexOf('heat'))
    for (const [date] of about.matchAll(/20\d\d-\d\d-\d\dT[\d:.]+Z/g))
      assert.ok(new Date(date) >= publishedOn, `${url}: ${date}`)
  }
})

test('it stands before what was asked while it was private, and its number tells no more than its date', async (t) => {
  const { app, database, question, between, path } = await buildWithPublished(t)

  for (const url of ['/questions', '/categories/spine', '/questions.atom']) {
    const { body } = await app.inject(url)
    assert.ok(body.indexOf('prolapse') < body.indexOf('heat'), url)
  }
  const published = await findPublished(database)
  assert.ok(published.id > between.id)
  assert.equal(await findAnyQuestion(database.read, question.id), undefined)
  const page = (await app.inject(path)).body
  const [betweenAnswer] = await database.read.select().from(answers).where(eq(answers.questionId, between.id))
  for (const [, id] of page.matchAll(/id="answer-(\d+)"/g)) assert.ok(Number(id) > betweenAnswer!.id)
  assert.match(page, /Pelvic floor training.*Since the spring/s)
})

test('all that hung on it hangs on it still', async (t) => {
  const { database, answer } = await buildWithPublished(t)
  const published = await findPublished(database)
  const [given] = await database.read.select().from(answers).where(eq(answers.questionId, published.id))

  assert.equal(given!.submissionKey, answer.submissionKey)
  assert.equal(given!.expertId, answer.expertId)
  assert.notEqual(given!.acceptedAt, null)
  for (const table of [comments, declines])
    assert.equal(await database.read.$count(table, eq(table.questionId, published.id)), 1)
  assert.equal(await database.read.$count(questionLooks, eq(questionLooks.questionId, published.id)), 2)
  for (const table of [countersigns, thanks])
    assert.equal(await database.read.$count(table, eq(table.answerId, given!.id)), 1)
  const [draft] = await database.read.select().from(drafts)
  assert.equal(draft!.address, `/answers/${given!.id}/follow-ups/new`)
  const [event] = await database.read.select().from(auditEvents).where(eq(auditEvents.subjectKind, 'question'))
  assert.equal(event!.subjectId, published.id)
})

test('how long it took while it was private is in no figure of how long people wait', async (t) => {
  const { database, spine } = await buildWithPublished(t)
  for (let count = 0; count < 5; count += 1) {
    const { id } = await askSomething(database, { categoryId: spine.id, createdAt: new Date(Date.now() - DAY_MS) })
    const [expert] = await database.read.select({ id: answers.expertId }).from(answers)
    await answerSomething(database, id, expert!.id!, 'Warmth, if you like it.')
  }

  assert.equal(await findTypicalWait(database.read), 24)
  await reckonWaits(database, new Date())
  assert.equal((await findPublished(database)).pausedSeconds, 0)
  const [given] = await database.read
    .select()
    .from(answers)
    .where(eq(answers.questionId, (await findPublished(database)).id))
  assert.equal(given!.waitSeconds, null)
})

test('its old address leads those on who knew it, and tells nobody else that it was there', async (t) => {
  const { get, post, question, path, asker, vera, moderator, member, outsider } = await buildWithPublished(t)
  const old = `/questions/${question.id}`
  const { id } = /questions\/(?<id>\d+)/.exec(path)!.groups!

  for (const who of [asker, vera, moderator]) {
    const led = await get(`${old}/${question.slug}?draft=x`, who)
    assert.deepEqual([led.statusCode, led.headers.location], [307, `${path}?draft=x`])
  }
  const posted = await post(`${old}/closure?_method=DELETE`, asker)
  assert.equal(posted.headers.location, `/questions/${id}/closure?_method=DELETE`)
  for (const who of [member, outsider, undefined]) assert.equal((await get(old, who)).statusCode, 404)
})

test('an answer that is sent to its old number is not lost', async (t) => {
  const { post, question, thomas } = await buildWithPublished(t)

  const sent = await post(`/questions/${question.id}/answers`, thomas, {
    body: 'I agree with my colleague.',
    key: newKey(),
  })
  assert.equal(sent.statusCode, 307)
})

test('after a night’s sleep it has a number of its publication too', async (t) => {
  const publishAt = new Date(Date.now() + DAY_MS)
  const { database, app, asker, get, question, pathNow } = await buildWithConfidence(t, undefined, publishAt)
  await database.write((db) => db.update(questions).set({ audience: null }))
  const between = await askSomething(database)

  await publishDue(database, new Date(publishAt.getTime() + 1))
  const path = await pathNow()
  assert.ok(Number(path.split('/')[2]) > between.id)
  assert.equal((await get(`/questions/${question.id}`, asker)).headers.location, `/questions/${path.split('/')[2]}`)
  assert.equal((await app.inject(`/questions/${question.id}`)).statusCode, 404)
})

test('once the link is cut, its former number is forgotten', async (t) => {
  const { database, post, get, question, path, asker, moderator } = await buildWithPublished(t)

  await post(`/questions/${path.split('/')[2]}/anonymity`, asker)
  assert.deepEqual(await database.read.select().from(formerNumbers), [])
  assert.equal((await get(`/questions/${question.id}`, moderator)).statusCode, 404)
})

type Built = Awaited<ReturnType<typeof buildWithConfidence>>

async function findPublished(database: Built['database']) {
  const rows = await database.read.select().from(questions)
  return rows.find(({ title }) => title.includes('prolapse'))!
}

/** Asked in confidence, discussed and answered; forty days later, with another question asked between, it is published. */
async function buildWithPublished(t: TestContext) {
  const began = Date.now()
  t.mock.timers.enable({ apis: ['Date'], now: began })
  const built = await buildWithConfidence(t)
  const { database, spine, question, vera, thomas, asker, post } = built
  const answer = await answerSomething(
    database,
    question.id,
    vera.account.id,
    'Pelvic floor training helps most people.',
  )
  await discuss(built, answer.id)
  t.mock.timers.setTime(began + 20 * DAY_MS)
  const between = await askSomething(database, { categoryId: spine.id })
  await answerSomething(database, between.id, thomas.account.id, 'Warmth, if you like it.')
  t.mock.timers.setTime(began + 25 * DAY_MS)
  const basis = String((await findAnyQuestion(database.read, question.id))!.changedAt.getTime())
  const published = await post(`/questions/${question.id}/publication`, asker, { basis })
  assert.equal(published.statusCode, 303)
  return {
    ...built,
    answer,
    between,
    publishedOn: new Date(),
    path: new URL(published.headers.location!, 'http://x').pathname,
  }
}

async function discuss(
  { database, get, post, path, question, vera, thomas, asker, moderator }: Built,
  answerId: number,
) {
  await get(path, vera)
  await post(`/questions/${question.id}/clarifications`, thomas, {
    body: 'Since when do you feel it? Since the spring?',
    key: newKey(),
  })
  await post(`/questions/${question.id}/decline`, thomas, { reason: 'This is outside what I know well.' })
  await post(`/answers/${answerId}/acceptance`, asker)
  await post(`/moderation/questions/${question.id}/asker`, moderator, { reason: 'They may be in danger.' })
  await database.write(async (db) => {
    const by = {
      expertId: thomas.account.id,
      expertName: 'Thomas Reed',
      expertProfession: 'GP',
      expertCredentials: 'MD',
    }
    await db.insert(thanks).values({ answerId, accountId: asker.account.id })
    await db.insert(countersigns).values({ ...by, answerId, stance: 'agrees' })
    await db.update(answers).set({ countersignCount: sql`1`, editedAt: new Date(), reviewedAt: new Date() })
    const times = { createdAt: new Date(), expiresAt: new Date(Date.now() + 99 * DAY_MS) }
    const draft = { accountId: asker.account.id, questionId: question.id, fields: { body: 'Half' }, ...times }
    await db.insert(drafts).values({ ...draft, key: newKey(), address: `/answers/${answerId}/follow-ups/new` })
  })
}
