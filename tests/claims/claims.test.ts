import assert from 'node:assert/strict'
import { test } from 'node:test'
import { eq } from 'drizzle-orm'
import { countClaims, findHolder } from '../../src/claims/queries.ts'
import { auditEvents, experts, questions } from '../../src/database/schema.ts'
import type { Database } from '../../src/database/types.ts'
import { answerSomething, askSomething, newKey, verifiedExpert } from '../fixtures.ts'
import { build, form, signedIn, textOf } from '../helper.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const NOON = new Date('2026-11-22T12:00:00Z')
const body = 'Whichever eases it. Neither heals anything, and both feel good.'

const claim = (id: number, cookie: string, fields = {}) => ({
  url: `/questions/${id}/claim`,
  ...form(fields, { cookie }),
})
const letGo = (id: number, cookie: string) => ({
  url: `/questions/${id}/claim?_method=DELETE`,
  ...form({}, { cookie }),
})
const answer = (id: number, cookie: string, fields = {}) => ({
  url: `/questions/${id}/answers`,
  ...form({ body, key: newKey(), ...fields }, { cookie }),
})
const setExpert = (database: Database, id: number, values: Partial<typeof experts.$inferInsert>) =>
  database.write((db) => db.update(experts).set(values).where(eq(experts.accountId, id)))
const holderOf = async (database: Database, id: number) => (await findHolder(database.read, id, new Date()))?.expertId

test('of fifty experts who take a question at once, exactly one has it', async (t) => {
  const { app, database } = await build(t)
  const { id } = await askSomething(database)
  const some = await Promise.all(Array.from({ length: 50 }, (_, index) => verifiedExpert(database, `Expert ${index}`)))

  const replies = await Promise.all(some.map(({ cookie }) => app.inject(claim(id, cookie))))
  const winners = some.filter((_, index) => replies[index]!.statusCode === 303)
  assert.equal(winners.length, 1)
  assert.equal(replies.filter(({ statusCode }) => statusCode === 409).length, 49)
  assert.equal(await holderOf(database, id), winners[0]!.account.id)
})

test('who answers, and until when, is told to experts, staff and the asker; others read that somebody does', async (t) => {
  t.mock.timers.enable({ apis: ['Date'], now: NOON })
  const { app, database } = await build(t)
  const asker = await signedIn(database)
  const { id, slug } = await askSomething(database, { askerId: asker.account.id })
  const { cookie } = await verifiedExpert(database)
  await app.inject(claim(id, cookie))

  const read = async (cookie = '') => textOf(await app.inject({ url: `/questions/${id}/${slug}`, headers: { cookie } }))
  for (const somebody of [asker, await verifiedExpert(database, 'Ugo Bassi'), await signedIn(database, 'moderator')])
    assert.match(await read(somebody.cookie), /Vera Lund is answering until 16:00 UTC/)
  assert.match(await read(cookie), /Yours until 16:00 UTC/)
  for (const nobody of [await read(), await read((await signedIn(database)).cookie)]) {
    assert.match(nobody, /An expert is writing an answer/)
    assert.doesNotMatch(nobody, /Vera Lund/)
  }
})

test('a claim ends by itself', async (t) => {
  t.mock.timers.enable({ apis: ['Date'], now: NOON })
  const { app, database } = await build(t, { claimHours: 2 })
  const { id, slug } = await askSomething(database)
  const [vera, ugo] = [await verifiedExpert(database), await verifiedExpert(database, 'Ugo Bassi')]
  await app.inject(claim(id, vera.cookie))
  t.mock.timers.tick(2 * HOUR_MS - 1)
  const refusal = await app.inject(claim(id, ugo.cookie))
  assert.equal(refusal.statusCode, 409)
  assert.match(textOf(refusal), /Vera Lund is answering this question until 14:00 UTC/)

  t.mock.timers.tick(1)
  assert.doesNotMatch(textOf(await app.inject(`/questions/${id}/${slug}`)), /writing an answer/)
  assert.equal((await app.inject(claim(id, ugo.cookie))).statusCode, 303)
  assert.equal(await holderOf(database, id), ugo.account.id)
})

