import assert from 'node:assert/strict'
import { test } from 'node:test'
import { eq } from 'drizzle-orm'
import { accounts, auditEvents, experts, questions } from '../../src/database/schema.ts'
import { answerSomething, askSomething, newKey, plantCategory, verifiedExpert } from '../fixtures.ts'
import { build, form, signedIn, textOf } from '../helper.ts'

const body = 'Whichever eases it. Neither heals anything.'

test('an answer is marked as a verified expert’s only as long as they are one', async (t) => {
  const { app, database } = await build(t)
  const expert = await verifiedExpert(database)
  const { id, slug } = await askSomething(database)
  await answerSomething(database, id, expert.account.id, body)
  const page = async () => textOf(await app.inject(`/questions/${id}/${slug}`))
  assert.match(await page(), /Vera Lund Verified expert/)

  await database.write((db) => db.update(experts).set({ verifiedAt: null }))
  assert.doesNotMatch(await page(), /Vera Lund Verified expert/)
  assert.match(await page(), /Verified when this was written/)
  await database.write((db) => db.delete(accounts).where(eq(accounts.id, expert.account.id)))
  assert.match(await page(), /Vera Lund Physiotherapist, MSc, MCSP Verified when this was written/)
})

test('a moderator cannot put words into an expert’s mouth', async (t) => {
  const { app, database } = await build(t)
  const expert = await verifiedExpert(database)
  const { id, slug } = await askSomething(database)
  const answer = await answerSomething(database, id, expert.account.id, body)

  for (const role of ['moderator', 'administrator'] as const) {
    const { cookie } = await signedIn(database, role)
    const page = await app.inject({ url: `/questions/${id}/${slug}`, headers: { cookie } })
    assert.doesNotMatch(page.body, /Edit this answer/)
    const edit = form({ body: 'Take these pills, they are good.', basis: `${answer.createdAt.getTime()}` }, { cookie })
    assert.equal((await app.inject({ url: `/answers/${answer.id}/edit`, ...edit })).statusCode, 403)
  }
})

test('verified experts do not change their name themselves', async (t) => {
  const { app, database } = await build(t)
  const { account, cookie } = await verifiedExpert(database)

  const page = await app.inject({ url: '/account/name', headers: { cookie } })
  assert.match(textOf(page), /An administrator can change it here too/)
  assert.doesNotMatch(page.body, /name="name"/)
  const reply = await app.inject({ url: '/account/name', ...form({ name: 'Somebody Else' }, { cookie }) })
  assert.equal(reply.statusCode, 403)
  const [row] = await database.read.select().from(accounts).where(eq(accounts.id, account.id))
  assert.equal(row!.name, 'Vera Lund')
})

test('an administrator changes the name of an expert, and that is written down', async (t) => {
  const { app, database } = await build(t)
  const { account, handle } = await verifiedExpert(database)
  const { cookie } = await signedIn(database, 'administrator', 'Ada')
  const url = `/admin/accounts/${account.id}`
  assert.equal((await app.inject({ url: `${url}/name`, ...form({ name: ' ' }, { cookie }) })).statusCode, 422)

  await app.inject({ url: `${url}/name`, ...form({ name: 'Vera Berg' }, { cookie }) })
  assert.match((await app.inject(`/experts/${handle}`)).body, /Vera Berg/)
  assert.match((await app.inject('/search?q=Berg&kind=expert')).body, new RegExp(handle))
  const page = textOf(await app.inject({ url, headers: { cookie } }))
  assert.match(page, /Ada changed the name of an account Vera Berg Vera Lund → Vera Berg/)
})

test('nobody asks under the name of a verified expert', async (t) => {
  const { app, database } = await build(t)
  await verifiedExpert(database, 'Vera Lund')
  await plantCategory(database)
  const ask = async (name: string, shownAs: string) => {
    const { cookie } = await signedIn(database, 'member', name)
    const fields = { title: 'Is heat better than ice?', body: 'For a stiff back, I mean.', category: 'chiropractors' }
    return app.inject({ url: '/ask', ...form({ ...fields, shownAs, considered: 'yes', key: newKey() }, { cookie }) })
  }

  for (const name of ['Vera Lund', 'VERA  lund', 'Véra-Lund']) {
    const page = await ask(name, 'name')
    assert.equal(page.statusCode, 422, name)
    assert.match(textOf(page), /A verified expert here has the same name/)
    assert.match(page.body, /stiff back/)
  }
  assert.equal(await database.read.$count(questions), 0)
  assert.equal((await ask('Vera Lund', 'pseudonym')).statusCode, 303)
  assert.equal((await ask('Vera Lundqvist', 'name')).statusCode, 303)
})

