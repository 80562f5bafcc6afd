import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { eq } from 'drizzle-orm'
import type { config } from '../../src/config.ts'
import { accounts, auditEvents, outbox } from '../../src/database/schema.ts'
import { queueMail } from '../../src/notifications/queries.ts'
import { askSomething } from '../fixtures.ts'
import { build, form, signedIn, textOf } from '../helper.ts'

const TOLD = /Wilhelmina|quartermaine/i
const REASON = { reason: 'They say that no letter has come.' }

test('to whom a letter about a question goes is not shown, with a mail server or without', async (t) => {
  for (const smtpUrl of [undefined, 'smtp://127.0.0.1:1']) {
    const { get } = await buildWithLetter(t, { smtpUrl })
    const page = await get('/admin/outbox')
    assert.doesNotMatch(page.body, TOLD)
    assert.match(textOf(page), /Your question has an answer About a question: to whom it goes is not shown/)
    assert.match(textOf(page), /The mail server said: 550 No such user &lt;…&gt;/)
    assert.match(textOf(page), /grace@example\.org/, 'other letters show it')
  }
})

test('whoever has to know says why, which is written down, and whoever asked reads it', async (t) => {
  const { database, get, post, letterPath, asker, question } = await buildWithLetter(t)

  assert.doesNotMatch((await get(letterPath)).body, TOLD)
  assert.equal((await post(letterPath, { reason: '' })).statusCode, 422)
  assert.deepEqual(await database.read.select().from(auditEvents), [])
  const shown = textOf(await post(letterPath, REASON))
  assert.match(shown, /To w\.quartermaine@example\.org Hello Wilhelmina/)
  const own = await get(`/questions/${question.id}/${question.slug}`, asker.cookie)
  assert.match(textOf(own), /Our staff looked up who asked this.*no letter has come/)
})

test('with a mail server its text stays its reader’s', async (t) => {
  const { post, letterPath } = await buildWithLetter(t, { smtpUrl: 'smtp://127.0.0.1:1' })

  const shown = textOf(await post(letterPath, REASON))
  assert.match(shown, /w\.quartermaine@example\.org/)
  assert.doesNotMatch(shown, /Hello Wilhelmina/)
})

test('a letter to somebody else about a question is written down as well', async (t) => {
  const { database, post, get, question } = await buildWithLetter(t)
  const { account } = await signedIn(database, 'expert', 'Vera Lund')
  const text = `http://x/questions/${question.id}`
  const mail = { accountId: account.id, recipient: account.email, subject: 'A new question', text }
  await database.write((db) => queueMail(db, mail))
  const [row] = await database.read.select().from(outbox).where(eq(outbox.accountId, account.id))

  assert.equal((await post(`/admin/outbox/${row!.id}`, REASON)).statusCode, 200)
  assert.match(textOf(await get('/admin/events')), /looked up to whom a letter goes Vera Lund/)
})

test('there is nothing to look up of other letters, nor for others than administrators', async (t) => {
  const { get, post, letterPath, other, moderator } = await buildWithLetter(t)

  assert.equal((await get(`/admin/outbox/${other}`)).statusCode, 404)
  assert.equal((await get(letterPath, moderator.cookie)).statusCode, 403)
  assert.equal((await post(letterPath, REASON, moderator.cookie)).statusCode, 403)
})

test('the list of accounts says in which month each was made, not when', async (t) => {
  const { database, get, asker } = await buildWithLetter(t)
  const createdAt = new Date('2026-03-17T10:23:45Z')
  await database.write((db) => db.update(accounts).set({ createdAt }).where(eq(accounts.id, asker.account.id)))

  for (const url of ['/admin/accounts?q=Wilhelmina', `/admin/accounts/${asker.account.id}`]) {
    const { body } = await get(url)
    assert.match(body, /March 2026/, url)
    assert.doesNotMatch(body, /17 March|2026-03-17|10:23/, url)
  }
})

async function buildWithLetter(t: TestContext, overrides: Partial<typeof config> = {}) {
  const { app, database } = await build(t, overrides)
  const administrator = await signedIn(database, 'administrator', 'Ada')
  const moderator = await signedIn(database, 'moderator')
  const asker = await signedIn(database, 'member', 'Wilhelmina Quartermaine')
  const question = await askSomething(database, { askerId: asker.account.id })
  const recipient = 'w.quartermaine@example.org'
  const text = `Hello Wilhelmina,\n\nhttp://x/questions/${question.id}/${question.slug}#answer-1`
  const failed = { nextAttemptAt: null, lastError: `550 No such user <${recipient}>` }
  const [letter, plain] = await database.write((db) =>
    db
      .insert(outbox)
      .values([
        { accountId: asker.account.id, recipient, subject: 'Your question has an answer', text, ...failed },
        { recipient: 'grace@example.org', subject: 'Sign in', text: 'http://x/sign-in/link?token=abc' },
      ])
      .returning(),
  )
  const get = (url: string, cookie = administrator.cookie) => app.inject({ url, headers: { cookie } })
  const post = (url: string, fields: Record<string, string>, cookie = administrator.cookie) =>
    app.inject({ url, ...form(fields, { cookie }) })
  return {
    database,
    get,
    post,
    letterPath: `/admin/outbox/${letter!.id}`,
    other: plain!.id,
    asker,
    moderator,
    question,
  }
}
