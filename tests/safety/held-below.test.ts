import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { auditEvents, comments, safetyMarks } from '../../src/database/schema.ts'
import { eraseWithdrawn } from '../../src/privacy/publishing.ts'
import { buildDiscussion } from '../comments/fixtures.ts'
import { form, textOf } from '../helper.ts'

const crisis = 'I want to kill myself because of this pain.'
const reason = 'Please call the Samaritans today. We think of you.'

test('what was held below a question waits for a decision of its own', async (t) => {
  const { queue, decisions, seen, database } = await buildHeld(t)

  assert.match(textOf(await queue()), /Held for you.*in what was said below/)
  const page = textOf(await decisions())
  assert.match(page, /Held: written below the question.*kill myself.*Your words to the asker/)
  assert.doesNotMatch(page, /I have looked at it/)
  await seen()
  const [mark] = await database.read.select().from(safetyMarks)
  assert.equal(mark!.seenAt, null)
})

test('once it is published its writer is told, and so is the expert it was written to', async (t) => {
  const { decide, asker, expert, get, path, subjects, database, queue } = await buildHeld(t)
  assert.deepEqual(await subjects(expert), [])

  assert.equal((await decide('publish')).statusCode, 303)
  assert.match((await get(path)).body, /kill myself/)
  assert.deepEqual(await subjects(asker), ['About what you wrote'])
  assert.deepEqual(await subjects(expert), ['Your answer has a follow-up question'])
  const events = await database.read.select().from(auditEvents)
  assert.deepEqual(
    events.map(({ action }) => action),
    ['comment-released'],
  )
  assert.match(textOf(await queue()), /Nothing waits for you here/)
})

test('what is not published says why to its writer, and nobody else hears of it', async (t) => {
  const { decide, asker, expert, get, path, subjects, mails, queue } = await buildHeld(t)
  const empty = await decide('keep', {})
  assert.equal(empty.statusCode, 422)
  assert.match(textOf(empty), /Please say in a sentence why/)

  assert.equal((await decide('keep', { reason })).statusCode, 303)
  assert.doesNotMatch((await get(path)).body, /kill myself/)
  assert.deepEqual(await subjects(asker), ['About what you wrote'])
  assert.match((await mails())[0]!.text, /we have not forgotten you.*Please call the Samaritans.*emergency number/s)
  assert.deepEqual(await subjects(expert), [])
  assert.match(textOf(await get(path, asker.cookie)), /Why: Please call the Samaritans today/)
  assert.match(textOf(await queue()), /Nothing waits for you here/)
})

test('of two moderators who decide at once one does, and its writer is told once', async (t) => {
  const { decide, asker, subjects } = await buildHeld(t)
  const replies = await Promise.all([decide('publish'), decide('keep', { reason }), decide('publish')])
  assert.deepEqual(replies.map(({ statusCode }) => statusCode).sort(), [303, 409, 409])
  assert.equal((await subjects(asker)).length, 1)
})

test('the way round, on its page, leads to the decision', async (t) => {
  const { show, get, path } = await buildHeld(t)
  const reply = await show(1)
  assert.equal(reply.headers.location, '/moderation/safety/1')
  assert.doesNotMatch((await get(path)).body, /kill myself/)
})

