import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { eq } from 'drizzle-orm'
import { accounts, comments, incidents, questionLooks, safetyMarks } from '../../src/database/schema.ts'
import { createMarks } from '../../src/safety/mark-queries.ts'
import { answerSomething, newKey } from '../fixtures.ts'
import { textOf } from '../helper.ts'
import { buildWithConfidence } from './confiding.ts'

const REASON = { reason: 'It names somebody else.' }
const TOLD = /prolapse|quagmire|Pelvic floor/

test('no list or form of staff shows what was asked in confidence, so none of them is a look', async (t) => {
  const { database, get, administrator, question, answer, comment } = await buildWithStaff(t)

  for (const url of [
    ...['/moderation', '/moderation/safety', '/moderation/incidents', '/moderation/reviews', '/admin', '/admin/events'],
    ...[`/questions/${question.id}/concealment`, `/answers/${answer.id}/concealment`],
    ...[`/comments/${comment.id}/concealment`, `/moderation/questions/${question.id}/asker`],
  ]) {
    const page = await get(url, administrator)
    assert.equal(page.statusCode, 200, url)
    assert.doesNotMatch(page.body, TOLD, url)
  }
  assert.deepEqual(await listLooks(database), [])
})

test('what they list is named as asked in confidence, and leads to it', async (t) => {
  const { get, administrator, question } = await buildWithStaff(t)

  const home = await get('/moderation', administrator)
  assert.match(textOf(home), /The answer of Vera Lund to: A question asked in confidence/)
  assert.match(textOf(home), /A comment below: A question asked in confidence/)
  assert.match(home.body, new RegExp(`href="/questions/${question.id}#`))
  assert.match(textOf(await get('/moderation/safety', administrator)), /A question asked in confidence/)
  assert.match(
    textOf(await get('/moderation/incidents', administrator)),
    /Vera Lund to: A question asked in confidence/,
  )
  assert.match(textOf(await get('/admin/events', administrator)), /hid an answer A question asked in confidence/)
})

test('opening it, what may be urgent in it or a report on it is a look, counted once in half an hour', async (t) => {
  const { database, get, administrator, asker, path, question, incident } = await buildWithStaff(t)

  for (const url of [`/moderation/safety/${question.id}`, `/moderation/incidents/${incident.id}`, path]) {
    await database.write((db) => db.delete(questionLooks))
    for (let time = 0; time < 2; time += 1) assert.match((await get(url, administrator)).body, TOLD, url)
    assert.deepEqual(
      (await listLooks(database)).map(({ count }) => count),
      [1],
      url,
    )
  }
  assert.match(textOf(await get(path, asker)), /A member of our staff/)
})

test('published, lists of staff show its title as any other', async (t) => {
  const { database, get, post, administrator, asker, question } = await buildWithStaff(t)
  const { changedAt } = question
  await database.write((db) => db.delete(safetyMarks))
  const opened = await post(`/questions/${question.id}/publication`, asker, { basis: String(changedAt.getTime()) })
  assert.ok([303, 409].includes(opened.statusCode))
  if (opened.statusCode === 409) {
    const basis = /name="basis" value="(\d+)"/.exec(opened.body)![1]!
    assert.equal((await post(`/questions/${question.id}/publication`, asker, { basis })).statusCode, 303)
  }

  assert.match(
    textOf(await get('/moderation', administrator)),
    /The answer of Vera Lund to: May I tell you of my prolapse/,
  )
})

const listLooks = ({ read }: Awaited<ReturnType<typeof buildWithConfidence>>['database']) =>
  read.select().from(questionLooks).where(eq(questionLooks.isStaff, true))

async function buildWithStaff(t: TestContext) {
  const built = await buildWithConfidence(t)
  const { database, post, question, vera, asker, moderator: administrator } = built
  await database.write((db) =>
    db.update(accounts).set({ role: 'administrator' }).where(eq(accounts.id, administrator.account.id)),
  )
  const answer = await answerSomething(
    database,
    question.id,
    vera.account.id,
    'Pelvic floor training helps most people.',
  )
  await post(`/questions/${question.id}/clarifications`, vera, {
    body: 'Since when is the prolapse there?',
    key: newKey(),
  })
  const [comment] = await database.read.select().from(comments)
  const incident = await database.write(async (db) => {
    await createMarks(db, { questionId: question.id, flags: ['cauda-equina'], isHeld: false }, new Date())
    const about = {
      answerId: answer.id,
      questionId: question.id,
      expertName: 'Vera Lund',
      reporterId: asker.account.id,
    }
    const report = { body: 'It may do harm.', submissionKey: newKey(), isHiding: false, dueAt: new Date() }
    const [row] = await db
      .insert(incidents)
      .values({ ...about, ...report })
      .returning()
    return row!
  })
  await post(`/answers/${answer.id}/concealment`, administrator, REASON)
  await post(`/comments/${comment!.id}/concealment`, administrator, REASON)
  return { ...built, administrator, answer, comment: comment!, incident }
}
