import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hideThread } from '../../src/answers/concealment-queries.ts'
import { claimQuestion } from '../../src/claims/queries.ts'
import { auditEvents, comments, drafts, experts, professions, questions } from '../../src/database/schema.ts'
import { findAnyQuestion } from '../../src/questions/queries.ts'
import { newKey } from '../fixtures.ts'
import { form, textOf } from '../helper.ts'
import { ASKED, buildDiscussion, questionData, REPLIED } from './fixtures.ts'

test('an expert asks back, the asker is told without a word of what it is about, and replies in place', async (t) => {
  const { ask, reply, get, path, asker, expert, mails } = await buildDiscussion(t)

  assert.equal((await ask()).statusCode, 303)
  const [mail] = await mails()
  assert.equal(mail!.recipient, asker.account.email)
  assert.doesNotMatch(`${mail!.subject} ${mail!.text}`, /pain|night|heat|ice\b/i)
  assert.match(textOf(await get(path, asker.cookie)), /Vera Lund asks you.*Does the pain wake you.*Post my reply/)

  assert.equal((await reply()).statusCode, 303)
  const [told] = await mails()
  assert.equal(told!.recipient, expert.account.email)
  assert.doesNotMatch(`${told!.subject} ${told!.text}`, /left side|heat|Ada/i)
  const page = await get(path)
  assert.match(textOf(page), /Asked back 2 comments.*Does the pain wake you.*Quiet Heron 7 Asker.*left side/)
  assert.doesNotMatch(page.body, /<details open/)
})

test('search engines are told of it as comments, under the pseudonym', async (t) => {
  const { ask, reply, get, path, expert } = await buildDiscussion(t)
  await ask()
  await reply()

  const { commentCount, comment } = questionData(await get(path))
  assert.equal(commentCount, 2)
  assert.deepEqual(comment[0].text, ASKED)
  assert.match(comment[0].author.url, new RegExp(`/experts/${expert.handle}$`))
  assert.deepEqual(comment[1].author, { '@type': 'Person', name: 'Quiet Heron 7' })
})

test('nobody learns the name behind the pseudonym, on the page or in mail', async (t) => {
  const { ask, reply, get, path, other, expert, moderator, mails, asker } = await buildDiscussion(t)
  await ask()
  await reply()

  const texts = [
    ...(await Promise.all(['', other.cookie, expert.cookie, moderator.cookie].map((cookie) => get(path, cookie)))),
    ...(await mails()).filter(({ recipient }) => recipient !== asker.account.email).map(({ text }) => ({ body: text })),
  ]
  for (const { body } of texts) {
    assert.doesNotMatch(body, /Lovelace/)
    assert.ok(!body.includes(asker.account.email))
  }
})

test('whoever has taken the question hears of the reply too', async (t) => {
  const { database, ask, reply, other, id, mails, expert } = await buildDiscussion(t)
  await ask()
  await database.write((db) =>
    claimQuestion(db, { questionId: id, expertId: other.account.id, now: new Date(), hours: 4 }),
  )
  await reply()

  const told = (await mails()).slice(0, 2).map(({ recipient }) => recipient)
  assert.deepEqual(told.toSorted(), [expert.account.email, other.account.email].toSorted())
})

test('the same form posted twice at once makes one comment and one mail', async (t) => {
  const { database, ask, reply, mails } = await buildDiscussion(t)
  const keys = [newKey(), newKey()]

  await Promise.all([1, 2, 3].map(() => ask(undefined, { key: keys[0] })))
  await Promise.all([1, 2, 3].map(() => reply({ key: keys[1] })))
  assert.equal(await database.read.$count(comments), 2)
  assert.equal((await mails()).length, 2)
})

