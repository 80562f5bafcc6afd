import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { and, eq, isNull } from 'drizzle-orm'
import { answers, comments, consents, experts, outbox, questions, revisions } from '../../src/database/schema.ts'
import { findAnyQuestion } from '../../src/questions/queries.ts'
import { answerSomething, newKey } from '../fixtures.ts'
import { textOf } from '../helper.ts'
import { buildWithConfidence } from './confiding.ts'

test('published, it is everybody’s with its answers, filed, counted and found', async (t) => {
  const { app, database, pathNow, publish, vera } = await buildToPublish(t)

  assert.equal((await publish()).statusCode, 303)
  const path = await pathNow()
  assert.match(textOf(await app.inject(path)), /Pelvic floor training/)
  assert.match((await app.inject('/questions')).body, /prolapse/)
  assert.match((await app.inject('/categories/spine')).body, /prolapse/)
  assert.match((await app.inject('/search?q=prolapse')).body, /prolapse\?<\/a>|<mark>prolapse/)
  assert.match((await app.inject('/search?q=pelvic+floor')).body, /prolapse/)
  assert.match((await app.inject('/sitemaps/questions-1.xml')).body, new RegExp(path))
  const [expert] = await database.read.select().from(experts).where(eq(experts.accountId, vera.account.id))
  assert.equal(expert!.answerCount, 1)
})

test('what tells who somebody is is pointed out, in what they said later too, and taken out where they tick it', async (t) => {
  const { app, database, get, pathNow, publish, question, asker } = await buildToPublish(t)
  await database.write(async (db) => {
    await db
      .update(questions)
      .set({ body: 'My name is Ada Lovelace. Something has been sore since the birth.' })
      .where(eq(questions.id, question.id))
    await db.insert(comments).values({
      questionId: question.id,
      kind: 'clarification',
      isByAsker: true,
      authorId: asker.account.id,
      authorName: 'Quiet Heron 7',
      body: 'Write to me at ada@example.org, please.',
      bodyHtml: 'Write to me at ada@example.org, please.',
      submissionKey: newKey(),
    })
    await db.update(questions).set({ commentCount: 1 }).where(eq(questions.id, question.id))
  })

  const page = textOf(await get(`/questions/${question.id}/publication`, asker))
  assert.match(page, /A name: Ada Lovelace becomes/)
  assert.match(page, /An e-mail address: ada@example\.org becomes/)
  assert.equal((await publish({ blur: 'all' })).statusCode, 303)
  const shown = await app.inject(await pathNow())
  assert.doesNotMatch(shown.body, /Lovelace|ada@example/)
  assert.match(shown.body, /\[name\]/)
  assert.deepEqual(await database.read.select().from(revisions), [])
})

test('before that its asker reads all that becomes public, and what they can do about what experts wrote', async (t) => {
  const { database, get, post, question, vera, asker } = await buildToPublish(t)
  const written = 'Pelvic floor training helps, Ada Lovelace. Write to ada@example.org.'
  await database.write((db) => db.update(answers).set({ body: written }))
  const back = { body: 'Since when exactly do you feel it?', key: newKey() }
  assert.equal((await post(`/questions/${question.id}/clarifications`, vera, back)).statusCode, 303)

  const page = await get(`/questions/${question.id}/publication`, asker)
  assert.match(textOf(page), /Answer by Vera Lund Pelvic floor training helps/)
  assert.match(page.body, /<mark>ada@example\.org<\/mark>/)
  assert.match(textOf(page), /What Vera Lund wrote below it Since when exactly do you feel it\?/)
  assert.match(textOf(page), /What is marked in what experts wrote may also tell who you are/)
  assert.match(textOf(page), /ask them before you publish, or ask our staff to hide it/)
  assert.match(page.body, /href="\/answers\/\d+\/follow-ups\/new"/)
  assert.match(page.body, new RegExp(`href="/questions/${question.id}/replies/new"`))
})

test('it is published only with leave to publish, and by nobody but its asker', async (t) => {
  const { database, get, post, publish, question, vera, moderator, asker } = await buildToPublish(t)
  await database.write((db) => db.delete(consents).where(eq(consents.kind, 'publication')))
  const address = `/questions/${question.id}/publication`

  for (const other of [vera, moderator]) assert.equal((await post(address, other)).statusCode, 404)
  assert.match(textOf(await get(address, asker)), /You may publish my question/)
  assert.equal((await publish()).statusCode, 422)
  assert.equal((await publish({ 'consent-publication': '1' })).statusCode, 303)
  const given = await database.read
    .select()
    .from(consents)
    .where(
      and(eq(consents.kind, 'publication'), eq(consents.accountId, asker.account.id), isNull(consents.withdrawnAt)),
    )
  assert.equal(given.length, 1)
})

test('the experts who answered are told, by a mail that names nothing', async (t) => {
  const { database, publish, vera } = await buildToPublish(t)
  await publish()

  const mails = await database.read.select().from(outbox).where(eq(outbox.accountId, vera.account.id))
  assert.match(mails.at(-1)!.subject, /public now/)
  assert.doesNotMatch(mails.at(-1)!.text, /prolapse|spine/i)
})

test('what changed since they looked is looked at again', async (t) => {
  const { database, publish, question, vera } = await buildToPublish(t)
  const [answer] = await database.read.select().from(answers)
  assert.ok(answer && vera)

  const answered = await publish({ basis: String(question.createdAt.getTime() - 1) })
  assert.equal(answered.statusCode, 409)
  assert.match(textOf(answered), /Something on its page has changed/)
  assert.equal((await findAnyQuestion(database.read, question.id))!.audience, 'experts')
})

test('of two who press at once it is published once', async (t) => {
  const { database, publish, vera } = await buildToPublish(t)

  await Promise.all([publish(), publish()])
  const [expert] = await database.read.select().from(experts).where(eq(experts.accountId, vera.account.id))
  assert.equal(expert!.answerCount, 1)
})

test('what staff have hidden is not published', async (t) => {
  const { post, publish, question, moderator } = await buildToPublish(t)
  await post(`/questions/${question.id}/concealment`, moderator, { reason: 'It names somebody else.' })

  assert.equal((await publish()).statusCode, 403)
})

async function buildToPublish(t: TestContext) {
  const built = await buildWithConfidence(t)
  const { database, question, vera, asker, post } = built
  await answerSomething(database, question.id, vera.account.id, 'Pelvic floor training helps most people.')
  const publish = async (fields: Record<string, string> = {}) => {
    const { changedAt } = (await findAnyQuestion(database.read, question.id))!
    const seen = { basis: String(changedAt.getTime()), ...fields }
    return post(`/questions/${question.id}/publication`, asker, seen)
  }
  return { ...built, publish }
}
