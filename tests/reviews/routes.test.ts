import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { eq } from 'drizzle-orm'
import { hideThread } from '../../src/answers/concealment-queries.ts'
import { findAnswer } from '../../src/answers/queries.ts'
import { categories, expertCategories, experts, outbox, sessions } from '../../src/database/schema.ts'
import type { Database } from '../../src/database/types.ts'
import { findAnyQuestion } from '../../src/questions/queries.ts'
import { countOverdue } from '../../src/reviews/queries.ts'
import { remindOfReviews } from '../../src/reviews/reminders.ts'
import { reviewBasis } from '../../src/reviews/views.ts'
import { countQueries } from '../count-queries.ts'
import { answerSomething, askSomething, plantCategory, verifiedExpert } from '../fixtures.ts'
import { build, form, signedIn, textOf } from '../helper.ts'

const body = 'Whichever eases it. Neither heals anything.'
const path = '/questions/1/is-heat-better-than-ice'
const site = {
  t: (text: string, values?: object) => `${text} ${JSON.stringify(values ?? {})}`,
  siteName: 'Bone Health',
  absolute: (path: string) => `https://example.org${path}`,
  formatDate: (date: Date) => date.toISOString(),
}

test('an answer is due after two years, or as the nearest category says', async (t) => {
  const { database, author, category, answer } = await buildThread(t)
  assert.equal(day(answer.reviewBy), '2026-03-15')
  const below = await plantBelow(database, category.id)
  await database.write((db) => db.update(categories).set({ reviewMonths: 6 }).where(eq(categories.id, category.id)))

  const { id } = await askSomething(database, { categoryId: below.id })
  const other = await answerSomething(database, id, author.account.id, body)
  assert.equal(day(other.reviewBy), '2024-09-15')
})

test('past that date the page says so plainly, and no longer once an expert has looked', async (t) => {
  const { author, get, travel, review } = await buildThread(t)
  assert.doesNotMatch(textOf(await get(path)), /due to be checked/)
  travel('2026-04-01')
  const page = textOf(await get(path))
  assert.match(page, /This answer was due to be checked in March 2026\. Medicine may have moved on\./)

  assert.equal((await review(author)).statusCode, 303)
  const after = await get(path)
  assert.doesNotMatch(textOf(after), /due to be checked/)
  assert.match(textOf(after), /Last reviewed 1 April 2026 by Vera Lund/)
  assert.match(after.body, /"lastReviewed":"2026-04-01","reviewedBy":{"@type":"Person","name":"Vera Lund"}/)
  travel('2028-04-02')
  assert.match(textOf(await get(path)), /was due to be checked in April 2028/)
})

test('another expert in scope may say that it holds; askers, members and experts elsewhere may not', async (t) => {
  const { database, asker, review, get } = await buildThread(t)
  const [other, elsewhere] = [await verifiedExpert(database, 'Ugo Bassi'), await verifiedExpert(database, 'Olga Out')]
  const knees = await plantCategory(database, 'Knees')
  await database.write((db) =>
    db.insert(expertCategories).values({ expertId: elsewhere.account.id, categoryId: knees.id }),
  )
  for (const someone of [asker, await signedIn(database), elsewhere])
    assert.equal((await review(someone)).statusCode, 403)
  assert.equal((await review(other, { note: 'The guideline of 2023' })).statusCode, 303)
  assert.match(textOf(await get(path)), /Last reviewed 15 March 2024 by Ugo Bassi/)
  assert.match(textOf(await get('/answers/1/review', other.cookie)), /When it was checked before Ugo Bassi.*guideline/)
})

test('two who check it at once make one review', async (t) => {
  const { database, author, review, basis } = await buildThread(t)
  const other = await verifiedExpert(database, 'Ugo Bassi')
  const seen = { basis: await basis() }
  const replies = await Promise.all([review(author, seen), review(other, seen)])
  assert.deepEqual(replies.map(({ statusCode }) => statusCode).sort(), [303, 409])
})

test('an edit can say that all of it has been checked', async (t) => {
  const { app, author, get, travel, answer } = await buildThread(t)
  travel('2026-04-01')
  await get(path)
  const fields = { body: `${body} Still.`, basis: `${answer.createdAt.getTime()}`, isReviewed: 'true' }
  await app.inject({ url: '/answers/1/edit', ...form(fields, { cookie: author.cookie }) })
  assert.match(textOf(await get(path)), /Last reviewed 1 April 2026 by Vera Lund.*Still\./)
})

test('an expert sees what is overdue of their own, and of others where they answer', async (t) => {
  const { database, author, get, travel } = await buildThread(t)
  const other = await verifiedExpert(database, 'Ugo Bassi')
  travel('2026-04-01')

  const mine = await get('/desk/reviews', author.cookie)
  assert.match(textOf(mine), /Is heat better than ice\?.*Due since March 2026 Check it/)
  assert.match(textOf(await get('/desk/reviews', other.cookie)), /None of your answers is due/)
  const others = await get('/desk/reviews?show=others', other.cookie)
  assert.match(textOf(others), /Is heat better than ice\? Answered by Vera Lund/)
  const knees = await plantCategory(database, 'Knees')
  await database.write((db) => db.insert(expertCategories).values({ expertId: other.account.id, categoryId: knees.id }))
  assert.match(textOf(await get('/desk/reviews?show=others', other.cookie)), /No answer of a colleague/)
})