test('writing goes on holding it, with a write only once half of the time has gone', async (t) => {
  t.mock.timers.enable({ apis: ['Date'], now: NOON })
  const { app, database } = await build(t)
  const { id } = await askSomething(database)
  const { cookie } = await verifiedExpert(database)
  await app.inject(claim(id, cookie))
  const key = newKey()
  const write = () =>
    app.inject({ url: '/drafts', ...form({ key, questionId: String(id), body: 'Whichever' }, { cookie }) })
  const until = async () => (await findHolder(database.read, id, new Date()))?.until.toISOString()

  t.mock.timers.tick(HOUR_MS)
  assert.equal((await write()).headers['claimed-until'], undefined)
  assert.equal(await until(), '2026-11-22T16:00:00.000Z')
  t.mock.timers.tick(HOUR_MS + MINUTE_MS)
  assert.equal((await write()).headers['claimed-until'], '2026-11-22T18:01:00.000Z')
  assert.equal(await until(), '2026-11-22T18:01:00.000Z')
  t.mock.timers.tick(4 * HOUR_MS)
  await write()
  assert.equal(await until(), undefined)
})

test('one button holds it for longer, with what has been written kept', async (t) => {
  t.mock.timers.enable({ apis: ['Date'], now: NOON })
  const { app, database } = await build(t)
  const { id, slug } = await askSomething(database)
  const { cookie } = await verifiedExpert(database)
  await app.inject(claim(id, cookie))
  t.mock.timers.tick(HOUR_MS)

  assert.equal((await app.inject(claim(id, cookie, { key: newKey(), body }))).statusCode, 303)
  const page = await app.inject({ url: `/questions/${id}/${slug}`, headers: { cookie } })
  assert.match(textOf(page), /Yours until 17:00 UTC/)
  assert.match(page.body, /Whichever eases it/)
  const scripted = await app.inject({
    url: `/questions/${id}/claim`,
    ...form({}, { cookie, accept: 'application/json' }),
  })
  assert.deepEqual([scripted.statusCode, scripted.headers['claimed-until']], [204, '2026-11-22T17:00:00.000Z'])
})

test('whoever lets a question go keeps what they wrote, and others may take it', async (t) => {
  const { app, database } = await build(t)
  const { id, slug } = await askSomething(database)
  const [vera, ugo] = [await verifiedExpert(database), await verifiedExpert(database, 'Ugo Bassi')]
  await app.inject(claim(id, vera.cookie))

  const written = form({ key: newKey(), body }, { cookie: vera.cookie })
  assert.equal((await app.inject({ url: `/questions/${id}/claim?_method=DELETE`, ...written })).statusCode, 303)
  assert.equal((await app.inject(claim(id, ugo.cookie))).statusCode, 303)
  const page = await app.inject({ url: `/questions/${id}/${slug}`, headers: { cookie: vera.cookie } })
  assert.match(page.body, /Whichever eases it/)
})

test('an answer to what somebody else has taken is kept, and posted once its expert says so', async (t) => {
  const { app, database } = await build(t)
  const { id, slug } = await askSomething(database)
  const [vera, ugo] = [await verifiedExpert(database), await verifiedExpert(database, 'Ugo Bassi')]
  await app.inject(claim(id, vera.cookie))

  const refused = await app.inject(answer(id, ugo.cookie))
  assert.equal(refused.statusCode, 409)
  assert.match(textOf(refused), /Vera Lund is answering this question until .* Tick the box/)
  assert.match(refused.body, /Whichever eases it/)
  assert.match(refused.body, /name="alongside"/)
  assert.equal((await app.inject(answer(id, ugo.cookie, { alongside: 'true' }))).statusCode, 303)
  assert.equal(await holderOf(database, id), vera.account.id)
  assert.match(textOf(await app.inject(`/questions/${id}/${slug}`)), /1 answer/)
})

test('a claim that ran out and was taken by somebody else while one wrote loses no text', async (t) => {
  t.mock.timers.enable({ apis: ['Date'], now: NOON })
  const { app, database } = await build(t)
  const { id } = await askSomething(database)
  const [vera, ugo] = [await verifiedExpert(database), await verifiedExpert(database, 'Ugo Bassi')]
  await app.inject(claim(id, vera.cookie))
  t.mock.timers.tick(5 * HOUR_MS)
  await app.inject(claim(id, ugo.cookie))

  const refused = await app.inject(answer(id, vera.cookie))
  assert.equal(refused.statusCode, 409)
  assert.match(textOf(refused), /Ugo Bassi is answering this question until 21:00 UTC/)
  assert.match(refused.body, /Whichever eases it/)
})

