import assert from 'node:assert/strict'
import { test } from 'node:test'
import { eq } from 'drizzle-orm'
import { hideAnswer, showAnswer } from '../../src/answers/concealment-queries.ts'
import { findAnswer } from '../../src/answers/queries.ts'
import { accounts, comments } from '../../src/database/schema.ts'
import { textOf } from '../helper.ts'
import { buildDiscussion, questionData, REPLIED } from './fixtures.ts'

const DAY_MS = 86_400_000
const QUESTION = 'And after a long day on my feet?'
const REPLY = 'Then lie down, with your knees bent.'

test('the asker comes back to an answer, its expert is told and replies in place', async (t) => {
  const { answer, followUp, get, path, asker, expert, mails } = await buildDiscussion(t)
  const { id } = await answer()

  const sent = await followUp(id, asker, { body: QUESTION })
  assert.equal(sent.headers.location, `${path}#comment-1`)
  const [told] = await mails()
  assert.equal(told!.recipient, expert.account.email)
  assert.doesNotMatch(`${told!.subject} ${told!.text}`, /heat|feet|Ada|Quiet/i)
  assert.match((await get(path, expert.cookie)).body, /<details open>\s*<summary>Reply/)

  await followUp(id, expert, { body: REPLY })
  assert.equal((await mails())[0]!.recipient, asker.account.email)
  const page = await get(path)
  assert.match(textOf(page), /Follow-up: 2 comments Quiet Heron 7 Asker.*long day.*Vera Lund.*knees bent/)
  assert.doesNotMatch(page.body, /Lovelace|<details open/)
})

test('search engines are told of it as comments on the answer', async (t) => {
  const { answer, ask, followUp, get, path, asker } = await buildDiscussion(t)
  await ask()
  const { id } = await answer()
  await followUp(id, asker, { body: QUESTION })

  const data = questionData(await get(path))
  assert.equal(data.commentCount, 1)
  assert.equal(data.suggestedAnswer[0].commentCount, 1)
  assert.equal(data.suggestedAnswer[0].comment[0].text, QUESTION)
})

test('after fourteen days the page asks kindly to ask anew', async (t) => {
  t.mock.timers.enable({ apis: ['Date'], now: Date.now() })
  const { answer, followUp, get, path, asker, expert, category } = await buildDiscussion(t)
  const { id } = await answer()
  await followUp(id, asker, { body: QUESTION })
  assert.match(textOf(await get(path, asker.cookie)), /Ask Vera Lund a follow-up question You can ask until/)

  t.mock.timers.tick(14 * DAY_MS + 1)
  const page = await get(path, asker.cookie)
  assert.match(textOf(page), /The time for follow-up questions to this answer is over\. Ask anew/)
  assert.match(page.body, new RegExp(`/ask\\?category=${category.path}`))
  const late = await followUp(id, asker, { body: 'And in winter, when it is cold?' })
  assert.equal(late.statusCode, 409)
  assert.match(textOf(late), /time for follow-up questions to Vera Lund is over.*Ask a new question.*And in winter/)
  assert.doesNotMatch(textOf(await get(path)), /Ask anew/)
  assert.equal((await followUp(id, expert, { body: REPLY })).statusCode, 303)
})

test('a site that wants no follow-ups takes none', async (t) => {
  const { answer, followUp, get, path, asker } = await buildDiscussion(t, { followUpDays: 0 })
  const { id } = await answer()

  assert.doesNotMatch(textOf(await get(path, asker.cookie)), /[Ff]ollow-up/)
  assert.equal((await followUp(id, asker)).statusCode, 409)
})

test('nobody else writes below an answer, and its expert only once they were asked', async (t) => {
  const { answer, followUp, asker, expert, other, member, moderator } = await buildDiscussion(t)
  const { id } = await answer()

  for (const somebody of [other, member, moderator]) assert.equal((await followUp(id, somebody)).statusCode, 403)
  assert.equal((await followUp(id, expert)).statusCode, 409)
  assert.equal((await followUp(999, asker)).statusCode, 404)
  for (let time = 0; time < 3; time += 1) assert.equal((await followUp(id, asker)).statusCode, 303)
  assert.equal((await followUp(id, asker)).statusCode, 409)
})

test('what stands below a hidden answer is hidden with it', async (t) => {
  const { database, answer, followUp, get, path, asker, moderator, question } = await buildDiscussion(t)
  const { id } = await answer()
  await followUp(id, asker, { body: `${QUESTION} On a toboggan?` })
  const concealment = { hiddenById: moderator.account.id, hiddenReason: 'It names a third person.' }
  const row = (await findAnswer(database.read, id))!
  assert.equal((await question()).commentCount, 1)

  await database.write((db) => hideAnswer(db, row, concealment))
  assert.equal((await question()).commentCount, 0)
  for (const cookie of ['', asker.cookie]) assert.doesNotMatch((await get(path, cookie)).body, /toboggan/)
  assert.doesNotMatch((await get('/search?q=toboggan')).body, /Is heat better/)
  const refused = await followUp(id, asker, { body: REPLIED })
  assert.match(textOf(refused), /answer was taken down while you were writing.*left side/)

  await database.write((db) => showAnswer(db, row))
  assert.match((await get(path)).body, /toboggan/)
  assert.equal((await question()).commentCount, 1)
})

test('there is nobody to ask where the expert has left, and the thread stays', async (t) => {
  const { database, answer, followUp, get, path, asker, expert } = await buildDiscussion(t)
  const { id } = await answer()
  await followUp(id, asker, { body: QUESTION })
  await followUp(id, expert, { body: REPLY })
  await database.write((db) => db.delete(accounts).where(eq(accounts.id, expert.account.id)))

  const page = textOf(await get(path, asker.cookie))
  assert.match(page, /Vera Lund.*knees bent/)
  assert.doesNotMatch(page, /Ask Vera Lund/)
})

test('hiding one and taking it back count right', async (t) => {
  const { database, answer, followUp, hide, takeBack, asker, question } = await buildDiscussion(t)
  const { id } = await answer()
  await followUp(id, asker)
  await followUp(id, asker)

  await hide(1)
  assert.equal((await question()).commentCount, 1)
  await takeBack(2, asker)
  assert.equal((await question()).commentCount, 0)
  assert.equal(await database.read.$count(comments), 1)
})
