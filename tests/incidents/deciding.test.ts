import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hideAnswer } from '../../src/answers/concealment-queries.ts'
import { findAnswer, updateAnswer } from '../../src/answers/queries.ts'
import { answers, experts, incidents, recalls } from '../../src/database/schema.ts'
import { signedIn, textOf } from '../helper.ts'
import { buildReported } from './fixtures.ts'

test('what is found to be sound is put back, and everybody concerned is told', async (t) => {
  const { get, path, report, decide, member, moderator, asker, grateful, expert, mailsTo } = await buildReported(t)
  await report(member)

  assert.equal((await decide(moderator, 'dismissed', { notice: '' })).statusCode, 303)
  assert.match((await get(path)).body, /Stop whatever you take/)
  assert.match((await mailsTo(member.account.email)).at(-1)!.text, /it can stay.*We have asked two of our doctors/s)
  for (const { account } of [asker, grateful])
    assert.equal((await mailsTo(account.email)).at(-1)!.subject, 'An answer you were sent has been checked')
  assert.match((await mailsTo(expert.account.email)).at(-1)!.text, /and it can stay/)
  assert.match(textOf(await get('/moderation/incidents', moderator)), /Found to be sound/)
})

test('what may do harm stays hidden behind a notice, and everybody concerned is told', async (t) => {
  const { get, path, report, decide, member, moderator, asker, grateful, expert, mailsTo } = await buildReported(t)
  await report(member)

  assert.equal((await decide(moderator, 'upheld')).statusCode, 303)
  const page = await get(path)
  assert.doesNotMatch(page.body, /Stop whatever you take/)
  assert.match(
    textOf(page),
    /1 taken back or taken down.*Our staff took down an answer.*Please take your tablets again/,
  )
  assert.match((await mailsTo(member.account.email)).at(-1)!.text, /We agree, and have taken it down/)
  for (const { account } of [asker, grateful]) {
    const last = (await mailsTo(account.email)).at(-1)!
    assert.equal(last.subject, 'An answer you were sent has been taken down')
    assert.doesNotMatch(last.text, /tablets|doctors/)
  }
  assert.match((await mailsTo(expert.account.email)).at(-1)!.text, /it stays down/)
  const own = textOf(await get(path, expert))
  assert.match(own, /Why: We have asked two of our doctors.*Stop whatever you take/)
  assert.match(textOf(await get('/moderation/incidents', moderator)), /Taken down/)
})

test('what is wrong is taken back with the words for readers, and everybody who was sent it is told', async (t) => {
  const { database, get, path, report, decide, ...people } = await buildReported(t)
  const { member, moderator, asker, grateful, expert, mailsTo } = people
  await report(member)

  assert.equal((await decide(moderator, 'withdrawn')).statusCode, 303)
  const page = textOf(await get(path))
  assert.match(page, /Our staff withdrew this answer.*Please take your tablets again/)
  assert.doesNotMatch(page, /took down|Stop whatever/)
  assert.match(textOf(await get('/answers/1/withdrawn-text')), /Stop whatever you take/)
  const [recall] = await database.read.select().from(recalls)
  assert.deepEqual([recall!.kind, recall!.byId], ['withdrawn', moderator.account.id])
  for (const { account } of [asker, grateful])
    assert.equal((await mailsTo(account.email)).at(-1)!.subject, 'An answer you were sent has been taken back')
  assert.match((await mailsTo(expert.account.email)).at(-1)!.text, /have taken it back/)
  assert.match((await mailsTo(member.account.email)).at(-1)!.text, /have taken it back/)
  const register = textOf(await get('/moderation/incidents', moderator))
  assert.match(register, /Taken back/)
  assert.match(
    textOf(await get('/moderation/incidents/1', moderator)),
    /What readers are told Please take your tablets/,
  )
  assert.equal((await database.read.select().from(experts))[0]!.answerCount, 0)
})

