import assert from 'node:assert/strict'
import { test } from 'node:test'
import { eq } from 'drizzle-orm'
import { createLink } from '../../src/accounts/link-queries.ts'
import {
  accounts,
  answers,
  categories,
  credentials,
  drafts,
  outbox,
  questions,
  sessions,
  verifications,
} from '../../src/database/schema.ts'
import type { Database } from '../../src/database/types.ts'
import { form, signedIn } from '../helper.ts'
import { ADA, browser, join, open, PASSWORD, tokenIn } from './browser.ts'

test('the password closes an account, and its address is free again', async (t) => {
  const forum = await open(t)
  await join(forum)

  const closed = await forum.visitor.post('/account/closure', { password: PASSWORD })
  assert.equal(closed.headers.location, '/')
  assert.equal((await forum.visitor.get('/account')).statusCode, 303)
  assert.equal((await browser(forum.app).post('/sign-in', { email: ADA.email, password: PASSWORD })).statusCode, 422)
  await join({ ...forum, visitor: browser(forum.app) })
})

test('a wrong password closes nothing', async (t) => {
  const forum = await open(t)
  await join(forum)

  const page = await forum.visitor.post('/account/closure', { password: 'not this one' })
  assert.equal(page.statusCode, 422)
  assert.match(page.body, /This is not your password/)
  assert.equal((await forum.visitor.get('/account')).statusCode, 200)
})

test('a mailed link closes an account after a press', async (t) => {
  const { app, database, mails } = await open(t)
  const { account, cookie } = await signedIn(database)

  await app.inject({ url: '/account/closure/links', ...form({}, { cookie }) })
  const { link = '' } = (await mails()).at(-1) ?? {}
  const visitor = browser(app)
  assert.match((await visitor.get(link)).body, new RegExp(account.email))
  const closed = await visitor.post('/account/closure/confirmation', { token: tokenIn(link) })
  assert.equal(closed.headers.location, '/')
  assert.deepEqual(await database.read.select().from(accounts), [])
  assert.equal((await visitor.post('/account/closure/confirmation', { token: tokenIn(link) })).statusCode, 410)
})

test('questions stay under pseudonyms that nothing ties to anybody', async (t) => {
  const forum = await open(t)
  await join(forum)
  await ask(forum.database, { key: 'named', askerName: 'Ada', isPseudonym: false })
  await ask(forum.database, { key: 'named too', askerName: 'Ada', isPseudonym: false })
  await ask(forum.database, { key: 'made up', askerName: 'Quiet Heron', isPseudonym: true })

  await forum.visitor.post('/account/closure', { password: PASSWORD })
  const kept = await forum.database.read.select().from(questions).orderBy(questions.id)
  assert.deepEqual(
    kept.map(({ askerId, isPseudonym }) => [askerId, isPseudonym]),
    [
      [null, true],
      [null, true],
      [null, true],
    ],
  )
  assert.equal(kept[2]?.askerName, 'Quiet Heron')
  assert.equal(new Set([...kept.map(({ askerName }) => askerName), 'Ada']).size, 4)
})

test('an expert’s answers keep the name and credentials they were given with', async (t) => {
  const forum = await open(t)
  await join(forum)
  const question = await ask(forum.database, { key: 'one', askerName: 'Quiet Heron', isPseudonym: true })
  const [account] = await forum.database.read.select().from(accounts)
  const given = { expertName: 'Ada', expertProfession: 'Physiotherapist', expertCredentials: 'MSc' }
  const text = { body: 'Rest.', bodyHtml: '<p>Rest.</p>', submissionKey: 'answer' }
  await forum.database.write((db) =>
    db.insert(answers).values({ questionId: question.id, expertId: account!.id, ...given, ...text }),
  )

  await forum.visitor.post('/account/closure', { password: PASSWORD })
  const [answer] = await forum.database.read.select().from(answers)
  assert.equal(answer?.expertId, null)
  assert.deepEqual([answer?.expertName, answer?.expertCredentials], ['Ada', 'MSc'])
})

test('drafts, passwords, sessions, links and waiting mail go', async (t) => {
  const forum = await open(t)
  await join(forum)
  await forum.visitor.post('/sign-in/links', { email: ADA.email })
  const [account] = await forum.database.read.select().from(accounts)
  const expiresAt = new Date(Date.now() + 1_000_000)
  await forum.database.write((db) =>
    db.insert(drafts).values({ key: 'draft', accountId: account!.id, fields: { title: 'My back' }, expiresAt }),
  )

  await forum.visitor.post('/account/closure', { password: PASSWORD })
  for (const table of [accounts, drafts, credentials, sessions, verifications])
    assert.deepEqual(await forum.database.read.select().from(table), [])
  const left = await forum.database.read.select().from(outbox)
  assert.deepEqual(
    left.map(({ subject }) => subject),
    ['Your account is closed'],
  )
})

test('the only administrator stays', async (t) => {
  const forum = await open(t)
  await join(forum)
  await forum.database.write((db) =>
    db.update(accounts).set({ role: 'administrator' }).where(eq(accounts.email, ADA.email)),
  )

  const refused = await forum.visitor.post('/account/closure', { password: PASSWORD })
  assert.equal(refused.statusCode, 409)
  assert.match(refused.body, /You are the only administrator/)
  await signedIn(forum.database, 'administrator')
  assert.equal((await forum.visitor.post('/account/closure', { password: PASSWORD })).statusCode, 303)
})

test('of two administrators who leave at once one stays', async (t) => {
  const { app, database } = await open(t)
  const both = [await signedIn(database, 'administrator'), await signedIn(database, 'administrator')]
  const tokens = await database.write(async (db) => {
    const made = []
    for (const { account } of both) made.push(await createLink(db, 'close-account', { accountId: account.id }))
    return made
  })

  const answers = await Promise.all(
    tokens.map((token) => app.inject({ url: '/account/closure/confirmation', ...form({ token }) })),
  )
  assert.deepEqual(answers.map(({ statusCode }) => statusCode).sort(), [303, 409])
  assert.equal((await database.read.select().from(accounts)).length, 1)
})

type Asked = { key: string; askerName: string; isPseudonym: boolean }

function ask(database: Database, { key, ...asker }: Asked) {
  return database.write(async (db) => {
    const place = { slug: key, path: key, name: key }
    const [category] = await db.insert(categories).values(place).returning()
    const [account] = await db.select().from(accounts)
    const text = { title: key, slug: key, body: key, bodyHtml: key, excerpt: key, submissionKey: key }
    const ids = { categoryId: category!.id, askerId: account!.id }
    const [question] = await db
      .insert(questions)
      .values({ ...text, ...ids, ...asker })
      .returning()
    return question!
  })
}