test('a claim ends with the answer, with closing and with hiding', async (t) => {
  const { app, database } = await build(t)
  const { cookie, account } = await verifiedExpert(database)
  const moderator = await signedIn(database, 'moderator')
  const endings = [
    (id: number) => answer(id, cookie),
    (id: number) => ({ url: `/questions/${id}/closure`, ...form({}, { cookie: moderator.cookie }) }),
    (id: number) => ({
      url: `/questions/${id}/concealment`,
      ...form({ reason: 'It names somebody.' }, { cookie: moderator.cookie }),
    }),
  ]
  for (const ending of endings) {
    const { id } = await askSomething(database)
    await app.inject(claim(id, cookie))
    assert.equal(await countClaims(database.read, account.id, new Date()), 1)
    assert.equal((await app.inject(ending(id))).statusCode, 303)
    assert.equal(await countClaims(database.read, account.id, new Date()), 0)
  }
})

test('who is not verified any more holds nothing', async (t) => {
  const { app, database } = await build(t)
  const { id } = await askSomething(database)
  const [vera, ugo] = [await verifiedExpert(database), await verifiedExpert(database, 'Ugo Bassi')]
  await app.inject(claim(id, vera.cookie))

  await setExpert(database, vera.account.id, { verifiedUntil: new Date(Date.now() - 1) })
  assert.equal(await holderOf(database, id), undefined)
  assert.equal((await app.inject(claim(id, ugo.cookie))).statusCode, 303)
})

test('an expert takes no more at once than they wished, with two tabs neither', async (t) => {
  const { app, database } = await build(t)
  const { cookie, account } = await verifiedExpert(database)
  await setExpert(database, account.id, { capacity: 2 })
  const asked = await Promise.all(Array.from({ length: 6 }, () => askSomething(database)))

  const replies = await Promise.all(asked.map(({ id }) => app.inject(claim(id, cookie))))
  assert.equal(replies.filter(({ statusCode }) => statusCode === 303).length, 2)
  assert.equal(await countClaims(database.read, account.id, new Date()), 2)
  const refused = replies.find(({ statusCode }) => statusCode === 409)!
  assert.match(textOf(refused), /as many questions in hand as you wished/)
})

test('nothing is taken on leave', async (t) => {
  const { app, database } = await build(t)
  const { id } = await askSomething(database)
  const { cookie, account } = await verifiedExpert(database)
  await setExpert(database, account.id, { leaveUntil: new Date(Date.now() + HOUR_MS) })

  const refused = await app.inject(claim(id, cookie))
  assert.equal(refused.statusCode, 409)
  assert.match(textOf(refused), /You are on leave/)
  assert.equal(await holderOf(database, id), undefined)
})

test('what cannot be taken is refused in plain words', async (t) => {
  const { app, database } = await build(t)
  const { cookie, account } = await verifiedExpert(database)
  const [closed, hidden, answered, own] = [
    await askSomething(database),
    await askSomething(database),
    await askSomething(database),
    await askSomething(database, { askerId: account.id }),
  ]
  await answerSomething(database, answered.id, account.id, body)
  await database.write(async (db) => {
    await db.update(questions).set({ status: 'closed', closedAt: new Date() }).where(eq(questions.id, closed.id))
    await db.update(questions).set({ hiddenAt: new Date() }).where(eq(questions.id, hidden.id))
  })

  const expected = [
    [closed.id, 409, /This question is closed/],
    [hidden.id, 410, /taken down/],
    [answered.id, 409, /You have answered this question already/],
    [own.id, 403, /not open to you/],
    [9999, 404, /nothing at this address/],
  ] as const
  for (const [id, status, words] of expected) {
    const reply = await app.inject(claim(id, cookie))
    assert.equal(reply.statusCode, status)
    assert.match(textOf(reply), words)
  }
  const open = await askSomething(database)
  assert.equal((await app.inject(claim(open.id, (await signedIn(database)).cookie))).statusCode, 403)
  assert.match((await app.inject(claim(open.id, ''))).headers.location!, /sign-in/)
})

test('staff end a claim, which is written down; other experts cannot', async (t) => {
  const { app, database } = await build(t)
  const { id } = await askSomething(database)
  const [vera, ugo] = [await verifiedExpert(database), await verifiedExpert(database, 'Ugo Bassi')]
  const moderator = await signedIn(database, 'moderator')
  await app.inject(claim(id, vera.cookie))

  assert.equal((await app.inject(letGo(id, ugo.cookie))).statusCode, 403)
  assert.equal((await app.inject(letGo(id, moderator.cookie))).statusCode, 303)
  assert.equal(await holderOf(database, id), undefined)
  const [event] = await database.read.select().from(auditEvents)
  assert.deepEqual([event?.action, event?.subjectId], ['claim-ended', id])
})