test('experts ask under their own name', async (t) => {
  const { app, database } = await build(t)
  const { cookie } = await verifiedExpert(database, 'Vera Lund')
  await plantCategory(database)

  const fields = { title: 'Is heat better than ice?', body: 'For a stiff back, I mean.', category: 'chiropractors' }
  const reply = await app.inject({ url: '/ask', ...form({ ...fields, shownAs: 'name', key: newKey() }, { cookie }) })
  assert.equal(reply.statusCode, 303)
})

test('nobody is an expert by their role alone', async (t) => {
  const { app, database } = await build(t)
  const { account } = await signedIn(database, 'member', 'Tom')
  const { cookie } = await signedIn(database, 'administrator')
  const address = `/admin/accounts/${account.id}`
  const choose = () => app.inject({ url: `${address}/role`, ...form({ role: 'expert' }, { cookie }) })

  assert.equal((await choose()).headers.location, `${address}/expert`)
  const profile = { handle: 'tom', profession: 'Chiropractor', credentials: 'DC' }
  await app.inject({ url: `${address}/expert`, ...form(profile, { cookie }) })
  assert.equal((await choose()).headers.location, address)
  const [row] = await database.read.select().from(accounts).where(eq(accounts.id, account.id))
  assert.equal(row!.role, 'member')
  assert.equal(await database.read.$count(auditEvents, eq(auditEvents.action, 'role-changed')), 0)
})

test('whoever is made a member is no verified expert any more, as was said before', async (t) => {
  const { app, database } = await build(t)
  const expert = await verifiedExpert(database)
  const { cookie } = await signedIn(database, 'administrator', 'Ada')
  const url = `/admin/accounts/${expert.account.id}`
  const page = () => app.inject({ url, headers: { cookie } })
  assert.match(textOf(await page()), /Making them a member also withdraws their verification/)

  await app.inject({ url: `${url}/role`, ...form({ role: 'member' }, { cookie }) })
  const { id } = await askSomething(database)
  const answering = form({ body, key: newKey() }, { cookie: expert.cookie })
  assert.equal((await app.inject({ url: `/questions/${id}/answers`, ...answering })).statusCode, 403)
  assert.match(textOf(await page()), /Ada withdrew the verification of an expert Vera Lund/)
  assert.match(textOf(await page()), /Ada changed a role Vera Lund expert → member/)
})

test('an expert who becomes a moderator still answers', async (t) => {
  const { app, database } = await build(t)
  const expert = await verifiedExpert(database)
  const { cookie } = await signedIn(database, 'administrator')
  const url = `/admin/accounts/${expert.account.id}/role`
  await app.inject({ url, ...form({ role: 'moderator' }, { cookie }) })

  const { id } = await askSomething(database)
  const answering = form({ body, key: newKey() }, { cookie: expert.cookie })
  assert.equal((await app.inject({ url: `/questions/${id}/answers`, ...answering })).statusCode, 303)
})

test('whoever changes their name while it is checked is not verified by it', async (t) => {
  const { app, database } = await build(t)
  const { account, cookie: own } = await verifiedExpert(database)
  await database.write((db) => db.update(experts).set({ verifiedAt: null }))
  const { cookie } = await signedIn(database, 'administrator')
  const url = `/admin/accounts/${account.id}`
  const seen = /name="name" value="([^"]+)"><button/.exec((await app.inject({ url, headers: { cookie } })).body)![1]!

  await app.inject({ url: '/account/name', ...form({ name: 'Somebody Else' }, { cookie: own }) })
  const reply = await app.inject({ url: `${url}/verification`, ...form({ name: seen }, { cookie }) })
  assert.equal(reply.statusCode, 409)
  assert.equal((await database.read.select().from(experts))[0]!.verifiedAt, null)
})
