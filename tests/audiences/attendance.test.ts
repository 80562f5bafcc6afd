import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { and, eq } from 'drizzle-orm'
import { tellUnattended } from '../../src/audiences/attending.ts'
import { createCategory } from '../../src/categories/tree-queries.ts'
import { config } from '../../src/config.ts'
import { accounts, experts, outbox, questions } from '../../src/database/schema.ts'
import { siteOf } from '../../src/notifications/site.ts'
import { findAnyQuestion } from '../../src/questions/queries.ts'
import { reckonWaits } from '../../src/waiting/queries.ts'
import { countQueries } from '../count-queries.ts'
import { answerSomething, askSomething, newKey } from '../fixtures.ts'
import { textOf } from '../helper.ts'
import { buildWithConfidence } from './confiding.ts'

const DAY_MS = 86_400_000
const REASON = { reason: 'This is outside what I know well.' }
const site = siteOf(config)

test('while the expert is there, nothing is said; more experts can be asked all the same', async (t) => {
  const { get, path, asker, vera, tell } = await buildWaiting(t)

  const page = await get(path, asker)
  assert.doesNotMatch(textOf(page), /You can wait, or do one of these/)
  assert.match(textOf(page), /Ask more experts/)
  assert.doesNotMatch(textOf(await get(path, vera)), /Ask more experts/)
  assert.equal((await tell()).length, 0)
})

const ABSENCES = {
  'is away': [
    (built: Built) => built.change({ leaveUntil: new Date(Date.now() + 9 * DAY_MS) }),
    /Vera Lund is away until/,
  ],
  'has declined': [
    (built: Built) => built.post(`/questions/${built.question.id}/decline`, built.vera, REASON),
    /Vera Lund has told us that this question is not for them/,
  ],
  'has lapsed': [
    (built: Built) => built.change({ verifiedUntil: new Date(Date.now() - DAY_MS) }),
    /Vera Lund does not answer questions here at present/,
  ],
  'has left': [
    ({ database, vera }: Built) =>
      database.write((db) => db.update(accounts).set({ closedAt: new Date() }).where(eq(accounts.id, vera.account.id))),
    /The expert you asked is not here any more/,
  ],
} as const

for (const [what, [happens, said]] of Object.entries(ABSENCES))
  test(`once the one expert ${what}, the asker is told by mail, and on the page what they can do`, async (t) => {
    const built = await buildWaiting(t)
    const { get, path, asker, tell, thomas } = built
    await happens(built)

    const [mail, ...others] = await tell()
    assert.deepEqual(others, [])
    assert.match(mail!.text, /cannot answer you at present[\s\S]*\/questions\/\d+\n/)
    assert.doesNotMatch(`${mail!.subject}${mail!.text}`, /prolapse|quagmire|Vera|spine/)
    const page = textOf(await get(path, asker))
    assert.match(page, said)
    assert.match(page, /do one of these: Ask the experts of its category/)
    assert.equal(/You can wait/.test(page), what === 'is away' || what === 'has lapsed')
    assert.equal((await get(path, thomas)).statusCode, 404)
  })

test('they are told once, and anew only after the expert had come back', async (t) => {
  const { tell, change } = await buildWaiting(t)
  const leave = () => change({ leaveUntil: new Date(Date.now() + 9 * DAY_MS) })
  await leave()

  await Promise.all([tell(), tell()])
  assert.equal((await tell()).length, 1)
  await change({ leaveUntil: null })
  await tell()
  await leave()
  assert.equal((await tell()).length, 2)
})

test('who has their answer already is not told', async (t) => {
  const { database, question, vera, tell, change } = await buildWaiting(t)
  await answerSomething(database, question.id, vera.account.id, 'Training helps most people.')
  await change({ verifiedAt: null })

  assert.deepEqual(await tell(), [])
})

test('its asker puts it before the experts of its category, who alone can read it then', async (t) => {
  const { get, post, path, question, asker, thomas, outsider, member, vera } = await buildWaiting(t)
  const address = `/questions/${question.id}/audience`
  await post(`/questions/${question.id}/decline`, vera, REASON)

  assert.match(textOf(await get(address, asker)), /One expert who answers there|2 experts who answer there/)
  assert.equal((await post(address, asker)).statusCode, 303)
  assert.equal((await get(path, thomas)).statusCode, 200)
  for (const stranger of [outsider, member, undefined]) assert.equal((await get(path, stranger)).statusCode, 404)
  assert.match(textOf(await get(path, asker)), /Only you, the experts of its category and our staff/)
  assert.match(textOf(await get('/desk', thomas)), /Asked in confidence .* prolapse/)
})

test('nobody else widens it, nor is it widened twice', async (t) => {
  const { post, get, question, asker, vera, moderator, member } = await buildWaiting(t)
  const address = `/questions/${question.id}/audience`

  for (const other of [vera, moderator, member]) {
    assert.equal((await get(address, other)).statusCode, 404)
    assert.equal((await post(address, other)).statusCode, 404)
  }
  await post(address, asker)
  assert.equal((await post(address, asker)).statusCode, 403)
})

