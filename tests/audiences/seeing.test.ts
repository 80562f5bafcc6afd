import assert from 'node:assert/strict'
import { test } from 'node:test'
import { eq } from 'drizzle-orm'
import { withdrawThread } from '../../src/answers/concealment-queries.ts'
import { categories, experts, questionLooks, searchDocuments } from '../../src/database/schema.ts'
import { publishDue } from '../../src/privacy/publishing.ts'
import { findAnyQuestion } from '../../src/questions/queries.ts'
import { answerSomething, newKey } from '../fixtures.ts'
import { textOf } from '../helper.ts'
import { buildWithConfidence, SECRET_BODY } from './confiding.ts'

const DAY_MS = 86_400_000

test('the asker, the experts of the category and staff read it; nobody else learns that it is there', async (t) => {
  const { get, path, asker, vera, thomas, moderator, outsider, member } = await buildWithConfidence(t)

  for (const reader of [asker, vera, thomas, moderator]) {
    const page = await get(path, reader)
    assert.equal(page.statusCode, 200)
    assert.match(page.body, new RegExp(SECRET_BODY.slice(0, 30)))
    assert.match(page.headers['cache-control'] as string, /no-store/)
    assert.match(page.body, /noindex/)
    assert.match(page.body, /<h1.*id="confidence"/s)
    assert.doesNotMatch(page.body, /QAPage/)
  }
  for (const stranger of [outsider, member, undefined]) assert.equal((await get(path, stranger)).statusCode, 404)
})

test('one expert of whom it was asked reads it, and their colleagues do not', async (t) => {
  const { get, path, vera, thomas } = await buildWithConfidence(t, 'expert')

  assert.equal((await get(path, vera)).statusCode, 200)
  assert.equal((await get(path, thomas)).statusCode, 404)
})

test('an expert whose credentials have run out reads it no more', async (t) => {
  const { database, get, path, vera } = await buildWithConfidence(t, 'expert')
  await database.write((db) =>
    db
      .update(experts)
      .set({ verifiedUntil: new Date(Date.now() - DAY_MS) })
      .where(eq(experts.accountId, vera.account.id)),
  )

  assert.equal((await get(path, vera)).statusCode, 404)
})

test('it is answered, and counts nowhere', async (t) => {
  const { database, get, post, path, question, vera, asker } = await buildWithConfidence(t)

  const claimed = await post(`/questions/${question.id}/claim`, vera)
  assert.equal(claimed.statusCode, 303)
  const answer = { body: 'Pelvic floor training helps most people in your place.', key: newKey() }
  assert.equal((await post(`/questions/${question.id}/answers`, vera, answer)).statusCode, 303)
  assert.match(textOf(await get(path, asker)), /Pelvic floor training/)
  const found = await findAnyQuestion(database.read, question.id)
  assert.equal(found!.answerCount, 1)
  assert.equal(found!.claimedById, null)
  const [expert] = await database.read.select().from(experts).where(eq(experts.accountId, vera.account.id))
  assert.equal(expert!.answerCount, 0)
  const counts = await database.read.select({ count: categories.questionCount }).from(categories)
  assert.deepEqual(counts, [{ count: 0 }, { count: 0 }])
  const indexed = await database.read.select().from(searchDocuments).where(eq(searchDocuments.kind, 'question'))
  assert.deepEqual(indexed, [])
  assert.doesNotMatch((await get(`/experts/${vera.handle}`)).body, new RegExp(path))
})

test('what colleagues out of its reach send is refused', async (t) => {
  const { database, post, question, vera, outsider, asker } = await buildWithConfidence(t)
  const { id } = await answerSomething(database, question.id, vera.account.id, 'Training helps most people.')
  const text = { body: 'A long enough text that somebody wrote.', key: newKey() }

  for (const address of [
    `/questions/${question.id}/answers`,
    `/questions/${question.id}/claim`,
    `/questions/${question.id}/clarifications`,
    `/questions/${question.id}/colleague-comments`,
    `/questions/${question.id}/referral`,
    `/questions/${question.id}/decline`,
    `/answers/${id}/incidents`,
  ])
    assert.equal((await post(address, outsider, { ...text, reason: 'A reason.' })).statusCode, 404, address)
  assert.equal((await post(`/answers/${id}/acceptance`, asker)).statusCode, 303)
})

test('experts ask back and the asker replies', async (t) => {
  const { get, post, path, question, vera, asker } = await buildWithConfidence(t)
  const body = 'Since when exactly do you feel it?'

  assert.equal((await post(`/questions/${question.id}/clarifications`, vera, { body, key: newKey() })).statusCode, 303)
  const reply = { body: 'Since the spring, more or less.', key: newKey() }
  assert.equal((await post(`/questions/${question.id}/replies`, asker, reply)).statusCode, 303)
  assert.match(textOf(await get(path, vera)), /Since the spring/)
})

