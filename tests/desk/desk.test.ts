import assert from 'node:assert/strict'
import { test } from 'node:test'
import { eq } from 'drizzle-orm'
import { createCategory } from '../../src/categories/tree-queries.ts'
import { countClaims } from '../../src/claims/queries.ts'
import { answers, comments, experts, questionRoutings, questions } from '../../src/database/schema.ts'
import type { Database } from '../../src/database/types.ts'
import { withdrawAnswer } from '../../src/recalls/queries.ts'
import { countQueries } from '../count-queries.ts'
import { answerSomething, askSomething, newKey, plantCategory, verifiedExpert } from '../fixtures.ts'
import { build, form, signedIn, textOf } from '../helper.ts'
import { professional } from '../referrals/professionals.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const ago = (milliseconds: number) => new Date(Date.now() - milliseconds)

const setQuestion = (database: Database, id: number, values: Partial<typeof questions.$inferInsert>) =>
  database.write((db) => db.update(questions).set(values).where(eq(questions.id, id)))

async function ask(database: Database, title: string, values: Partial<Parameters<typeof askSomething>[1]> = {}) {
  return askSomething(database, { title, ...values })
}

const place = (database: Database, parentId: number | null, slug: string) =>
  database.write((db) => createCategory(db, { parentId, slug, name: slug, description: '' }))

type App = Awaited<ReturnType<typeof build>>['app']
const open = (app: App, cookie: string, url = '/desk') => app.inject({ url, headers: { cookie } })

test('the desk is for verified experts, who find it in the header', async (t) => {
  const { app, database } = await build(t)
  const vera = await verifiedExpert(database)
  assert.match((await app.inject('/desk')).headers.location!, /sign-in/)
  for (const role of ['member', 'moderator'] as const)
    assert.equal((await open(app, (await signedIn(database, role)).cookie)).statusCode, 403)
  assert.equal((await open(app, vera.cookie)).statusCode, 200)
  assert.match((await open(app, vera.cookie, '/')).body, /href="\/desk"/)
  assert.doesNotMatch((await app.inject('/')).body, /href="\/desk"/)
  await database.write((db) => db.update(experts).set({ verifiedUntil: ago(DAY_MS) }))
  const lapsed = await open(app, vera.cookie)
  assert.equal(lapsed.statusCode, 403)
  assert.match(textOf(lapsed), /until we have looked up your registration.*Your credentials/)
})

test('what may be urgent stands on top of what waits, each question once', async (t) => {
  const { app, database } = await build(t)
  const { cookie } = await verifiedExpert(database)
  await ask(database, 'The older one', { createdAt: ago(3 * DAY_MS) })
  await ask(database, 'The younger one', { createdAt: ago(2 * DAY_MS) })
  const { id } = await ask(database, 'The urgent one', { createdAt: ago(DAY_MS) })
  await setQuestion(database, id, { flaggedAt: new Date() })

  const page = textOf(await open(app, cookie))
  assert.match(page, /The urgent one.*May be urgent.*The older one.*The younger one/)
  assert.equal(page.match(/The urgent one/g)!.length, 1)
})

test('what waits in the categories of an expert stands there, what has waited longest first', async (t) => {
  const { app, database } = await build(t)
  const [spine, skin] = [await plantCategory(database, 'Spine'), await plantCategory(database, 'Skin')]
  const neck = await place(database, spine.id, 'neck')
  const { cookie } = await professional(database, 'Vera Lund', { scope: [spine.id], accepted: [] })
  await ask(database, 'The younger one', { categoryId: neck.id, createdAt: ago(DAY_MS) })
  await ask(database, 'The older one', { categoryId: spine.id, createdAt: ago(3 * DAY_MS), ageBand: '50-59' })
  await ask(database, 'Another matter', { categoryId: skin.id })

  const page = textOf(await open(app, cookie))
  assert.match(page, /The older one .* Has waited 3 days .* Age: 50 to 59 The younger one .* Has waited 1 day/)
  assert.doesNotMatch(page, /Another matter/)
  assert.match(textOf(await open(app, cookie, '/desk?order=newest')), /The younger one .* The older one/)
})

test('time in which an expert waited for the asker does not count as waiting', async (t) => {
  const { app, database } = await build(t)
  const { cookie } = await verifiedExpert(database)
  const paused = await ask(database, 'Asked back', { createdAt: ago(10 * DAY_MS) })
  await setQuestion(database, paused.id, { pausedSeconds: 9 * 86_400, waitsFrom: ago(DAY_MS) })
  const asked = await ask(database, 'Still asked', { createdAt: ago(9 * DAY_MS) })
  await setQuestion(database, asked.id, { clarifyingSince: ago(5 * DAY_MS) })
  await ask(database, 'Never asked', { createdAt: ago(2 * DAY_MS) })

  const waiting = textOf(await open(app, cookie))
  assert.match(waiting, /Never asked .* Has waited 2 days .* Asked back .* Has waited 1 day .* The asker has replied/)
  assert.doesNotMatch(waiting, /Still asked/)
  const replied = textOf(await open(app, cookie, '/desk?show=replied'))
  assert.match(replied, /Asked back/)
  assert.doesNotMatch(replied, /Never asked/)
  assert.match(
    textOf(await open(app, cookie, '/desk?show=asked')),
    /Still asked .* Has waited 4 days .* Waiting for the asker/,
  )
})

