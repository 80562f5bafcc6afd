import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import type { config } from '../../src/config.ts'
import { auditEvents, outbox } from '../../src/database/schema.ts'
import type { Database } from '../../src/database/types.ts'
import { countQueries } from '../count-queries.ts'
import { askSomething } from '../fixtures.ts'
import { build, form, signedIn, textOf } from '../helper.ts'

test('without a mail server administrators read the mail, and follow its links', async (t) => {
  const { admin, database } = await buildWithAdmin(t)
  await write(database, { text: 'Hello,\n\nhttp://127.0.0.1:3000/sign-in/link?token=abc\n\nhttps://evil.example/x' })

  const { body } = await admin('/admin/outbox')
  assert.match(body, /nothing goes out/)
  assert.match(body, /<a href="http:\/\/127\.0\.0\.1:3000\/sign-in\/link\?token=abc">/)
  assert.doesNotMatch(body, /<a href="https:\/\/evil/)
})

test('with a mail server they see what became of it, and nothing of what it says', async (t) => {
  const { admin, database } = await buildWithAdmin(t, { smtpUrl: 'smtp://127.0.0.1:1' })
  await write(database, {
    text: 'Your link: token=abc',
    subject: 'Sign in',
    nextAttemptAt: null,
    lastError: 'No such user',
  })
  await write(database, {
    text: 'Your link: token=abc',
    subject: 'Reset',
    sentAt: new Date('2026-01-02'),
    nextAttemptAt: null,
  })

  const page = await admin('/admin/outbox')
  assert.doesNotMatch(page.body, /token=abc/)
  assert.match(textOf(page), /Sign in .* Given up .*The mail server said: No such user/)
  assert.match(textOf(page), /Reset .* Sent on 2 January 2026/)
})

test('what was given up is sent again or dropped without telling to whom it goes', async (t) => {
  const { admin, press, database } = await buildWithAdmin(t, { smtpUrl: 'smtp://127.0.0.1:1' })
  const text = 'Your question has an answer: http://127.0.0.1:3000/questions/1'
  const failed = { text, nextAttemptAt: null, attempts: 7, lastError: 'grace@example.org is full' }
  for (let count = 0; count < 2; count += 1) await write(database, failed)
  await write(database, { text, nextAttemptAt: null, sentAt: new Date() })

  const page = await admin('/admin/outbox')
  assert.equal(page.body.match(/Send it again/g)!.length, 2)
  assert.doesNotMatch(page.body, /grace/)
  assert.equal((await press('/admin/outbox/1/attempts')).statusCode, 303)
  await press('/admin/outbox/2?_method=DELETE')
  await press('/admin/outbox/3?_method=DELETE')
  const left = await database.read.select().from(outbox).orderBy(outbox.id)
  assert.deepEqual(
    left.map(({ id, attempts, nextAttemptAt }) => [id, attempts, nextAttemptAt !== null]),
    [
      [1, 0, true],
      [3, 0, false],
    ],
  )
  const events = await admin('/admin/events')
  assert.match(textOf(events), /Ada dropped a letter that could not be sent.*Ada had a letter sent again/)
  assert.doesNotMatch(events.body, /grace/)
})

test('no time of a mail tells when somebody signed up', async (t) => {
  const { admin, database } = await buildWithAdmin(t)
  for (let count = 0; count < 21; count += 1) await write(database, { createdAt: new Date('2026-03-04T05:06:07.089Z') })
  const { body } = await admin('/admin/outbox')
  assert.match(body, /4 March 2026/)
  assert.doesNotMatch(body, /05:06|T05/)
  assert.match(body, /after=0-2"/)
})

test('the overview counts what waits', async (t) => {
  const { admin, database } = await buildWithAdmin(t)
  await write(database, {})
  await write(database, {})
  await write(database, { nextAttemptAt: null })
  await write(database, { nextAttemptAt: null, sentAt: new Date() })

  assert.match(textOf(await admin('/admin')), /2 mails wait, 1 was given up/)
})

test('mail and events follow page by page, in as many queries for many as for few', async (t) => {
  const { ada, admin, database } = await buildWithAdmin(t)
  const grow = async (from: number, to: number) => {
    for (let number = from; number < to; number += 1) {
      await write(database, { subject: `Mail ${number}.`, createdAt: new Date(2026, 0, 1, 0, number) })
      await database.write((db) =>
        db
          .insert(auditEvents)
          .values({ actorId: ada.id, action: 'role-changed', subjectKind: 'account', subjectId: ada.id }),
      )
    }
    return [await countQueries(() => admin('/admin/outbox')), await countQueries(() => admin('/admin/events'))]
  }

  const few = await grow(0, 10)
  assert.deepEqual(await grow(10, 100), few)
  const first = await admin('/admin/outbox')
  assert.match(first.body, /Mail 99\..*Mail 80\./s)
  const next = /rel="next" href="([^"]+)"/.exec(first.body)?.[1]
  assert.match((await admin(next!)).body, /Mail 79\..*Mail 60\./s)
})

test('an event whose doer has left, and one of a kind unknown, are still told', async (t) => {
  const { admin, database } = await buildWithAdmin(t)
  const { id: subjectId } = await askSomething(database)
  await database.write((db) =>
    db.insert(auditEvents).values({ action: 'dance', subjectKind: 'question', subjectId, reason: 'For joy' }),
  )

  const page = await admin('/admin/events')
  assert.match(textOf(page), /Somebody who has left: dance .*For joy/)
  assert.match(page.body, new RegExp(`href="/questions/${subjectId}`))
})

async function buildWithAdmin(t: TestContext, overrides: Partial<typeof config> = {}) {
  const { app, database } = await build(t, { ...overrides, baseUrl: new URL('http://127.0.0.1:3000') })
  const { account: ada, cookie } = await signedIn(database, 'administrator', 'Ada')
  const press = (url: string) => app.inject({ url, ...form({}, { cookie }) })
  return { ada, database, admin: (url: string) => app.inject({ url, headers: { cookie } }), press }
}

const write = (database: Database, mail: Partial<typeof outbox.$inferInsert>) =>
  database.write((db) =>
    db.insert(outbox).values({ recipient: 'grace@example.org', subject: 'News', text: 'Hello', ...mail }),
  )
