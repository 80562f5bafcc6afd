import assert from 'node:assert/strict'
import { test } from 'node:test'
import { eq } from 'drizzle-orm'
import { drafts, incidents, sessions } from '../../src/database/schema.ts'
import { newKey } from '../fixtures.ts'
import { form, signedIn, textOf } from '../helper.ts'
import { buildReported, HARM } from './fixtures.ts'

test('an answer that is reported is hidden at once, and staff and its expert hear of it', async (t) => {
  const { get, path, report, member, moderator, expert, mailsTo, subjects } = await buildReported(t)

  assert.match(textOf(await report(member)), /We have hidden the answer/)
  assert.doesNotMatch((await get(path)).body, /Stop whatever you take/)
  assert.match((await mailsTo(moderator.account.email))[0]!.text, /hidden till one of you has looked/)
  const [told] = await mailsTo(expert.account.email)
  assert.match(told!.text, /may do harm/)
  assert.doesNotMatch(told!.text, /Otto/)
  assert.doesNotMatch(await subjects(), /heat|ice\b|harm.*heat/)
})

test('till that is decided its page says that an answer stood there', async (t) => {
  const { get, path, report, decide, member, moderator, expert } = await buildReported(t)
  await report(member)

  const page = textOf(await get(path))
  assert.match(page, /No answer that stands, 1 taken back or taken down/)
  assert.match(page, /An answer that stood here is being checked\. Please do not go by it till then\./)
  assert.doesNotMatch(page, /No answer yet|has yet to answer/)
  assert.doesNotMatch(textOf(await get(path, expert)), /An answer that stood here/)
  await decide(moderator, 'dismissed')
  assert.match(textOf(await get(path)), / 1 answer /)
})

test('whoever asked and everybody who was sent it are told not to go by it meanwhile, without health text', async (t) => {
  const { report, member, asker, grateful, mailsTo } = await buildReported(t)
  await report(member)

  for (const { account } of [asker, grateful]) {
    const mails = await mailsTo(account.email)
    assert.deepEqual(
      mails.map(({ subject }) => subject),
      ['An answer you were sent is being checked'],
    )
    assert.match(mails[0]!.text, /Please do not go by it till then/)
    assert.doesNotMatch(mails[0]!.text, /blood|heat|Otto/)
  }
})

test('an asker who reports it themselves is not mailed what they know', async (t) => {
  const { report, asker, mailsTo } = await buildReported(t)
  await report(asker)
  assert.deepEqual(await mailsTo(asker.account.email), [])
})

test('those on call are paged, and all where the one on call wrote or reported it', async (t) => {
  const { app, database, report, member, moderator, mailsTo } = await buildReported(t)
  const other = await signedIn(database, 'moderator', 'Other')
  const { cookie } = moderator
  await app.inject({ url: '/moderation/safety/on-call', ...form({ isOnCall: 'true' }, { cookie }) })

  await report(member)
  assert.deepEqual(
    [await mailsTo(moderator.account.email), await mailsTo(other.account.email)].map(({ length }) => length),
    [1, 0],
  )
  await report(moderator)
  assert.equal((await mailsTo(other.account.email)).length, 1)
})

test('the same form sent twice makes one report', async (t) => {
  const { database, report, member } = await buildReported(t)
  const key = newKey()
  await Promise.all([report(member, { key }), report(member, { key })])
  assert.equal(await database.read.$count(incidents), 1)
})

test('nobody empties the forum alone: the fourth report of a day hides nothing till staff have looked', async (t) => {
  const { database, report, member, answerAnother } = await buildReported(t)
  const ids = []
  for (let count = 0; count < 4; count++) ids.push((await answerAnother()).id)
  await Promise.all(ids.map((id) => report(member, {}, id)))
  const hiding = (await database.read.select().from(incidents)).filter(({ isHiding }) => isHiding)
  assert.equal(hiding.length, 3)
})

test('what was taken back already is not reported', async (t) => {
  const { app, get, path, answer, expert, report, member } = await buildReported(t)
  const basis = String(answer.createdAt.getTime())
  const reason = 'It was wrong. Take your tablets again.'
  await app.inject({ url: `/answers/${answer.id}/withdrawal`, ...form({ reason, basis }, { cookie: expert.cookie }) })

  assert.doesNotMatch((await get(path)).body, /Could this do harm/)
  assert.equal((await report(member)).statusCode, 409)
  assert.match(textOf(await get(path)), /withdrew this answer/)
})

