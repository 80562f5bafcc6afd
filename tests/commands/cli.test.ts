import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { isPostgres } from '../../src/database/dialect.ts'
import { connect } from '../../src/database/index.ts'
import { accounts, auditEvents, outbox } from '../../src/database/schema.ts'
import { temporaryFolder } from '../folder.ts'
import { openMailbox } from '../notifications/mailbox.ts'
import { emptyForum, forum } from './forum.ts'

const oneLine = /^[^\n]+\n$/

test('every command has a page of help', async () => {
  for (const command of [
    'serve',
    'migrate',
    'seed',
    'backup',
    'restore',
    'research',
    'doctor',
    'user add',
    'user list',
    'user reset-two-factor',
    'mail test',
  ]) {
    const { code, stdout } = await forum([...command.split(' '), '--help'])
    assert.equal(code, 0)
    assert.match(stdout, new RegExp(`^Usage: forum ${command}`))
  }
})

test('a command that does not exist is refused in one line', async () => {
  const { code, stderr } = await forum(['serv'])
  assert.notEqual(code, 0)
  assert.match(stderr, oneLine)
  assert.match(stderr, /unknown command 'serv'.*serve/)
})

for (const words of ['nonsense --help', 'help nonsense', 'user nonsense --help', 'user help nonsense'])
  test(`"${words}" is refused too`, async () => {
    const { code, stdout, stderr } = await forum(words.split(' '))
    assert.notEqual(code, 0)
    assert.equal(stdout, '')
    assert.match(stderr, oneLine)
    assert.match(stderr, /unknown command 'nonsense'/)
  })

test('what an account lacks is named at once', async () => {
  const { code, stderr } = await forum(['user', 'add'])
  assert.equal(code, 1)
  assert.match(stderr, oneLine)
  assert.match(stderr, /^Missing: EMAIL, --name, --role\. /)
})

test('a wrong setting stops every command with one line that says what it takes', async () => {
  const { code, stderr } = await forum(['serve'], { PORT: 'http' })
  assert.equal(code, 1)
  assert.equal(stderr, 'PORT is "http"; it takes a whole number from 0 to 65535.\n')
})

test('an account made without a password comes with a link that signs in', async (t) => {
  const { run } = await emptyForum(t)
  const { code, stdout } = await run(['user', 'add', 'Ada@Example.org', '--name', 'Ada', '--role', 'admin'])
  assert.equal(code, 0)
  assert.match(stdout, /Ada <ada@example\.org> has an account now, as administrator\./)
  assert.match(stdout, /^http:\/\/127\.0\.0\.1:3000\/sign-in\/link\?token=\S+$/m)

  const list = await run(['user', 'list'])
  assert.match(list.stdout, /administrator.*ada@example\.org {2}Ada/)
})

test('with BASE_URL the link leads there', async (t) => {
  const { run } = await emptyForum(t, { BASE_URL: 'https://example.org/forum/' })
  const { stdout } = await run(['user', 'add', 'ada@example.org', '--name', 'Ada', '--role', 'member'])
  assert.match(stdout, /^https:\/\/example\.org\/forum\/sign-in\/link\?token=/m)
})

test('an account with a password from standard input needs no link', async (t) => {
  const { run } = await emptyForum(t)
  const add = ['user', 'add', 'ada@example.org', '--name', 'Ada', '--role', 'member', '--password-stdin']

  const short = await run(add, 'short\n')
  assert.equal(short.code, 1)
  assert.match(short.stderr, /^A password takes 10 to 128 characters\.\n$/)
  const easy = await run(add, 'password1234\n')
  assert.match(easy.stderr, /^That password is easy to guess/)

  const good = await run(add, 'velvet tangent harbour\n')
  assert.equal(good.code, 0)
  assert.doesNotMatch(good.stdout, /link/)
})

test('a second step that is lost is reset, and the log tells of it', async (t) => {
  const { run, url } = await emptyForum(t)
  await run(['user', 'add', 'ada@example.org', '--name', 'Ada', '--role', 'admin'])
  const reset = ['user', 'reset-two-factor', 'Ada@example.org']
  assert.equal((await run(reset)).stderr, 'ada@example.org has no two-step sign-in.\n')
  assert.match((await run(['user', 'reset-two-factor', 'bob@example.org'])).stderr, /^Nobody has an account with/)

  const database = await connect(url)
  t.after(() => database.close())
  await database.write((db) => db.update(accounts).set({ twoFactorEnabled: true }))
  assert.equal((await run(reset)).code, 0)
  const [account] = await database.read.select().from(accounts)
  const [event] = await database.read.select().from(auditEvents)
  const [mail] = await database.read.select().from(outbox)
  assert.equal(account?.twoFactorEnabled, false)
  assert.equal(event?.action, 'second-factors-reset')
  assert.equal(mail?.subject, 'Two-step sign-in has been reset')
})