test('only verified experts in scope ask back, never the asker, and only the asker replies', async (t) => {
  const { database, ask, post, id, member, moderator, asker, expert } = await buildDiscussion(t)

  for (const somebody of [member, moderator, asker]) assert.equal((await ask(somebody)).statusCode, 403)
  await database.write(async (db) => {
    const [dentists] = await db.insert(professions).values({ name: 'Dentist' }).returning()
    await db.update(experts).set({ professionId: dentists!.id })
  })
  const refused = await ask()
  assert.equal(refused.statusCode, 409)
  assert.match(textOf(refused), /outside what you may answer.*Does the pain wake you/)
  for (const somebody of [member, moderator, expert])
    assert.equal((await post(`/questions/${id}/replies`, somebody)).statusCode, 403)
  assert.equal((await post('/questions/999/clarifications', expert)).statusCode, 404)
})

test('a reply needs something that was asked, and nobody asks without end', async (t) => {
  const { ask, reply } = await buildDiscussion(t)

  assert.match(textOf(await reply()), /has been taken back/)
  for (let time = 0; time < 3; time += 1) assert.equal((await ask()).statusCode, 303)
  const fourth = await ask()
  assert.equal(fourth.statusCode, 409)
  assert.match(textOf(fourth), /several times in a row/)
  assert.equal((await reply()).statusCode, 303)
  assert.equal((await ask()).statusCode, 303)
})

test('of many at once no more are taken than in a row', async (t) => {
  const { database, ask } = await buildDiscussion(t)

  await Promise.all([1, 2, 3, 4, 5, 6].map(() => ask()))
  assert.equal(await database.read.$count(comments), 3)
})

test('what is too short or too long comes back with what was typed', async (t) => {
  const { ask } = await buildDiscussion(t)

  const short = await ask(undefined, { body: 'Why?' })
  assert.equal(short.statusCode, 422)
  assert.match(textOf(short), /Please write at least 10 characters\..*Why\?/)
  assert.match(textOf(await ask(undefined, { body: 'x'.repeat(5001) })), /Please keep this to 5,000 characters/)
})

test('a question closed or hidden meanwhile takes none, and the text is kept', async (t) => {
  const { database, ask, reply, close, get, id, expert, asker, moderator } = await buildDiscussion(t)
  await ask()
  await close()
  for (const [refused, cookie] of [
    [await ask(), expert.cookie],
    [await reply(), asker.cookie],
  ] as const) {
    assert.equal(refused.statusCode, 409)
    assert.match(textOf(refused), /closed or taken down while you were writing/)
    const mine = await get('/account/questions', cookie)
    const link = /href="([^"]+\/new\?draft=[^"]+)"/.exec(mine.body)![1]!
    assert.match((await get(link, cookie)).body, /(pain wake you|left side)/)
  }

  const question = (await findAnyQuestion(database.read, id))!
  const concealment = { hiddenById: moderator.account.id, hiddenReason: 'It names a third person.' }
  await database.write((db) => hideThread(db, question, concealment))
  const hidden = await ask()
  assert.equal(hidden.statusCode, 409)
  assert.match(textOf(hidden), /Does the pain wake you/)
  assert.doesNotMatch(hidden.body, /[Hh]eat/)
  assert.equal((await get(`/questions/${id}/clarifications/new`, expert.cookie)).statusCode, 410)
})

test('what was written in a session that ran out is there after signing in, and is no answer', async (t) => {
  const { app, database, get, path, id, expert } = await buildDiscussion(t)

  const sent = await app.inject({ url: `/questions/${id}/clarifications`, ...form({ body: ASKED, key: newKey() }) })
  const next = new URL(sent.headers.location!, 'http://x').searchParams.get('next')!
  assert.match((await get(next, expert.cookie)).body, /Does the pain wake you/)
  assert.doesNotMatch((await get(path, expert.cookie)).body, /Does the pain wake you/)
  const [draft] = await database.read.select().from(drafts)
  assert.doesNotMatch((await get(`${path}?draft=${draft!.key}`, expert.cookie)).body, /Does the pain wake you/)
  assert.match(textOf(await get('/account/questions', expert.cookie)), /Does the pain wake you.*A comment/)
})