test('neither what is hidden, answered or closed nor the expert’s own question stands there', async (t) => {
  const { app, database } = await build(t)
  const { cookie, account } = await verifiedExpert(database)
  const [hidden, answered, closed] = [
    await ask(database, 'A hidden one'),
    await ask(database, 'An answered one'),
    await ask(database, 'A closed one'),
  ]
  await ask(database, 'An own one', { askerId: account.id })
  await setQuestion(database, hidden.id, { hiddenAt: new Date() })
  await answerSomething(database, answered.id, (await verifiedExpert(database, 'Ugo Bassi')).account.id, 'Rest.')
  await setQuestion(database, closed.id, { status: 'closed', closedAt: new Date() })

  const page = textOf(await open(app, cookie))
  assert.match(page, /Nothing waits for you/)
  assert.doesNotMatch(page, /A hidden one|An answered one|A closed one|An own one/)
})

test('an expert narrows the desk down by subject, within their scope', async (t) => {
  const { app, database } = await build(t)
  const [spine, skin] = [await plantCategory(database, 'Spine'), await plantCategory(database, 'Skin')]
  const [neck, hip] = [await place(database, spine.id, 'neck'), await place(database, spine.id, 'hip')]
  const { cookie } = await professional(database, 'Vera Lund', { scope: [spine.id], accepted: [] })
  await ask(database, 'My neck', { categoryId: neck.id })
  await ask(database, 'My neck again', { categoryId: neck.id })
  await ask(database, 'My hip', { categoryId: hip.id })

  assert.match(textOf(await open(app, cookie)), /By subject Spine 3 questions/)
  const within = await open(app, cookie, '/desk?category=spine')
  assert.match(textOf(within), /Wider hip 1 question neck 2 questions/)
  const narrowed = textOf(await open(app, cookie, '/desk?category=spine/neck'))
  assert.match(narrowed, /Waiting in neck .* My neck/)
  assert.doesNotMatch(narrowed, /My hip/)
  assert.equal((await open(app, cookie, `/desk?category=${skin.path}`)).statusCode, 404)
})

test('a long list goes on, in the same order and with the same filters', async (t) => {
  const { app, database } = await build(t)
  const { id: categoryId } = await plantCategory(database, 'Spine')
  const { cookie } = await verifiedExpert(database)
  for (let age = 25; age > 0; age -= 1)
    await ask(database, `Question aged ${age}.`, { categoryId, createdAt: ago(age * HOUR_MS) })

  for (const [order, first, last] of [
    ['', /Question aged 25\..*Question aged 6\./, /Question aged 5\..*Question aged 1\./],
    ['&order=newest', /Question aged 1\..*Question aged 20\./, /Question aged 21\..*Question aged 25\./],
  ] as const) {
    const page = await open(app, cookie, `/desk?category=spine${order}`)
    assert.match(textOf(page), first)
    const next = /rel="next" href="([^"]+)"/.exec(page.body)![1]!.replaceAll('&amp;', '&')
    assert.match(textOf(await open(app, cookie, next)), last)
  }
})

test('what an expert has in hand, has begun and is due for review stands there, and who else is answering what', async (t) => {
  const { app, database } = await build(t)
  const [vera, ugo] = [await verifiedExpert(database), await verifiedExpert(database, 'Ugo Bassi')]
  const [held, begun, other] = [await ask(database, 'Held'), await ask(database, 'Begun'), await ask(database, 'Other')]
  await app.inject({ url: `/questions/${held.id}/claim`, ...form({}, { cookie: vera.cookie }) })
  await app.inject({ url: `/questions/${other.id}/claim`, ...form({}, { cookie: ugo.cookie }) })
  const draft = { key: newKey(), questionId: String(begun.id), body: 'To begin with' }
  await app.inject({ url: '/drafts', ...form(draft, { cookie: vera.cookie }) })
  const answered = await ask(database, 'Answered')
  await answerSomething(database, answered.id, vera.account.id, 'Rest.')
  await database.write((db) => db.update(answers).set({ reviewBy: ago(DAY_MS) }))

  const page = textOf(await open(app, vera.cookie))
  assert.match(page, /1 of 5 questions in hand/)
  assert.match(page, /In hand Held Yours until .* UTC Let it go/)
  assert.match(page, /Answers you have begun Begun/)
  assert.match(page, /1 answer is due for another look/)
  assert.match(page, /Other .* Ugo Bassi is answering until/)
  const back = { cookie: vera.cookie, referer: 'http://localhost/desk?order=newest' }
  const letGo = await app.inject({ url: `/questions/${held.id}/claim?_method=DELETE`, ...form({}, back) })
  assert.equal(letGo.headers.location, '/desk?order=newest')
})

