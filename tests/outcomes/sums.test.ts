import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { and, eq } from 'drizzle-orm'
import { hideThread } from '../../src/answers/concealment-queries.ts'
import { outcomeRequests } from '../../src/database/schema.ts'
import { type Outcome, planOutcomes } from '../../src/outcomes/queries.ts'
import { outcomeSum } from '../../src/outcomes/sums.ts'
import { findAnyQuestion } from '../../src/questions/queries.ts'
import { countQueries } from '../count-queries.ts'
import { answerSomething, askSomething, plantCategory, verifiedExpert } from '../fixtures.ts'
import { build, signedIn, textOf } from '../helper.ts'

const MINUTES_MS = 11 * 60_000

test('four who told us are too few to say anything of, five are not', async (t) => {
  const { tell, look, pages } = await buildTold(t)
  await tell(6, ['much-better', 'better', 'same', 'worse'])
  for (const path of pages()) assert.doesNotMatch(await look(path), /felt better/)

  await tell(6, ['better'])
  const [category, question, expert] = pages()
  const sentence = '3 of 5 people who told us felt better 6 weeks after an answer'
  for (const path of [category!, question!]) assert.match(await look(path), new RegExp(`Chiropractors: ${sentence}`))
  assert.match(await look(expert!), new RegExp(sentence))
})

test('the page of a question tells what many said, not what its asker did', async (t) => {
  const { tell, look, pages } = await buildTold(t)
  await tell(6, ['better'])
  assert.doesNotMatch(await look(pages()[1]!), /felt better|who told us/)
})

test('what was told below a hidden question is counted nowhere', async (t) => {
  const { database, tell, look, pages } = await buildTold(t)
  await tell(6, ['better', 'better', 'better', 'better', 'better'])
  const question = (await findAnyQuestion(database.read, 3))!
  await database.write((db) => hideThread(db, question, { hiddenById: 1, hiddenReason: 'It names somebody.' }))
  for (const path of pages()) assert.doesNotMatch(await look(path), /felt better/)
})

test('the page of a question does not look anew each time', async (t) => {
  const { app, pages, tell } = await buildTold(t)
  await tell(6, ['better'])
  const look = () => app.inject(pages()[1]!)
  const first = await countQueries(look)
  assert.equal(await countQueries(look), first - 1)
})

test('six weeks tell most; without them twelve, then two', () => {
  const five = (week: number) => ({ week, outcome: 'better' as const, count: 5 })
  assert.equal(outcomeSum([five(2), five(6), five(12)])!.week, 6)
  assert.equal(outcomeSum([five(2), five(12)])!.week, 12)
  assert.equal(outcomeSum([five(2), { week: 6, outcome: 'same', count: 4 }])!.week, 2)
  assert.equal(outcomeSum([]), undefined)
})

async function buildTold(t: TestContext) {
  t.mock.timers.enable({ apis: ['Date'], now: Date.now() })
  const { app, database } = await build(t)
  const category = await plantCategory(database)
  const expert = await verifiedExpert(database)
  let path = ''

  async function tellOne(week: number, outcome: Outcome) {
    const { account } = await signedIn(database)
    const question = await askSomething(database, { askerId: account.id, categoryId: category.id })
    await answerSomething(database, question.id, expert.account.id, 'Rest for a week.')
    path = `/questions/${question.id}/${question.slug}`
    await database.write(async (db) => {
      await planOutcomes(db, { questionId: question.id, accountId: account.id, answeredAt: new Date() })
      await db
        .update(outcomeRequests)
        .set({ outcome })
        .where(and(eq(outcomeRequests.questionId, question.id), eq(outcomeRequests.week, week)))
    })
  }

  return {
    app,
    database,
    async tell(week: number, outcomes: Outcome[]) {
      for (const outcome of outcomes) await tellOne(week, outcome)
      t.mock.timers.tick(MINUTES_MS)
    },
    look: async (address: string) => textOf(await app.inject(address)),
    /** Of the category, of the last question and of the expert. */
    pages: () => [`/categories/${category.path}`, path, `/experts/${expert.handle}`],
  }
}