test('where nobody else answers there either, it can be moved or published', async (t) => {
  const { database, get, path, question, asker, vera, thomas, skin } = await buildWaiting(t)
  await reckonWaits(database, new Date())
  for (const { account } of [vera, thomas])
    await database.write((db) => db.update(experts).set({ verifiedAt: null }).where(eq(experts.accountId, account.id)))

  const page = textOf(await get(path, asker))
  assert.match(page, new RegExp(`Move it to another category.*Experts answer in: ${skin.name}`))
  assert.match(textOf(await get(`/questions/${question.id}/audience`, asker)), /nobody else answers there either/)
})

test('asked of all experts of a category, its asker is told once none of them is left', async (t) => {
  const { database, get, path, asker, thomas, tell, change } = await buildWaiting(t, 'experts')
  await change({ verifiedAt: null })
  assert.deepEqual(await tell(), [])

  const away = { leaveUntil: new Date(Date.now() + DAY_MS) }
  await database.write((db) => db.update(experts).set(away).where(eq(experts.accountId, thomas.account.id)))
  assert.match((await tell())[0]!.text, /None of the experts you asked in confidence can answer/)
  assert.match(textOf(await get(path, asker)), /None of the experts of its category can answer at present/)
})

test('many that wait cost as many questions of the database as one', async (t) => {
  const { database, spine, vera } = await buildWaiting(t)
  const look = () => tellUnattended(database, site, new Date())
  const one = await countQueries(look)
  const asked = { categoryId: spine.id, audience: 'expert', addresseeId: vera.account.id } as const
  for (let count = 0; count < 5; count += 1) await askSomething(database, asked)

  assert.equal(await countQueries(look), one)
})

test('who asks in confidence where nobody answers is told when they choose, and where somebody does', async (t) => {
  const { database, get, asker, empty, skin } = await buildWaiting(t)
  await reckonWaits(database, new Date())

  const hint = new RegExp(`no expert could read it here at present\\. Experts answer in: .*${skin.name}`)
  assert.match(textOf(await get(`/ask/waits?category=${empty.path}`)), hint)
  assert.match(textOf(await get(`/ask?category=${empty.path}`, asker)), hint)
  assert.doesNotMatch(textOf(await get('/ask/waits?category=spine')), /no expert could read/)
})

test('sent all the same it is refused with all that was typed, and can be asked of everybody', async (t) => {
  const { database, post, asker, empty } = await buildWaiting(t)
  await reckonWaits(database, new Date())
  const typed = { title: 'What helps a sore elbow?', body: 'It is sore since the spring, and I knit a lot.' }
  const fields = { ...typed, tried: 'Rest and ice', category: empty.path, key: newKey(), considered: 'yes' }

  const refused = await post('/ask', asker, { ...fields, audience: 'experts' })
  assert.equal(refused.statusCode, 422)
  for (const text of Object.values(typed)) assert.match(refused.body, new RegExp(text.replace('?', '\\?')))
  assert.match(refused.body, /value="Rest and ice"/)
  assert.match(textOf(refused), /What you wrote is still here.*Experts answer in:/)
  assert.equal((await post('/ask', asker, { ...fields, audience: 'everybody' })).statusCode, 303)
  const asked = and(eq(questions.title, typed.title), eq(questions.categoryId, empty.id))
  assert.equal(await database.read.$count(questions, asked), 1)
})

test('experts on leave, and whoever asks, read nothing for them', async (t) => {
  const { get, change, thomas, database } = await buildWaiting(t)
  await change({ leaveUntil: new Date(Date.now() + DAY_MS) })
  assert.doesNotMatch(textOf(await get('/ask/waits?category=spine')), /No expert could read/)

  assert.match(textOf(await get('/ask/waits?category=spine', thomas)), /No expert could read|no expert could read/)
  assert.ok(database)
})

type Built = Awaited<ReturnType<typeof buildWaiting>>

async function buildWaiting(t: TestContext, audience: 'expert' | 'experts' = 'expert') {
  const built = await buildWithConfidence(t, audience)
  const { database, asker, vera, outsider } = built
  const empty = await database.write((db) =>
    createCategory(db, { parentId: null, slug: 'elbow', name: 'elbow', description: '' }),
  )
  const change = (values: Partial<typeof experts.$inferInsert>) =>
    database.write((db) => db.update(experts).set(values).where(eq(experts.accountId, vera.account.id)))
  const tell = async () => {
    await tellUnattended(database, site, new Date())
    return database.read.select().from(outbox).where(eq(outbox.accountId, asker.account.id))
  }
  assert.ok(outsider && (await findAnyQuestion(database.read, built.question.id)))
  return { ...built, empty, change, tell }
}
