import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { eq } from 'drizzle-orm'
import { consents, experts, outbox, questions } from '../../src/database/schema.ts'
import { newKey } from '../fixtures.ts'
import { textOf } from '../helper.ts'
import { buildWithConfidence } from './confiding.ts'

const WRITTEN = {
  title: 'What helps with a sore tailbone?',
  body: 'It has been sore since the spring, most of all when I sit.',
  category: 'spine',
  considered: 'yes',
}

test('somebody asks the experts of a category in confidence, without leave to publish', async (t) => {
  const { database, post, member, app } = await buildAsking(t)
  await database.write((db) => db.delete(consents).where(eq(consents.kind, 'publication')))

  const posted = await post('/ask', member, { ...WRITTEN, key: newKey(), audience: 'experts' })
  assert.equal(posted.statusCode, 303)
  const question = await findNewest(database)
  assert.equal(question.audience, 'experts')
  assert.equal((await app.inject(posted.headers.location!)).statusCode, 404)
  const open = await post('/ask', member, { ...WRITTEN, key: newKey(), audience: 'everybody' })
  assert.match(textOf(open), /Without this we may not take what you write/)
})

test('from the page of an expert they ask that expert alone, who is told by a mail that names nothing', async (t) => {
  const { database, get, post, member, vera } = await buildAsking(t)
  assert.match((await get(`/experts/${vera.handle}`)).body, new RegExp(`/ask\\?expert=${vera.handle}`))
  assert.match(textOf(await get(`/ask?expert=${vera.handle}`, member)), /Vera Lund alone, in confidence/)

  const asked = { ...WRITTEN, key: newKey(), audience: 'expert', expert: vera.handle }
  assert.equal((await post('/ask', member, asked)).statusCode, 303)
  assert.equal((await findNewest(database)).addresseeId, vera.account.id)
  const mails = await database.read.select().from(outbox).where(eq(outbox.accountId, vera.account.id))
  assert.equal(mails.length, 1)
  assert.doesNotMatch(`${mails[0]!.subject} ${mails[0]!.text}`, /tailbone|spine/i)
})

test('an expert on leave, out of their categories or not verified cannot be asked', async (t) => {
  const { database, get, post, member, vera, outsider } = await buildAsking(t)
  const ask = (expert: string) => post('/ask', member, { ...WRITTEN, key: newKey(), audience: 'expert', expert })

  assert.match(textOf(await ask(outsider.handle)), /does not answer in this category/)
  const leave = (values: Partial<typeof experts.$inferInsert>) =>
    database.write((db) => db.update(experts).set(values).where(eq(experts.accountId, vera.account.id)))
  await leave({ leaveUntil: new Date(Date.now() + 86_400_000) })
  assert.match(textOf(await ask(vera.handle)), /takes no questions at present/)
  assert.match(textOf(await get(`/ask?expert=${vera.handle}`, member)), /takes no questions at present/)
  assert.doesNotMatch((await get(`/experts/${vera.handle}`)).body, /ask\?expert/)
  await leave({ leaveUntil: null, verifiedAt: null })
  assert.match(textOf(await ask(vera.handle)), /takes no questions at present/)
  assert.match(textOf(await ask('nobody')), /takes no questions at present/)
})

test('where no expert answers, that is said before anything is posted', async (t) => {
  const { database, post, member } = await buildAsking(t)
  await database.write((db) => db.update(experts).set({ verifiedAt: null }))

  const answer = await post('/ask', member, { ...WRITTEN, key: newKey(), audience: 'experts' })
  assert.equal(answer.statusCode, 422)
  assert.match(textOf(answer), /none of our experts answers in this category/)
})

test('what is asked in confidence is not looked up among the answers there are', async (t) => {
  const { app, post, member } = await buildAsking(t)
  t.mock.method(app.finder, 'suggest', () => assert.fail('it was searched for'))

  const { considered: _, ...fresh } = WRITTEN
  const posted = await post('/ask', member, { ...fresh, key: newKey(), audience: 'experts' })
  assert.equal(posted.statusCode, 303)
})

test('a question asked in confidence is moved only to where those it is for may answer', async (t) => {
  const { post, asker, question } = await buildWithConfidence(t, 'expert')
  const edit = { title: question.title, body: question.body, basis: '0', category: 'skin' }

  const answer = await post(`/questions/${question.id}/edit`, asker, edit)
  assert.equal(answer.statusCode, 422)
  assert.match(textOf(answer), /does not answer in this category/)
})

async function buildAsking(t: TestContext) {
  return buildWithConfidence(t)
}

type Database = Awaited<ReturnType<typeof buildAsking>>['database']

async function findNewest(database: Database) {
  const rows = await database.read.select().from(questions).orderBy(questions.id)
  return rows.at(-1)!
}
