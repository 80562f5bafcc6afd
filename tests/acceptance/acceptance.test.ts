import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isNotNull } from 'drizzle-orm'
import { acceptAnswer } from '../../src/acceptance/queries.ts'
import { hideAnswer, showAnswer } from '../../src/answers/concealment-queries.ts'
import { answers } from '../../src/database/schema.ts'
import { restoreAnswer, withdrawAnswer } from '../../src/recalls/queries.ts'
import { buildDiscussion, questionData } from '../comments/fixtures.ts'
import { answerSomething } from '../fixtures.ts'
import { form, textOf } from '../helper.ts'

test('the asker accepts an answer: it is marked, stands first, and search engines are told', async (t) => {
  const { get, path, accept, first, second, asker } = await buildAnswers(t)
  assert.equal(questionData(await get(path)).acceptedAnswer, undefined)

  assert.equal((await accept(second.id)).statusCode, 303)
  const page = await get(path)
  assert.match(textOf(page), /this answers my question.*Rest for a week.*Whichever eases it/)
  const data = questionData(page)
  assert.match(data.acceptedAnswer.url, new RegExp(`#answer-${second.id}$`))
  assert.deepEqual([data.answerCount, data.suggestedAnswer.length], [2, 1])
  assert.match(textOf(await get(path, asker.cookie)), /It does not answer my question after all/)
  assert.match(data.suggestedAnswer[0].url, new RegExp(`#answer-${first.id}$`))
})

test('another one takes its place in one go, and the mark can be taken away', async (t) => {
  const { accept, unaccept, accepted, first, second } = await buildAnswers(t)
  await accept(first.id)
  await accept(second.id)
  assert.deepEqual(await accepted(), [second.id])
  assert.equal((await unaccept(second.id)).statusCode, 303)
  assert.deepEqual(await accepted(), [])
})

test('of two acceptances at once one stands', async (t) => {
  const { database, accepted, first, second } = await buildAnswers(t)
  const both = [first, second, first, second, first, second]
  await Promise.all(both.map((answer) => database.write((db) => acceptAnswer(db, answer))))
  assert.equal((await accepted()).length, 1)
})

test('only whoever asked accepts', async (t) => {
  const { app, expert, other, member, moderator, first, asker } = await buildAnswers(t)
  const url = `/answers/${first.id}/acceptance`
  for (const { cookie } of [expert, other, member, moderator]) {
    assert.equal((await app.inject({ url, ...form({}, { cookie }) })).statusCode, 403)
    assert.equal((await app.inject({ url: `${url}?_method=DELETE`, ...form({}, { cookie }) })).statusCode, 403)
  }
  const { cookie } = asker
  assert.equal((await app.inject({ url: '/answers/99/acceptance', ...form({}, { cookie }) })).statusCode, 404)
})

test('a hidden answer is none any more and cannot be accepted, and comes back with the mark', async (t) => {
  const { get, path, accept, hideFirst, showFirst, first } = await buildAnswers(t)
  await accept(first.id)
  await hideFirst()

  assert.equal(questionData(await get(path)).acceptedAnswer, undefined)
  const refused = await accept(first.id)
  assert.equal(refused.statusCode, 409)
  assert.match(textOf(refused), /This answer was taken down/)
  await showFirst()
  assert.match(textOf(await get(path)), /this answers my question.*Whichever eases it/)
})

test('what was accepted in its place meanwhile stays accepted', async (t) => {
  const { accept, accepted, hideFirst, showFirst, first, second } = await buildAnswers(t)
  await accept(first.id)
  await hideFirst()
  await accept(second.id)
  await showFirst()
  assert.deepEqual(await accepted(), [second.id])
})

test('the mark that its asker takes away while it is hidden does not come back', async (t) => {
  const { accept, unaccept, accepted, hideFirst, showFirst, first } = await buildAnswers(t)
  await accept(first.id)
  await hideFirst()
  await unaccept(first.id)
  await showFirst()
  assert.deepEqual(await accepted(), [])
})

test('a withdrawn answer is none either, until it is restored', async (t) => {
  const { database, get, path, accept, first, expert } = await buildAnswers(t)
  await accept(first.id)
  const recall = { reason: 'It was wrong.', byId: expert.account.id, byName: 'Vera Lund', now: new Date() }
  await database.write((db) => withdrawAnswer(db, first, recall))

  assert.equal(questionData(await get(path)).acceptedAnswer, undefined)
  assert.equal((await accept(first.id)).statusCode, 409)
  await database.write((db) => restoreAnswer(db, first, recall))
  assert.match(questionData(await get(path)).acceptedAnswer.url, new RegExp(`#answer-${first.id}$`))
})

test('also once the question is closed', async (t) => {
  const { close, accept, accepted, first } = await buildAnswers(t)
  await close()
  assert.equal((await accept(first.id)).statusCode, 303)
  assert.deepEqual(await accepted(), [first.id])
})

async function buildAnswers(t: Parameters<typeof buildDiscussion>[0]) {
  const forum = await buildDiscussion(t)
  const { app, database, asker, other, moderator, id } = forum
  const first = await forum.answer()
  const second = await answerSomething(database, id, other.account.id, 'Rest for a week.')
  const post = (url: string) => app.inject({ url, ...form({}, { cookie: asker.cookie }) })
  const concealment = { hiddenById: moderator.account.id, hiddenReason: 'It names a third person.' }
  return {
    ...forum,
    first,
    second,
    hideFirst: () => database.write((db) => hideAnswer(db, first, concealment)),
    showFirst: () => database.write((db) => showAnswer(db, first)),
    accept: (answerId: number) => post(`/answers/${answerId}/acceptance`),
    unaccept: (answerId: number) => post(`/answers/${answerId}/acceptance?_method=DELETE`),
    accepted: async () =>
      (await database.read.select({ id: answers.id }).from(answers).where(isNotNull(answers.acceptedAt))).map(
        (answer) => answer.id,
      ),
  }
}