test('an address has one account', async (t) => {
  const { run } = await emptyForum(t)
  const add = ['user', 'add', 'ada@example.org', '--name', 'Ada', '--role', 'member']
  await run(add)
  const again = await run(add)
  assert.equal(again.code, 1)
  assert.equal(again.stderr, 'ada@example.org has an account already.\n')
})

test('an expert is verified, and takes a profession and credentials', async (t) => {
  const { run } = await emptyForum(t)
  const add = ['user', 'add', 'ada@example.org', '--name', 'Ada Lovelace', '--role', 'expert']
  const without = await run(add)
  assert.equal(without.code, 1)
  assert.match(without.stderr, /^An expert takes --profession and --credentials/)

  const given = ['--profession', 'Physiotherapist', '--credentials', 'MSc, MCSP']
  assert.equal((await run([...add, ...given])).code, 0)
  const other = ['user', 'add', 'b@example.org', '--name', 'Ada Lovelace', '--role', 'expert', ...given]
  assert.match((await run(other)).stderr, /^The handle ada-lovelace is somebody else's/)
  assert.doesNotMatch((await run(['user', 'list'])).stdout, /b@example\.org/)
})

for (const [role, message] of Object.entries({
  king: /^--role is "king"; it takes member, expert/,
  '': /^--role is ""/,
}))
  test(`"${role}" is no role`, async () => {
    const { code, stderr } = await forum(['user', 'add', 'a@example.org', '--name', 'Ada', '--role', role])
    assert.equal(code, 1)
    assert.match(stderr, message)
  })

test('seeding twice doubles nothing', async (t) => {
  const { run } = await emptyForum(t)
  const first = await run(['seed'])
  assert.equal(first.code, 0)
  assert.match(first.stdout, /^Adding the example content: [1-9]\d* categories, .* [1-9]\d* answers\.\n$/)

  const second = await run(['seed'])
  assert.equal(second.stdout, 'Adding the example content: 0 categories, 0 people, 0 questions, 0 answers.\n')
})

test('the doctor finds nothing wrong with a new forum', async (t) => {
  const { run } = await emptyForum(t)
  const { code, stdout } = await run(['doctor'])
  assert.equal(code, 0)
  assert.match(stdout, /good {3}The database answers, is up to date/)
  assert.match(stdout, /mind {3}There is no administrator/)
})

test('the doctor names a mail server that does not answer', async (t) => {
  const { run } = await emptyForum(t, { SMTP_URL: 'smtp://127.0.0.1:1', MAIL_FROM: 'forum@example.org' })
  const { code, stdout, stderr } = await run(['doctor'])
  assert.equal(code, 1)
  assert.match(stdout, /WRONG {2}The mail server cannot be used\. Nothing answers at 127\.0\.0\.1:1\./)
  assert.equal(stderr, 'One thing is wrong.\n')
})

test('the doctor says so where the database has not been migrated', { skip: isPostgres }, async (t) => {
  const { code, stdout } = await forum(['doctor'], { DATABASE_URL: `file:${join(temporaryFolder(t), 'new/forum.db')}` })
  assert.equal(code, 1)
  assert.match(stdout, /WRONG {2}The database is not up to date\. Run: npm run forum -- migrate/)
})

test('a mail test shows what was said, without the password', async (t) => {
  const mailbox = await openMailbox(t, {
    allowInsecureAuth: true,
    onAuth: (_auth, _session, done) => done(null, { user: 'ada' }),
  })
  const { run } = await emptyForum(t, {
    SMTP_URL: mailbox.url.replace('//', '//ada:geheim@'),
    MAIL_FROM: 'forum@example.org',
  })
  const { code, stdout } = await run(['mail', 'test', 'ada@example.org'])
  assert.equal(code, 0)
  assert.match(stdout, /^> RCPT TO:<ada@example\.org>/m)
  assert.match(stdout, /^< 250 /m)
  assert.doesNotMatch(stdout, /geheim|Z2VoZWlt/)
  assert.equal(mailbox.letters.length, 1)
})

test('a mail test that is refused says why', async (t) => {
  const mailbox = await openMailbox(t, { onRcptTo: (_address, _session, done) => done(new Error('no such person')) })
  const { run } = await emptyForum(t, { SMTP_URL: mailbox.url, MAIL_FROM: 'forum@example.org' })
  const { code, stderr } = await run(['mail', 'test', 'ada@example.org'])
  assert.equal(code, 1)
  assert.match(stderr, /^The mail was not accepted: .*no such person\n$/)
})

test('a mail test without a mail server says what is missing', async () => {
  const { code, stderr } = await forum(['mail', 'test', 'ada@example.org'])
  assert.equal(code, 1)
  assert.match(stderr, /^SMTP_URL is not set/)
})
