import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { asc } from 'drizzle-orm'
import type { SMTPServerOptions } from 'smtp-server'
import { outbox } from '../../src/database/schema.ts'
import type { Database } from '../../src/database/types.ts'
import { claimMail, type Mail, queueMail } from '../../src/notifications/queries.ts'
import { createSender } from '../../src/notifications/sender.ts'
import { openTransport } from '../../src/notifications/smtp.ts'
import { emptyDatabase } from '../helper.ts'
import { headersOf, openMailbox } from './mailbox.ts'

const MINUTE_MS = 60_000
const letterhead = { mailFrom: 'forum@bones.example', siteName: 'Bone Health' }
const toAda: Mail = { recipient: 'ada@example.org', subject: 'Your question has an answer', text: 'Hello Ada,\n' }

test('a queued mail arrives once, signed by the site and marked as automatic', async (t) => {
  const { database, sender, letters } = await setUp(t)
  await queue(database, toAda)

  await sender.wake()
  await sender.wake()
  assert.equal(letters.length, 1)
  assert.deepEqual(letters[0]!.recipients, ['ada@example.org'])
  assert.match(letters[0]!.raw, /Hello Ada,/)
  const headers = headersOf(letters[0]!)
  assert.ok(headers.includes('From: Bone Health <forum@bones.example>'))
  assert.ok(headers.includes('Auto-Submitted: auto-generated'))
  assert.ok(headers.some((header) => /^Message-ID: <outbox\.\d+\.\d+@bones\.example>$/i.test(header)))
})

test('a mailbox that is busy is tried again later, and later still', async (t) => {
  let isBusy = true
  const busy: SMTPServerOptions['onRcptTo'] = (_address, _session, done) =>
    done(isBusy ? Object.assign(new Error('try later'), { responseCode: 451 }) : null)
  const { database, sender, letters, clock } = await setUp(t, { onRcptTo: busy })
  await queue(database, toAda)

  await sender.wake()
  assert.equal((await outboxOf(database))[0]!.nextAttemptAt!.getTime(), clock.now.getTime() + MINUTE_MS)
  clock.forward(30_000)
  await sender.wake()
  assert.equal((await outboxOf(database))[0]!.attempts, 1)

  clock.forward(30_000)
  await sender.wake()
  const [twice] = await outboxOf(database)
  assert.equal(twice!.attempts, 2)
  assert.match(twice!.lastError!, /try later/)
  assert.equal(twice!.nextAttemptAt!.getTime(), clock.now.getTime() + 5 * MINUTE_MS)

  isBusy = false
  clock.forward(5 * MINUTE_MS)
  await sender.wake()
  const [sent] = await outboxOf(database)
  assert.equal(letters.length, 1)
  assert.equal(sent!.sentAt!.getTime(), clock.now.getTime())
  assert.equal(sent!.lastError, null)
})

test('after seven attempts in a day and a half it is given up, and the reason is kept', async (t) => {
  const { database, sender, clock } = await setUp(t, { onConnect: (_session, done) => done(new Error('closed today')) })
  await queue(database, toAda)

  for (let day = 0; day < 10; day++) {
    await sender.wake()
    clock.forward(24 * 60 * MINUTE_MS)
  }
  const [mail] = await outboxOf(database)
  assert.equal(mail!.attempts, 7)
  assert.equal(mail!.nextAttemptAt, null)
  assert.equal(mail!.sentAt, null)
  assert.match(mail!.lastError!, /closed today/)
})

test('an address that is refused for good is not tried again', async (t) => {
  const refuse: SMTPServerOptions['onRcptTo'] = (_address, _session, done) =>
    done(Object.assign(new Error('no such person'), { responseCode: 550 }))
  const { database, sender } = await setUp(t, { onRcptTo: refuse })
  await queue(database, toAda)

  await sender.wake()
  const [mail] = await outboxOf(database)
  assert.equal(mail!.nextAttemptAt, null)
  assert.match(mail!.lastError!, /no such person/)
})

test('what is no address at all is given up, and the next mail still goes out', async (t) => {
  const { database, sender, letters } = await setUp(t)
  await queue(database, { ...toAda, recipient: 'nobody' }, { ...toAda, recipient: '' }, toAda)

  await sender.wake()
  assert.deepEqual(
    letters.flatMap(({ recipients }) => recipients),
    ['ada@example.org'],
  )
  assert.deepEqual(
    (await outboxOf(database)).map(({ nextAttemptAt }) => nextAttemptAt),
    [null, null, null],
  )
})