test('each look is written down by the day, and only its asker is told', async (t) => {
  const { database, get, path, vera, asker, moderator, member } = await buildWithConfidence(t)
  await get(path, vera)
  await get(path, vera)
  await get(path, moderator)
  await get(path, asker)
  await get(path, member)

  const looks = await database.read.select().from(questionLooks)
  assert.deepEqual(looks.map(({ count, isStaff }) => [count, isStaff]).sort(), [
    [1, false],
    [1, true],
  ])
  const page = textOf(await get(path, asker))
  assert.match(page, /Who has read it/)
  assert.match(page, /Vera Lund/)
  assert.match(page, /A member of our staff/)
  assert.doesNotMatch(page, /Mona Staff/)
  assert.doesNotMatch(textOf(await get(path, vera)), /Who has read it/)
})

test('staff hide it from its experts, and showing it again brings it back to them alone', async (t) => {
  const { get, post, path, question, vera, moderator, member } = await buildWithConfidence(t)
  const address = `/questions/${question.id}/concealment`
  assert.doesNotMatch((await get('/moderation', moderator)).body, /prolapse/)

  await post(address, moderator, { reason: 'It names somebody else.' })
  assert.equal((await get(path, vera)).statusCode, 404)
  const staff = textOf(await get('/moderation', moderator))
  assert.match(staff, /A question asked in confidence/)
  assert.doesNotMatch(staff, /prolapse/)
  await post(`${address}?_method=DELETE`, moderator)
  assert.equal((await get(path, vera)).statusCode, 200)
  for (const stranger of [member, undefined]) assert.equal((await get(path, stranger)).statusCode, 404)
  assert.doesNotMatch((await get('/questions')).body, /prolapse/)
})

test('when its grace time is over it opens to its experts, not to everybody', async (t) => {
  const publishAt = new Date(Date.now() + DAY_MS)
  const { database, get, pathNow, vera, member } = await buildWithConfidence(t, 'experts', publishAt)
  assert.equal((await get(await pathNow(), vera)).statusCode, 404)

  await publishDue(database, new Date(publishAt.getTime() + 1))
  const path = await pathNow()
  assert.equal((await get(path, vera)).statusCode, 200)
  assert.equal((await get(path, member)).statusCode, 404)
  assert.doesNotMatch((await get('/questions.atom')).body, /prolapse/)
})

test('taken back, nobody but its asker and staff reads it, and no feed says that there was one', async (t) => {
  const { database, get, path, question, vera, asker } = await buildWithConfidence(t)
  await database.write((db) => withdrawThread(db, question, new Date()))

  assert.equal((await get(path, vera)).statusCode, 404)
  const page = textOf(await get(path, asker))
  assert.match(page, /Only you and our staff can read this question now/)
  assert.doesNotMatch(page, /experts of its category and our staff can read/)
  assert.doesNotMatch((await get('/questions.atom')).body, new RegExp(`questions/${question.id}`))
})

test('whoever opens, reloads and answers it within half an hour has looked once', async (t) => {
  const { database, get, post, path, question, vera } = await buildWithConfidence(t)
  t.mock.timers.enable({ apis: ['Date'], now: Date.parse('2026-03-02T09:00Z') })
  const visit = async () => {
    await get(path, vera)
    await get(path, vera)
    const answer = { body: 'Pelvic floor training helps most people in your place.', key: newKey() }
    await post(`/questions/${question.id}/answers`, vera, { ...answer, action: 'preview' })
    await post(`/questions/${question.id}/answers`, vera, answer)
    const [look] = await database.read.select().from(questionLooks)
    return look!.count
  }

  assert.equal(await visit(), 1)
  t.mock.timers.tick(29 * 60_000)
  assert.equal(await visit(), 1)
  t.mock.timers.tick(31 * 60_000)
  assert.equal(await visit(), 2)
})

test('its address tells nothing of it, and one that does leads there whoever may read it', async (t) => {
  const { database, get, post, path, pathNow, question, vera, asker, moderator, member } = await buildWithConfidence(t)
  assert.equal(path, `/questions/${question.id}`)
  const told = `${path}/${question.slug}`

  for (const reader of [asker, vera, moderator]) assert.equal((await get(told, reader)).headers.location, path)
  for (const stranger of [member, undefined]) {
    const reply = await get(told, stranger)
    assert.equal(reply.statusCode, 404)
    assert.equal(reply.headers.location, undefined)
  }
  for (const [url, reader] of [
    ['/account/questions', asker],
    ['/desk', vera],
    [path, asker],
    [`${path}/publication`, asker],
    [`${path}/edit`, asker],
  ] as const)
    assert.doesNotMatch((await get(url, reader)).body, new RegExp(question.slug), url)
  const answer = { body: 'Pelvic floor training helps most people in your place.', key: newKey() }
  assert.match((await post(`${path}/answers`, vera, answer)).headers.location as string, /\/questions\/\d+#answer-/)

  const basis = String((await findAnyQuestion(database.read, question.id))!.changedAt.getTime())
  await post(`${path}/publication`, asker, { basis })
  assert.match(await pathNow(), new RegExp(question.slug))
})