test('a report that hid nothing and is found right takes the answer down then', async (t) => {
  const { database, get, path, report, decide, member, moderator, asker, mailsTo } = await buildReported(t)
  await report(member)
  await decide(moderator, 'dismissed')
  assert.match(textOf(await report(await signedIn(database))), /Our staff have been told/)
  assert.match((await get(path)).body, /Stop whatever you take/)

  await decide(moderator, 'upheld', {}, 2)
  assert.doesNotMatch((await get(path)).body, /Stop whatever you take/)
  assert.equal((await mailsTo(asker.account.email)).at(-1)!.subject, 'An answer you were sent has been taken down')
})

test('where it does not stand, readers are told what to do now', async (t) => {
  const { report, decide, member, moderator } = await buildReported(t)
  await report(member)
  for (const outcome of ['upheld', 'withdrawn']) {
    const reply = await decide(moderator, outcome, { notice: '' })
    assert.equal(reply.statusCode, 422)
    assert.match(textOf(reply), /Please fill this in/)
    assert.match(reply.body, /We have asked two of our doctors\.<\/textarea>/)
  }
})

test('nobody decides on words they have not read', async (t) => {
  const { database, get, path, answer, expert, report, decide, member, moderator } = await buildReported(t)
  await report(member)
  const basis = String(answer.createdAt.getTime())
  const edit = { body: 'Ask your doctor before you stop anything.', editorId: expert.account.id }
  await database.write((db) => updateAnswer(db, answer, edit))

  const reply = await decide(moderator, 'withdrawn', { basis })
  assert.equal(reply.statusCode, 409)
  assert.match(textOf(reply), /Ask your doctor before.*changed since you opened it/)
  assert.doesNotMatch((await get(path)).body, /withdrew/)
})

test('what staff hid for another reason is neither taken back nor put back by a report', async (t) => {
  const { database, get, path, answer, report, decide, member, moderator, asker, mailsTo } = await buildReported(t)
  await report(member)
  const [incident] = await database.read.select().from(incidents)
  await database.write((db) => db.update(answers).set({ hiddenById: moderator.account.id, hiddenReason: 'A name.' }))

  const page = await get(`/moderation/incidents/${incident!.id}`, moderator)
  assert.match(textOf(page), /hidden it for another reason/)
  assert.equal((await decide(moderator, 'withdrawn')).statusCode, 422)
  const before = (await mailsTo(asker.account.email)).length
  await decide(moderator, 'dismissed')
  assert.doesNotMatch((await get(path)).body, /Stop whatever you take/)
  assert.equal((await mailsTo(asker.account.email)).length, before)
  assert.equal(await database.write((db) => hideAnswer(db, answer, { hiddenById: null, hiddenReason: 'x' })), false)
})

test('what two people doubt is put back once neither report is open', async (t) => {
  const { database, get, path, report, decide, member, moderator } = await buildReported(t)
  await report(member)
  await database.write((db) =>
    db.insert(incidents).values({
      ...{ answerId: 1, questionId: 1, expertName: 'Vera Lund', body: 'Me, too.', submissionKey: 'second' },
      ...{ isHiding: false, dueAt: new Date() },
    }),
  )
  assert.match(textOf(await get('/moderation/incidents/1', moderator)), /Other reports about it/)
  await decide(moderator, 'dismissed')
  assert.doesNotMatch((await get(path)).body, /Stop whatever you take/)
  await decide(moderator, 'dismissed', {}, 2)
  assert.match((await get(path)).body, /Stop whatever you take/)
})

test('its place in the register stays when the answer goes, and an open one can still be decided', async (t) => {
  const { database, get, report, decide, member, moderator, mailsTo } = await buildReported(t)
  await report(member)
  await database.write((db) => db.delete(answers))

  const page = textOf(await get('/moderation/incidents/1', moderator))
  assert.match(page, /It is no longer here/)
  assert.match(page, /blood thinner/)
  assert.equal((await decide(moderator, 'upheld', { notice: '' })).statusCode, 303)
  assert.equal((await mailsTo(member.account.email)).at(-1)!.subject, 'What became of your report')
})

