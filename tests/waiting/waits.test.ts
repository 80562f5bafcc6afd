import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { eq } from 'drizzle-orm'
import { createCategory } from '../../src/categories/tree-queries.ts'
import {
  answers,
  auditEvents,
  categoryWaits,
  expertCategories,
  questions,
  revisions,
} from '../../src/database/schema.ts'
import type { Database } from '../../src/database/types.ts'
import { tidy } from '../../src/upkeep.ts'
import { findWait, reckonWaits } from '../../src/waiting/queries.ts'
import { countQueries } from '../count-queries.ts'
import { answerSomething, askSomething, plantCategory, verifiedExpert } from '../fixtures.ts'
import { build, form, signedIn, textOf } from '../helper.ts'

const HOUR_MS = 3_600_000
const now = new Date('2026-06-01T12:00:00Z')
const hoursAgo = (hours: number) => new Date(now.getTime() - hours * HOUR_MS)

test('a category says within what time half of its questions had an answer, and how many experts answer there', async (t) => {
  const { database, category, below, get, answered } = await buildPlace(t)
  for (const hours of [1, 2, 30, 400, 500]) await answered({ hours })
  await reckonWaits(database, now)

  const sentence = /Half of the questions here had an answer within 30 hours\. One expert answers here\./
  assert.match(textOf(await get(`/categories/${category.path}`)), sentence)
  assert.match(textOf(await get(`/categories/${below.path}`)), sentence)
  assert.match(textOf(await get(`/ask?category=${below.path}`)), sentence)
})

test('longer waits are told in days', async (t) => {
  const { database, below, get, answered } = await buildPlace(t)
  for (const hours of [1, 50, 50, 100, 200, 300]) await answered({ hours })
  await reckonWaits(database, now)
  assert.match(textOf(await get(`/categories/${below.path}`)), /within 3 days\./)
})

test('four are too few to say, and before anything is reckoned nothing is said', async (t) => {
  const { database, below, get, answered } = await buildPlace(t)
  for (const hours of [1, 2, 3, 4]) await answered({ hours })
  assert.doesNotMatch(textOf(await get(`/categories/${below.path}`)), /Half of|Too few|answers here\./)
  await reckonWaits(database, now)
  assert.match(textOf(await get(`/categories/${below.path}`)), /Too few questions have been answered here lately/)
})

test('only first answers of the last 90 days count, without the time the asker was asked something', async (t) => {
  const { database, below, answered } = await buildPlace(t)
  for (const hours of [2, 2, 2]) await answered({ hours })
  for (const hours of [500, 500, 500]) await answered({ hours, pausedHours: 497 })
  for (const hours of [1, 1, 1, 1, 1]) await answered({ hours, endedHoursAgo: 91 * 24 })
  await reckonWaits(database, now)
  assert.equal((await findWait(database.read, below.id))!.medianSeconds, 2 * 3600)
  const [row] = await database.read.select().from(categoryWaits).where(eq(categoryWaits.categoryId, below.id))
  assert.equal(row!.answeredCount, 6)
})

test('time that passes while the asker is asked something does not count for the answer', async (t) => {
  const { database, answered } = await buildPlace(t)
  const { id } = await answered({ hours: 10, clarifyingHours: 4 })
  const [answer] = await database.read.select().from(answers).where(eq(answers.id, id))
  assert.equal(answer!.waitSeconds, 6 * 3600)
})

test('only verified experts in scope are counted, and a second reckoning takes the place of the first', async (t) => {
  const { database, category, below } = await buildPlace(t)
  const outside = await verifiedExpert(database, 'Olga Outside')
  await reckonWaits(database, now)
  assert.equal((await findWait(database.read, below.id))!.expertCount, 2)
  const knees = await plantCategory(database, 'Knees')
  await database.write((db) =>
    db.insert(expertCategories).values({ expertId: outside.account.id, categoryId: knees.id }),
  )
  await reckonWaits(database, now)
  assert.equal((await findWait(database.read, category.id))!.expertCount, 1)
  assert.equal((await findWait(database.read, knees.id))!.expertCount, 2)
})

test('a waiting question says what can be expected, an answered one does not', async (t) => {
  const { database, asker, below, answered, get } = await buildPlace(t)
  for (const hours of [1, 2, 3, 4, 5]) await answered({ hours })
  await reckonWaits(database, now)
  const open = await askSomething(database, { askerId: asker.account.id, categoryId: below.id, title: 'Am I waiting?' })
  assert.match(textOf(await get(`/questions/${open.id}/${open.slug}`)), /within 3 hours\. One expert answers here/)
  assert.doesNotMatch(textOf(await get('/questions/1/is-heat-better-than-ice')), /One expert answers here/)
})

test('whoever has waited long is offered a wider category and experts; nobody else is', async (t) => {
  const { asker, longOpen, get } = await buildPlace(t)
  const { path } = await longOpen()
  const page = await get(path, asker.cookie)
  assert.match(textOf(page), /has waited long\..*Move it to Spine.*See who answers here: Vera Lund/)
  assert.doesNotMatch(textOf(await get(path)), /has waited long\./)
})

