import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { auditEvents, questions, revisions } from '../../src/database/schema.ts'
import { findQuestion, updateQuestion } from '../../src/questions/queries.ts'
import { askSomething, plantCategory } from '../fixtures.ts'
import { build, form, signedIn, textOf } from '../helper.ts'

test('whoever saves over a change they have not seen is told so, and keeps what they typed', async (t) => {
  const { edit } = await buildQuestion(t)
  assert.equal((await edit('The first one to save.', '0')).statusCode, 303)

  const late = await edit('The second one to save.', '0')
  assert.equal(late.statusCode, 409)
  assert.match(textOf(late), /This question has been changed since you opened it.*The second one to save/)
  const [, basis] = /name="basis" value="(\d+)"/.exec(late.body)!
  assert.equal((await edit('The second one to save.', basis!)).statusCode, 303)
})

test('a preview does not forget which version was opened', async (t) => {
  const { edit } = await buildQuestion(t)
  await edit('The first one to save.', '0')

  const preview = await edit('The second one to save.', '0', 'preview')
  assert.match(preview.body, /name="basis" value="0"/)
})

test('of many edits at once one is made, and no version is lost', async (t) => {
  const { database, account, categoryId } = await buildQuestion(t)
  const question = (await findQuestion(database.read, 1))!
  const texts = [1, 2, 3, 4].map((number) => ({ ...question, body: `Text number ${number}, long enough.` }))

  const edits = texts.map((text) =>
    database.write((db) => updateQuestion(db, question, { ...text, categoryId, editorId: account.id })),
  )
  const made = (await Promise.all(edits)).filter((updated) => updated !== undefined)
  assert.equal(made.length, 1)
  const kept = await database.read.select().from(revisions)
  assert.deepEqual(
    kept.map(({ body }) => body),
    [question.body],
  )
  assert.equal((await findQuestion(database.read, 1))!.body, made[0]!.body)
})

test('an answer that comes while its asker edits is no obstacle', async (t) => {
  const { app, edit, cookie } = await buildQuestion(t)
  await app.inject({ url: '/questions/1/closure', ...form({}, { cookie }) })
  await app.inject({ url: '/questions/1/closure?_method=DELETE', ...form({}, { cookie }) })

  assert.equal((await edit('Saved all the same, it is.', '0')).statusCode, 303)
})

test('what staff closed, only staff open again', async (t) => {
  const { app, database, cookie } = await buildQuestion(t)
  const moderator = await signedIn(database, 'moderator', 'Mo')
  const post = async (cookie: string, end = '') =>
    (await app.inject({ url: `/questions/1/closure${end}`, ...form({}, { cookie }) })).statusCode
  await post(moderator.cookie)

  const page = await app.inject({ url: '/questions/1/is-heat-better-than-ice', headers: { cookie } })
  assert.match(textOf(page), /Our staff have closed this question/)
  assert.doesNotMatch(textOf(page), /Open it again/)
  assert.equal(await post(cookie, '?_method=DELETE'), 403)
  assert.equal(await post(moderator.cookie, '?_method=DELETE'), 303)
  const events = await database.read.select().from(auditEvents).orderBy(auditEvents.id)
  assert.deepEqual(
    events.map(({ action }) => action),
    ['question-closed', 'question-reopened'],
  )
})

test('askers close and open their own question without a word in the record of staff', async (t) => {
  const { app, database, cookie, account } = await buildQuestion(t)
  await app.inject({ url: '/questions/1/closure', ...form({}, { cookie }) })

  const [question] = await database.read.select().from(questions)
  assert.equal(question!.closedById, account.id)
  assert.equal(await database.read.$count(auditEvents), 0)
})

async function buildQuestion(t: TestContext) {
  const { app, database } = await build(t)
  const { account, cookie } = await signedIn(database)
  const { id: categoryId } = await plantCategory(database)
  await askSomething(database, { askerId: account.id, categoryId })
  const title = 'Is heat better than ice?'
  const edit = (body: string, basis: string, action = 'post') =>
    app.inject({
      url: '/questions/1/edit',
      ...form({ title, body, category: 'chiropractors', basis, action }, { cookie }),
    })
  return { app, database, account, cookie, categoryId, edit }
}