test('an asker who has written back to an answer is not overlooked, till their expert has', async (t) => {
  const { app, database } = await build(t)
  const { cookie, account } = await verifiedExpert(database)
  const { id } = await ask(database, 'Answered')
  const answer = await answerSomething(database, id, account.id, 'Rest.')
  const say = (isByAsker: boolean) =>
    database.write((db) =>
      db.insert(comments).values({
        questionId: id,
        answerId: answer.id,
        kind: 'follow-up',
        authorName: 'Somebody',
        isByAsker,
        body: 'For how long?',
        bodyHtml: '',
        submissionKey: newKey(),
      }),
    )

  await say(true)
  assert.match(textOf(await open(app, cookie)), /Askers have written back Answered/)
  await say(false)
  assert.doesNotMatch(textOf(await open(app, cookie)), /Askers have written back/)
  await say(true)
  await database.write((db) => db.update(answers).set({ withdrawnAt: new Date() }).where(eq(answers.id, answer.id)))
  assert.doesNotMatch(textOf(await open(app, cookie)), /Askers have written back/)
})

test('what has waited long in an expert’s own categories stands among those, not above them', async (t) => {
  const { app, database } = await build(t)
  const { cookie, account } = await verifiedExpert(database)
  const { id: questionId } = await ask(database, 'Long ago', { createdAt: ago(3 * DAY_MS) })
  await database.write((db) =>
    db.insert(questionRoutings).values({ questionId, expertId: account.id, reason: 'waited', createdAt: new Date() }),
  )
  const page = textOf(await open(app, cookie))
  assert.doesNotMatch(page, /Put before you/)
  assert.match(page, /Waiting in your categories .* Long ago/)
})

test('a question whose answer was taken back waits for others than its expert', async (t) => {
  const { app, database } = await build(t)
  const [vera, ugo] = [await verifiedExpert(database), await verifiedExpert(database, 'Ugo Brandt')]
  const { id } = await ask(database, 'Taken back')
  const answer = await answerSomething(database, id, vera.account.id, 'Rest.')
  const recall = { reason: 'It was wrong.', byId: vera.account.id, byName: 'Vera Lund', now: new Date() }
  await database.write((db) => withdrawAnswer(db, answer, recall))
  assert.match(textOf(await open(app, ugo.cookie)), /Taken back/)
  assert.doesNotMatch(textOf(await open(app, vera.cookie)), /Taken back/)
})

test('an expert says how much they take, and when they are away', async (t) => {
  t.mock.timers.enable({ apis: ['Date'], now: new Date('2026-11-22T12:00:00Z') })
  const { app, database } = await build(t)
  const { cookie, account } = await verifiedExpert(database)
  const { id } = await ask(database, 'Held')
  await app.inject({ url: `/questions/${id}/claim`, ...form({}, { cookie }) })
  const save = (fields: Record<string, string>) =>
    app.inject({ url: '/desk/availability', ...form(fields, { cookie }) })

  assert.equal((await save({ capacity: '3', deskMail: 'true' })).statusCode, 303)
  assert.match(textOf(await open(app, cookie)), /1 of 3 questions in hand/)
  assert.equal((await save({ capacity: '3', leaveUntil: '2026-12-01' })).statusCode, 303)
  assert.match(textOf(await open(app, cookie)), /You are on leave\. Back from 1 December 2026/)
  assert.equal(await countClaims(database.read, account.id, new Date()), 0)
  assert.match((await open(app, cookie, '/desk/availability')).body, /value="2026-12-01"/)
  const wrong: Record<string, string>[] = [
    { capacity: 'many' },
    { capacity: '51' },
    { leaveUntil: '2026-11-22' },
    { leaveUntil: '2026-13-40' },
  ]
  for (const fields of wrong) assert.equal((await save({ capacity: '3', ...fields })).statusCode, 422)

  await save({ capacity: '3' })
  const [expert] = await database.read.select().from(experts)
  assert.deepEqual([expert!.leaveUntil, expert!.deskMail], [null, false])
})

test('more on the desk takes no more queries', async (t) => {
  const { app, database } = await build(t)
  const { id: categoryId } = await plantCategory(database, 'Spine')
  const { cookie } = await verifiedExpert(database)
  const fill = async () => {
    const { id } = await ask(database, 'A question', { categoryId })
    await app.inject({ url: `/questions/${id}/claim`, ...form({}, { cookie }) })
    await app.inject({ url: '/drafts', ...form({ key: newKey(), questionId: String(id), body: 'Well' }, { cookie }) })
    await ask(database, 'Another question', { categoryId })
  }
  await fill()
  const few = await countQueries(() => open(app, cookie))
  for (let more = 0; more < 3; more += 1) await fill()
  assert.equal(await countQueries(() => open(app, cookie)), few)
})
