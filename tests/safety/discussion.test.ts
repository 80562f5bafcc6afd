import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { comments, outbox, safetyMarks } from '../../src/database/schema.ts'
import { carriedOn } from '../asking/asker.ts'
import { answerSomething, askSomething, newKey, verifiedExpert } from '../fixtures.ts'
import { build, form, signedIn, textOf } from '../helper.ts'

const urgent = 'Since last night my groin is numb and I cannot pee. The back is bad too.'
const crisis = 'I want to kill myself because of this pain.'

test('a follow-up that may be urgent is warned of, then marked, and staff are told', async (t) => {
  const { say, database, moderator } = await buildThread(t)

  const page = await say({ body: urgent })
  assert.match(textOf(page), /This needs a hospital today/)
  assert.equal(await database.read.$count(comments), 0)
  assert.equal((await say({ body: urgent, warned: 'cauda-equina' })).statusCode, 303)
  const [mark] = await database.read.select().from(safetyMarks)
  assert.ok(mark!.commentId)
  const mails = await database.read.select().from(outbox)
  assert.ok(mails.some(({ recipient, subject }) => recipient === moderator.account.email && /Urgent/.test(subject)))
})

test('a follow-up that may be urgent can be changed, and nothing of it is lost', async (t) => {
  const { say } = await buildThread(t)

  const page = await say({ body: urgent })
  assert.match(textOf(page), /Change my text Leave without sending it/)
  const back = await say({ ...carriedOn(page), action: 'change' })
  assert.equal(back.statusCode, 200)
  assert.ok(back.body.includes(urgent))
})

test('a follow-up of somebody who may be in danger is held, and they are shown help', async (t) => {
  const { app, say, asker, database, path } = await buildThread(t)

  const posted = await say({ body: crisis })
  assert.match(String(posted.headers.location), /\/help$/)
  const help = await app.inject({ url: posted.headers.location!, headers: { cookie: asker.cookie } })
  assert.match(textOf(help), /You matter/)
  assert.doesNotMatch((await app.inject(path)).body, /kill myself/)
  const [comment] = await database.read.select().from(comments)
  assert.ok(comment!.hiddenAt)
})

test('what an expert writes is not looked at', async (t) => {
  const { app, expert, answer, say, database } = await buildThread(t)
  await say({ body: 'Thank you. And what about cold packs then?' })

  const body = 'If your groin goes numb and you cannot pee, go to hospital at once.'
  const reply = { body, key: newKey() }
  const posted = await app.inject({
    url: `/answers/${answer.id}/follow-ups`,
    ...form(reply, { cookie: expert.cookie }),
  })
  assert.equal(posted.statusCode, 303)
  assert.equal(await database.read.$count(safetyMarks), 0)
})

async function buildThread(t: TestContext) {
  const { app, database } = await build(t)
  const asker = await signedIn(database, 'member', 'Ada')
  const moderator = await signedIn(database, 'moderator')
  const expert = await verifiedExpert(database)
  const question = await askSomething(database, { askerId: asker.account.id })
  const answer = await answerSomething(database, question.id, expert.account.id, 'Whichever eases it: neither heals.')
  const say = (fields: Record<string, string>) =>
    app.inject({
      url: `/answers/${answer.id}/follow-ups`,
      ...form({ key: newKey(), ...fields }, { cookie: asker.cookie }),
    })
  return { app, database, asker, moderator, expert, answer, say, path: `/questions/${question.id}/${question.slug}` }
}