test('nobody reports their own answer, and members do not see the register', async (t) => {
  const { report, expert, member, get } = await buildReported(t)
  assert.equal((await report(expert)).statusCode, 403)
  for (const url of ['/moderation/incidents', '/moderation/incidents/1'])
    assert.equal((await get(url, member)).statusCode, 403)
})

test('a report too short is shown again, and one whose session ran out is stored nowhere before it is sent', async (t) => {
  const { database, report, member } = await buildReported(t)
  const short = await report(member, { body: 'Bad' })
  assert.equal(short.statusCode, 422)
  assert.match(short.body, /Bad<\/textarea>/)

  const { cookie, account } = await signedIn(database)
  await database.write((db) => db.delete(sessions).where(eq(sessions.accountId, account.id)))
  const shown = await report({ cookie })
  assert.match(textOf(shown), /You have been signed out/)
  assert.match(shown.body, /blood thinner/)
  assert.deepEqual([await database.read.$count(incidents), await database.read.$count(drafts)], [0, 0])
  assert.match(textOf(await report({ cookie }, { unsigned: 'yes' })), /We have hidden the answer/)
})

test('sent twice, or the page of thanks looked at again, they are thanked and not refused', async (t) => {
  const { app, database, report, visit, member, answer } = await buildReported(t)
  const key = newKey()
  const sent = await Promise.all([1, 2, 3].map(() => report(member, { key })))
  for (const reply of [...sent, await report(member, { key })])
    assert.match(textOf(reply), /Thank you for telling us We have hidden the answer/)
  const mine = newKey()
  await visit({ key: mine })
  assert.match(textOf(await visit({ key: mine })), /Thank you for telling us/)
  assert.equal(await database.read.$count(incidents), 2)

  const fields = form({ body: HARM, key: newKey() }, { cookie: member.cookie })
  const posted = await app.inject({ url: `/answers/${answer.id}/incidents`, ...fields })
  assert.equal(posted.statusCode, 303)
  assert.equal((await app.inject(`/incidents/thanks?report=${newKey()}`)).statusCode, 404)
})

test('whoever has another worry about what is hidden already adds it, without reading the answer', async (t) => {
  const { get, report, visit, member, grateful, moderator, decide, answer, mailsTo } = await buildReported(t)
  await report(member)
  const page = await get(`/answers/${answer.id}/incidents/new`)
  assert.match(textOf(page), /Somebody has told us of this answer already.*Tell our staff/)
  assert.doesNotMatch(page.body, /Stop whatever you take/)

  const worry = 'It may also lead to bleeding with ibuprofen.'
  assert.match(textOf(await report(grateful, { body: worry })), /hidden already.*beside the first report/)
  assert.match(textOf(await visit({ body: 'I had the same advice, and fainted.' })), /hidden already/)
  assert.match((await mailsTo(moderator.account.email)).at(-1)!.text, /Another report has hidden the answer already/)
  assert.match(textOf(await get('/moderation/incidents/1', moderator)), /bleeding with ibuprofen/)

  await decide(moderator, 'upheld', { also: 'true', others: '2,3' })
  assert.match((await mailsTo(grateful.account.email)).at(-1)!.text, /We agree, and have taken it down/)
  assert.match(textOf(await get('/moderation/incidents', moderator)), /Nothing has been reported that you have not/)
  assert.equal((await get(`/answers/${answer.id}/incidents/new`)).statusCode, 410)
})

test('it says before whether a report will hide the answer', async (t) => {
  const { get, report, visit, member, answer, answerAnother } = await buildReported(t)
  const path = `/answers/${answer.id}/incidents/new`
  assert.match(textOf(await get(path, member)), /we hide the answer at once.*Report it and hide the answer/)
  for (let count = 0; count < 3; count++) await report(member, {}, (await answerAnother()).id)
  const page = textOf(await get(path, member))
  assert.match(page, /The answer stays where it is till one of our staff has looked.*Tell our staff/)
  assert.doesNotMatch(page, /at once/)

  assert.match(textOf(await get(path)), /we hide the answer at once/)
  for (const from of ['198.51.100.1', '198.51.100.2', '198.51.100.3'])
    await visit({}, { id: (await answerAnother()).id, from })
  assert.match(textOf(await get(path)), /The answer stays where it is/)
})