test('a draft is gone once it is posted', async (t) => {
  const { app, database, id, expert, ask } = await buildDiscussion(t)
  await app.inject({ url: `/questions/${id}/clarifications`, ...form({ body: ASKED, key: newKey() }) })
  const [draft] = await database.read.select().from(drafts)

  await ask(expert, { key: draft!.key })
  assert.equal(await database.read.$count(drafts), 0)
})

test('a hidden comment is read by its writer and staff alone, its writer is told why, and it is written down', async (t) => {
  const { database, ask, reply, hide, show, get, path, asker, moderator, mails } = await buildDiscussion(t)
  await ask()
  await reply()

  assert.equal((await hide(2)).statusCode, 303)
  assert.equal((await mails())[0]!.recipient, asker.account.email)
  assert.match((await mails())[0]!.text, /It names a third person/)
  const page = await get(path)
  assert.doesNotMatch(page.body, /left side/)
  assert.equal(questionData(page).commentCount, 1)
  for (const { cookie } of [asker, moderator])
    assert.match(textOf(await get(path, cookie)), /Our staff have hidden this comment.*left side/)
  assert.match(textOf(await get('/moderation', moderator.cookie)), /A comment below: Is heat better.*hid a comment/)

  await show(2)
  assert.match((await get(path)).body, /left side/)
  const actions = (await database.read.select().from(auditEvents)).map(({ action }) => action)
  assert.deepEqual(actions, ['comment-hidden', 'comment-shown'])
})

test('an expert takes back what nobody has replied to, an asker whatever they told', async (t) => {
  const { database, ask, reply, takeBack, get, expert, asker, other } = await buildDiscussion(t)
  await ask()
  assert.equal((await takeBack(1, other)).statusCode, 403)
  await reply()
  assert.equal((await takeBack(1, expert)).statusCode, 409)
  assert.match(textOf(await get('/comments/2/withdrawal', asker.cookie)), /gone for good.*left side/)
  assert.equal((await takeBack(2, asker)).statusCode, 303)
  assert.equal((await takeBack(1, expert)).statusCode, 303)
  assert.equal(await database.read.$count(comments), 0)
})

test('the thread stays when the asker’s account goes, under a name that tells nothing', async (t) => {
  const { database, ask, reply, get, path, asker } = await buildDiscussion(t)
  await ask()
  await reply()
  const { closeAccount, findAccount } = await import('../../src/accounts/queries.ts')
  const account = (await findAccount(database.read, asker.account.id))!
  await database.write((db) => closeAccount(db, account))

  assert.match(textOf(await get(path)), /Does the pain wake you.*left side/)
  assert.equal((await database.read.select().from(comments))[1]!.authorId, null)
})

test('nobody is asked who has left, and the text is kept', async (t) => {
  const { database, ask, get, path, expert } = await buildDiscussion(t)
  await database.write((db) => db.update(questions).set({ askerId: null }))
  assert.doesNotMatch(textOf(await get(path, expert.cookie)), /Ask something before you answer/)
  const refused = await ask()
  assert.equal(refused.statusCode, 409)
  assert.match(textOf(refused), /Whoever asked this has left.*kept in your drafts/)
  assert.equal(await database.read.$count(comments), 0)
})

test('whoever follows the link of the mail without being signed in is shown the way to reply', async (t) => {
  const { ask, get, path, expert } = await buildDiscussion(t)
  await ask()
  const page = await get(path)
  assert.match(page.body, new RegExp(`href="/sign-in\\?next=${encodeURIComponent(path)}">Did you ask this`))
  assert.doesNotMatch((await get(path, expert.cookie)).body, /Did you ask this/)
})

test('what the asker said is found, and no more once it is hidden', async (t) => {
  const { ask, reply, get, hide } = await buildDiscussion(t)
  await ask()
  await reply({ body: `${REPLIED} It feels like a toboggan ride.` })

  assert.match((await get('/search?q=toboggan')).body, /Is heat better/)
  await hide(2)
  assert.doesNotMatch((await get('/search?q=toboggan')).body, /Is heat better/)
})