test('staff see all that is overdue, others see neither list', async (t) => {
  const { database, asker, author, get, travel } = await buildThread(t)
  const moderator = await signedIn(database, 'moderator')
  travel('2026-04-01')
  assert.match(
    textOf(await get('/moderation/reviews', moderator.cookie)),
    /One answer is past.*Is heat better than ice/,
  )
  assert.equal((await get('/moderation/reviews', author.cookie)).statusCode, 403)
  assert.equal((await get('/desk/reviews', asker.cookie)).statusCode, 403)
  assert.equal((await get('/desk/reviews')).statusCode, 303)
})

test('the author is told once when it is due, staff once 30 days later, and both again two years on', async (t) => {
  const { database, author, travel, review } = await buildThread(t)
  const moderator = await signedIn(database, 'moderator')
  const mailed = async (date: string) => {
    await database.write((db) => db.delete(outbox))
    for (let round = 0; round < 2; round += 1) await remindOfReviews(database, site, new Date(date))
    const mails = await database.read.select().from(outbox)
    return mails.map(({ accountId, text }) => [accountId, /\/(\w+\/\w+)\n/.exec(text)?.[1]])
  }

  assert.deepEqual(await mailed('2026-03-14'), [])
  assert.deepEqual(await mailed('2026-03-16'), [[author.account.id, 'desk/reviews']])
  assert.deepEqual(await mailed('2026-04-10'), [])
  assert.deepEqual(await mailed('2026-04-20'), [[moderator.account.id, 'moderation/reviews']])
  assert.deepEqual(await mailed('2026-06-01'), [])
  travel('2026-06-01')
  await review(author)
  assert.deepEqual(await mailed('2026-06-02'), [])
  assert.deepEqual(await mailed('2028-06-02'), [[author.account.id, 'desk/reviews']])
})

test('what is hidden is nobody’s to check', async (t) => {
  const { database } = await buildThread(t)
  const moderator = await signedIn(database, 'moderator')
  const concealment = { hiddenById: moderator.account.id, hiddenReason: 'It names somebody.' }
  const now = new Date('2026-04-01')
  assert.equal(await countOverdue(database.read, { now }), 1)
  await database.write(async (db) => hideThread(db, (await findAnyQuestion(db, 1))!, concealment))
  assert.equal(await countOverdue(database.read, { now }), 0)
  await remindOfReviews(database, site, now)
  assert.equal((await database.read.select().from(outbox)).length, 0)
})

test('the lists take as many queries for many as for one, and lead on', async (t) => {
  const { database, author, get, travel } = await buildThread(t)
  travel('2026-04-01')
  const look = () => get('/desk/reviews', author.cookie)
  const few = await countQueries(look)
  travel('2024-03-15')
  for (let number = 0; number < 22; number += 1) {
    const { id } = await askSomething(database, { title: `Number ${number}?` })
    await answerSomething(database, id, author.account.id, body)
  }
  travel('2026-04-01')
  assert.equal(await countQueries(look), few)
  const next = /href="([^"]+)"[^>]*>Due later|rel="next" href="([^"]+)"/.exec((await look()).body)!
  assert.match(textOf(await get((next[1] ?? next[2])!.replaceAll('&amp;', '&'), author.cookie)), /Number 21\?/)
})

test('an expert whose verification has ended checks nothing', async (t) => {
  const { database, author, review } = await buildThread(t)
  await database.write((db) => db.update(experts).set({ verifiedAt: null }))
  assert.equal((await review(author)).statusCode, 403)
})

const day = (date: Date | null) => date?.toISOString().slice(0, 10)

async function plantBelow(database: Database, parentId: number) {
  const { createCategory } = await import('../../src/categories/tree-queries.ts')
  return database.write((db) => createCategory(db, { parentId, slug: 'below', name: 'Below', description: '' }))
}

/** Nobody's session ends while a test travels. */
const keepSessions = (database: Database) =>
  database.write((db) => db.update(sessions).set({ expiresAt: new Date('2100-01-01'), updatedAt: new Date() }))

/** An answer of March 2024. */
async function buildThread(t: TestContext) {
  const travel = (date: string) => t.mock.timers.setTime(new Date(date).getTime())
  t.mock.timers.enable({ apis: ['Date'], now: new Date('2024-03-15') })
  const { app, database } = await build(t)
  const category = await plantCategory(database)
  const asker = await signedIn(database, 'member', 'Ada')
  const author = await verifiedExpert(database)
  const { id } = await askSomething(database, { askerId: asker.account.id, categoryId: category.id })
  const answer = await answerSomething(database, id, author.account.id, body)
  const basis = async () => reviewBasis((await findAnswer(database.read, answer.id))!)
  return {
    app,
    database,
    category,
    asker,
    author,
    answer,
    basis,
    travel,
    get: async (url: string, cookie?: string) => {
      await keepSessions(database)
      return app.inject({ url, headers: cookie ? { cookie } : {} })
    },
    review: async ({ cookie }: { cookie: string }, fields = {}) => {
      await keepSessions(database)
      return app.inject({ url: '/answers/1/review', ...form({ basis: await basis(), ...fields }, { cookie }) })
    },
  }
}