test('a wrong password for the mail server is our fault: the mail waits', async (t) => {
  const { database, sender } = await setUp(
    t,
    {
      authOptional: false,
      onAuth: (_auth, _session, done) => done(Object.assign(new Error('wrong password'), { responseCode: 535 })),
      allowInsecureAuth: true,
    },
    'ada:wrong@',
  )
  await queue(database, toAda)

  await sender.wake()
  assert.notEqual((await outboxOf(database))[0]!.nextAttemptAt, null)
})

test('a mail server that is not there stops nothing', async (t) => {
  const { database, clock } = await setUp(t)
  const transport = openTransport('smtp://127.0.0.1:1')
  await queue(database, toAda)

  await createSender(database, { ...letterhead, transport, clock: clock.read }).wake()
  const [mail] = await outboxOf(database)
  assert.match(mail!.lastError!, /ECONNREFUSED/)
  assert.notEqual(mail!.nextAttemptAt, null)
})

test('two senders at once deliver each mail once', async (t) => {
  const { database, sender, letters, url, clock } = await setUp(t)
  await queue(database, ...Array.from({ length: 12 }, (_, n) => ({ ...toAda, recipient: `ada${n}@example.org` })))

  const other = createSender(database, { ...letterhead, transport: openTransport(url), clock: clock.read })
  await Promise.all([sender.wake(), other.wake(), sender.wake()])
  await Promise.all([sender.wake(), other.wake()])
  assert.equal(letters.length, 12)
  assert.equal(new Set(letters.flatMap(({ recipients }) => recipients)).size, 12)
})

test('mail that a crashed server had in hand goes out after five minutes, with the same Message-ID', async (t) => {
  const { database, sender, letters, clock } = await setUp(t)
  await queue(database, toAda)
  const until = new Date(clock.now.getTime() + 5 * MINUTE_MS)
  await database.write((db) => claimMail(db, { now: clock.now, until }))

  await sender.wake()
  assert.equal(letters.length, 0)
  clock.forward(5 * MINUTE_MS)
  await sender.wake()
  assert.equal(letters.length, 1)
  const { id, createdAt } = (await outboxOf(database))[0]!
  assert.match(letters[0]!.raw, new RegExp(`<outbox\\.${id}\\.${createdAt.getTime()}@`))
})

test('line breaks in a name, a subject or an address add no header', async (t) => {
  const { database, letters, url, clock } = await setUp(t)
  const transport = openTransport(url)
  const siteName = 'Bones\r\nBcc: eve@example.org'
  const sender = createSender(database, { ...letterhead, siteName, transport, clock: clock.read })
  await queue(
    database,
    { ...toAda, subject: 'Hello\r\nBcc: eve@example.org\r\n\r\nBuy now' },
    { ...toAda, recipient: 'ada@example.org\r\nBcc: eve@example.org' },
    { ...toAda, recipient: 'ada@example.org, eve@example.org' },
  )

  await sender.wake()
  assert.ok(letters.length > 0)
  for (const letter of letters) {
    assert.ok(!letter.recipients.includes('eve@example.org'))
    assert.ok(!headersOf(letter).some((header) => /^bcc:/i.test(header)))
  }
})

async function setUp(t: TestContext, options: SMTPServerOptions = {}, login = '') {
  const database = await emptyDatabase(t)
  const { url, letters } = await openMailbox(t, options)
  const clock = createClock()
  const transport = openTransport(url.replace('smtp://', `smtp://${login}`))
  const sender = createSender(database, { ...letterhead, transport, clock: clock.read })
  return { database, sender, letters, url, clock }
}

function createClock() {
  const clock = {
    now: new Date(Date.now() + 1000),
    read: () => clock.now,
    forward(milliseconds: number) {
      clock.now = new Date(clock.now.getTime() + milliseconds)
    },
  }
  return clock
}

const queue = (database: Database, ...mails: Mail[]) =>
  database.write(async (db) => {
    for (const mail of mails) await queueMail(db, mail)
  })

const outboxOf = (database: Database) => database.read.select().from(outbox).orderBy(asc(outbox.id))