test('taken back while it is held, it is hidden from its writer and stays for moderators till one has looked', async (t) => {
  const { asker, moderator, takeBack, get, path, queue, decisions, decide, database, mails } = await buildHeld(t)

  assert.match(textOf(await get('/comments/1/withdrawal', asker.cookie)), /moderators can still read it.*get help now/)
  for (const reply of await Promise.all([takeBack(1, asker), takeBack(1, asker)]))
    assert.ok([303, 404].includes(reply.statusCode))
  for (const cookie of [asker.cookie, '']) assert.doesNotMatch((await get(path, cookie)).body, /kill myself/)
  assert.equal((await get('/comments/1/withdrawal', asker.cookie)).statusCode, 404)
  assert.match(textOf(await get(path, moderator.cookie)), /took it back before a moderator had read it.*kill myself/)
  assert.match(textOf(await queue()), /Held for you.*Taken back by its asker/)
  const page = textOf(await decisions())
  assert.match(page, /Its writer took it back.*kill myself.*I have looked at it/)
  assert.doesNotMatch(page, /Publish it/)
  assert.equal((await decide('publish')).statusCode, 409)

  await eraseWithdrawn(database, days(31))
  assert.equal((await database.read.select().from(comments)).length, 1)
  const told = (await mails()).length
  assert.equal((await decide('keep')).statusCode, 303)
  assert.equal((await mails()).length, told)
  assert.match(textOf(await queue()), /Nothing waits for you here/)
  await eraseWithdrawn(database, days(29))
  assert.equal((await database.read.select().from(comments)).length, 1)
  await eraseWithdrawn(database, days(31))
  assert.deepEqual(await database.read.select().from(comments), [])
})

test('what was taken back nobody shows again, and a moderator may still write to its writer', async (t) => {
  const { app, asker, moderator, takeBack, decide, mails, get, path } = await buildHeld(t)

  await takeBack(1, asker)
  await decide('keep', { reason })
  assert.match((await mails())[0]!.text, /Please call the Samaritans/)
  assert.doesNotMatch(textOf(await get(path, moderator.cookie)), /Show this comment again/)
  const shown = { url: '/comments/1/concealment?_method=DELETE', ...form({}, { cookie: moderator.cookie }) }
  await app.inject(shown)
  assert.doesNotMatch((await get(path)).body, /kill myself/)
})

test('while it waits its writer is told so, and led to help', async (t) => {
  const { asker, get, path } = await buildHeld(t)

  const page = textOf(await get(path, asker.cookie))
  assert.match(page, /It waits for a moderator.*Where to get help now/)
  assert.doesNotMatch(page, /Our staff have hidden this comment/)
})

test('others do not decide', async (t) => {
  const { app, asker, expert } = await buildHeld(t)
  for (const { cookie } of [asker, expert]) {
    const reply = await app.inject({
      url: '/moderation/safety/comments/1',
      ...form({ outcome: 'publish' }, { cookie }),
    })
    assert.equal(reply.statusCode, 403)
  }
})

test('somebody in danger is never told that it is too late or too much: it is held, and they are helped', async (t) => {
  const forum = await buildDiscussion(t)
  const { database, answer, followUp, asker, close, reply } = forum
  const { id } = await answer()
  t.mock.timers.enable({ apis: ['Date'], now: Date.now() + 29 * 86_400_000 })
  await close()

  for (const posted of [await followUp(id, asker, { body: crisis }), await reply({ body: crisis })])
    assert.equal(posted.headers.location, `/questions/${forum.id}/help`)
  const said = await database.read.select().from(comments)
  assert.deepEqual(
    said.map(({ hiddenAt }) => hiddenAt !== null),
    [true, true],
  )
  const staff = (await forum.mails()).filter(({ recipient }) => recipient === forum.moderator.account.email)
  assert.equal(staff.length, 2)
})

const days = (count: number) => new Date(Date.now() + count * 86_400_000)

async function buildHeld(t: TestContext) {
  const forum = await buildDiscussion(t)
  const { app, get, moderator, answer, followUp, asker, mails } = forum
  const { id } = await answer()
  const posted = await followUp(id, asker, { body: crisis })
  assert.match(String(posted.headers.location), /\/help$/)
  const send = (url: string, fields: Record<string, string>) =>
    app.inject({ url, ...form(fields, { cookie: moderator.cookie }) })
  return {
    ...forum,
    queue: () => get('/moderation/safety', moderator.cookie),
    decisions: () => get('/moderation/safety/1', moderator.cookie),
    seen: () => send('/moderation/safety/1', { outcome: 'seen' }),
    decide: (outcome: string, fields: Record<string, string> = {}) =>
      send('/moderation/safety/comments/1', { outcome, ...fields }),
    subjects: async ({ account }: { account: { email: string } }) =>
      (await mails()).filter(({ recipient }) => recipient === account.email).map(({ subject }) => subject),
  }
}