test('an asker moves their question up with one confirmation, and nothing else of it changes', async (t) => {
  const { database, asker, category, longOpen, get, move } = await buildPlace(t)
  const { id, path } = await longOpen()
  const page = await get(`/questions/${id}/category?to=${category.path}`, asker.cookie)
  assert.match(textOf(page), /It stands in “Low back” now\. In “Spine” it is put before/)

  assert.equal((await move(id, asker.cookie)).statusCode, 303)
  const [moved] = await database.read.select().from(questions).where(eq(questions.id, id))
  assert.deepEqual([moved!.categoryId, moved!.version, moved!.staffEditedAt], [category.id, 1, null])
  assert.equal((await database.read.select().from(revisions)).length, 0)
  assert.equal((await database.read.select().from(auditEvents)).length, 0)
  assert.match((await get(`/categories/${category.path}`)).body, /Long\?/)
  assert.match((await get(path)).body, /Long\?/)
})

test('only its asker moves it, only up, only while it waits, and not over an edit', async (t) => {
  const { database, asker, answered, longOpen, get, move } = await buildPlace(t)
  await plantCategory(database, 'Knees')
  const { id } = await longOpen()
  assert.equal((await move(id, (await signedIn(database)).cookie)).statusCode, 403)
  assert.equal((await move(id, asker.cookie, { category: 'knees' })).statusCode, 404)
  const stale = await move(id, asker.cookie, { basis: '7' })
  assert.equal(stale.statusCode, 409)
  assert.match(textOf(stale), /has been changed since you opened this page/)
  const { questionId } = await answered({ hours: 1 })
  assert.equal((await move(questionId, asker.cookie)).statusCode, 409)
  assert.equal((await get(`/questions/${id}/category?to=spine`)).statusCode, 303)
})

test('the form is told of a category as soon as it is chosen', async (t) => {
  const { database, below, answered, get } = await buildPlace(t)
  for (const hours of [1, 2, 3, 4, 5]) await answered({ hours })
  await reckonWaits(database, now)
  assert.match(textOf(await get(`/ask/waits?category=${below.path}`)), /within 3 hours/)
  assert.equal((await get('/ask/waits?category=nowhere')).statusCode, 204)
  assert.equal((await get('/ask/waits')).statusCode, 204)
})

test('a category page takes as many queries with waits and many questions as without', async (t) => {
  const { database, below, answered, get } = await buildPlace(t)
  const look = () => get(`/categories/${below.path}`)
  await look()
  const before = await countQueries(look)
  for (const hours of [1, 2, 3, 4, 5, 6, 7]) await answered({ hours })
  await reckonWaits(database, now)
  assert.equal(await countQueries(look), before)
})

test('several servers may reckon at once', async (t) => {
  const { database, below } = await buildPlace(t)
  await Promise.all([reckonWaits(database, now), reckonWaits(database, now), tidy(database, now)])
  assert.equal((await findWait(database.read, below.id))!.expertCount, 1)
})

type Answered = { hours: number; pausedHours?: number; clarifyingHours?: number; endedHoursAgo?: number }

/** Spine › Low back, an expert for both, and questions that have waited for so long. */
async function buildPlace(t: TestContext) {
  t.mock.timers.enable({ apis: ['Date'], now })
  const { app, database } = await build(t)
  const category = await plantCategory(database, 'Spine')
  const below = await database.write((db) =>
    createCategory(db, { parentId: category.id, slug: 'low-back', name: 'Low back', description: '' }),
  )
  const [asker, expert] = [await signedIn(database, 'member', 'Ada'), await verifiedExpert(database)]
  const ask = (createdAt: Date, title?: string) =>
    askSomething(database, { askerId: asker.account.id, categoryId: below.id, createdAt, ...(title && { title }) })
  return {
    app,
    database,
    category,
    below,
    asker,
    get: (url: string, cookie?: string) => app.inject({ url, headers: cookie ? { cookie } : {} }),
    answered: async (wait: Answered) => {
      const end = hoursAgo(wait.endedHoursAgo ?? 0)
      const { id } = await ask(new Date(end.getTime() - wait.hours * HOUR_MS))
      await pause(database, id, { wait, end })
      return answerAt(t, end, () => answerSomething(database, id, expert.account.id, 'Whichever eases it, I say.'))
    },
    longOpen: async () => {
      const { id, slug } = await ask(hoursAgo(100), 'Long? So very long?')
      return { id, path: `/questions/${id}/${slug}` }
    },
    move: (id: number, cookie: string, fields = {}) =>
      app.inject({
        url: `/questions/${id}/category`,
        ...form({ category: 'spine', basis: '0', ...fields }, { cookie }),
      }),
  }
}

async function pause(database: Database, id: number, { wait, end }: { wait: Answered; end: Date }) {
  const { pausedHours = 0, clarifyingHours } = wait
  const clarifyingSince = clarifyingHours ? new Date(end.getTime() - clarifyingHours * HOUR_MS) : null
  const paused = { pausedSeconds: pausedHours * 3600, clarifyingSince }
  await database.write((db) => db.update(questions).set(paused).where(eq(questions.id, id)))
}

async function answerAt<Value>(t: TestContext, at: Date, work: () => Promise<Value>) {
  t.mock.timers.setTime(at.getTime())
  const value = await work()
  t.mock.timers.setTime(now.getTime())
  return value
}