test('two of the staff who decide at once make one decision', async (t) => {
  const { database, report, decide, member, moderator } = await buildReported(t)
  const administrator = await signedIn(database, 'administrator')
  await report(member)
  const replies = await Promise.all([decide(moderator, 'dismissed'), decide(administrator, 'withdrawn')])
  assert.deepEqual(replies.map(({ statusCode }) => statusCode).sort(), [303, 409])
})

test('nobody judges what they reported themselves', async (t) => {
  const { report, decide, moderator } = await buildReported(t)
  await report(moderator)
  assert.equal((await decide(moderator, 'upheld')).statusCode, 403)
})

test('a text that staff found to be sound is not hidden by the next report of it', async (t) => {
  const { database, get, path, report, decide, member, moderator } = await buildReported(t)
  await report(member)
  await decide(moderator, 'dismissed')
  assert.match(textOf(await report(await signedIn(database))), /Our staff have been told/)
  assert.match((await get(path)).body, /Stop whatever you take/)
})

test('what was reported is kept beside what its expert made of it', async (t) => {
  const { database, get, answer, expert, report, member, moderator } = await buildReported(t)
  await report(member)
  const page = async () => textOf(await get('/moderation/incidents/1', moderator))
  assert.doesNotMatch(await page(), /As it was reported|has put it right/)
  for (const body of ['Ask your doctor first.', 'Ask your doctor before you stop anything.']) {
    const present = (await findAnswer(database.read, answer.id))!
    await database.write((db) => updateAnswer(db, present, { body, editorId: expert.account.id }))
  }
  const shown = await page()
  assert.match(shown, /As it was reported Stop whatever you take.*changed it since Ask your doctor before you stop/)
  assert.match(shown, /Its expert has put it right/)
})

test('what has been put right is shown again with a note, and nobody says any more that it is looked into', async (t) => {
  const { database, get, path, report, decide, ...people } = await buildReported(t)
  const { answer, expert, member, moderator, asker, grateful, mailsTo } = people
  await report(member)
  assert.match(textOf(await decide(moderator, 'corrected')), /has not changed it since/)
  const edit = { body: 'Ask your doctor before you stop anything.', editorId: expert.account.id }
  await database.write((db) => updateAnswer(db, answer, edit))
  assert.match(textOf(await get(path, expert)), /We are looking into it/)

  assert.equal((await decide(moderator, 'corrected', { notice: '' })).statusCode, 422)
  assert.equal((await decide(moderator, 'corrected')).statusCode, 303)
  assert.match(textOf(await get(path)), /Corrected.*Please take your tablets again.*Ask your doctor before you stop/)
  assert.doesNotMatch(textOf(await get(path, expert)), /We are looking into it/)
  for (const { account } of [asker, grateful])
    assert.equal((await mailsTo(account.email)).at(-1)!.subject, 'An answer you were sent has been corrected')
  assert.match((await mailsTo(member.account.email)).at(-1)!.text, /Its expert has put it right since/)
  assert.match((await mailsTo(expert.account.email)).at(-1)!.text, /As you have put it right it can stay/)
  assert.match(textOf(await get('/moderation/incidents', moderator)), /Put right/)
  assert.match(textOf(await report(await signedIn(database))), /Our staff have been told/)
})

test('what its expert took back while it was looked at says so once that is decided', async (t) => {
  const { database, get, path, answer, expert, report, decide, member, moderator } = await buildReported(t)
  await report(member)
  await database.write((db) => db.update(answers).set({ withdrawnAt: new Date(), recallCount: 1 }))
  const reason = { reason: 'It was wrong.', byId: expert.account.id, byName: 'Vera Lund' }
  await database.write((db) => db.insert(recalls).values({ ...reason, answerId: answer.id, kind: 'withdrawn' }))
  assert.match(textOf(await get(path, expert)), /We are looking into it/)
  await decide(moderator, 'upheld')
  assert.doesNotMatch(textOf(await get(path, expert)), /We are looking into it/)
  assert.match(textOf(await get(path)), /withdrew this answer.*It was wrong/)
})
