import assert from 'node:assert/strict'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { connect as connectTo, createServer } from 'node:net'
import process from 'node:process'
import { type TestContext, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { connect } from '../../src/database/index.ts'
import { queueMail } from '../../src/notifications/queries.ts'
import { emptyDatabaseUrl } from '../helper.ts'
import { openMailbox } from '../notifications/mailbox.ts'
import { forum, openForum } from './forum.ts'

const SECRET = 'only-for-tests-only-for-tests-only-for-tests'
const SECONDS = 1000

test('a trial opens with example content and ways in, and stops cleanly', async (t) => {
  const { origin, said, stop } = await openForum(t, await settingsOf(t))
  assert.match(said.stdout, /Adding the example content: [1-9]\d* categories/)
  const page = await fetch(`${origin}/categories/pain-and-symptoms/chiropractors`)
  assert.equal(page.status, 200)
  assert.match(await page.text(), /Active release therapy/)

  for (const as of ['asker', 'expert', 'administrator']) {
    const [, link] = new RegExp(`as an ${as} +(\\S+)`).exec(said.stdout) ?? []
    assert.equal((await fetch(link!)).status, 200)
  }
  assert.equal(await stop(), 0)
  assert.equal(said.stderr, '')
})

test('in production nothing of an example is added or shown, and it says how to get an administrator', async (t) => {
  const { said, stop } = await openForum(t, { ...(await settingsOf(t)), NODE_ENV: 'production', LOG_LEVEL: 'warn' })
  assert.doesNotMatch(said.stdout, /example content|as an/)
  assert.match(
    said.stdout,
    /There is no administrator yet\..+\/first-administrator\?token=.+user add YOU@example\.org/s,
  )
  assert.equal(await stop(), 0)
})

test('whoever was given an account on the command line signs in', async (t) => {
  const settings = { ...(await settingsOf(t)), SEED: 'off' }
  const password = 'velvet tangent harbour'
  const add = ['user', 'add', 'ada@example.org', '--name', 'Ada', '--role', 'admin', '--password-stdin']
  await forum(add, settings, password)
  const { origin } = await openForum(t, settings)

  const entered = await fetch(`${origin}/sign-in`, {
    method: 'POST',
    headers: { origin },
    body: new URLSearchParams({ email: 'ada@example.org', password, next: '/admin' }),
    redirect: 'manual',
  })
  assert.equal(entered.status, 303)
  const cookie = entered.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ')
  assert.equal((await fetch(`${origin}/admin`, { headers: { cookie } })).status, 200)
})

test('a port that is taken is named in one line', async (t) => {
  const taken = createServer().listen(0, '127.0.0.1')
  await once(taken, 'listening')
  t.after(() => taken.close())
  const { port } = taken.address() as { port: number }
  const settings = { ...(await settingsOf(t)), PORT: String(port), SEED: 'off' }
  for (const WORKERS of ['1', '2']) {
    const { code, stderr } = await forum(['serve'], { ...settings, WORKERS })
    assert.equal(code, 1)
    assert.equal(stderr, `Port ${port} is in use already: stop what runs there, or set PORT to another number.\n`)
  }
})

test('told to stop, it finishes the requests that are open', async (t) => {
  const { origin, child } = await openForum(t, { ...(await settingsOf(t)), SEED: 'off' })
  const { hostname, port, host } = new URL(origin)
  const socket = connectTo(Number(port), hostname)
  const chunks: string[] = []
  socket.setEncoding('utf8').on('data', (chunk: string) => chunks.push(chunk))
  const head = ['POST /sign-in HTTP/1.1', `Host: ${host}`, `Origin: ${origin}`, 'Content-Length: 9']
  socket.write(`${[...head, 'Content-Type: application/x-www-form-urlencoded'].join('\r\n')}\r\n\r\nemail`)
  await setTimeout(200)

  child.kill('SIGINT')
  child.kill('SIGINT') // the echo of the same Ctrl-C
  await setTimeout(200)
  assert.equal(child.exitCode, null)
  socket.write('=ada')
  const [code] = await once(child, 'exit')
  assert.equal(code, 0)
  assert.match(chunks.join(''), /^HTTP\/1\.1 422/)
})

test('a second Ctrl-C ends it at once', async (t) => {
  const { origin, child } = await openForum(t, { ...(await settingsOf(t)), SEED: 'off' })
  const { hostname, port, host } = new URL(origin)
  const socket = connectTo(Number(port), hostname).on('error', () => {})
  socket.write(`POST /sign-in HTTP/1.1\r\nHost: ${host}\r\nContent-Length: 9\r\n\r\n`)
  await setTimeout(200)

  child.kill('SIGINT')
  await setTimeout(700)
  child.kill('SIGINT')
  const [code] = await once(child, 'exit')
  assert.equal(code, 130)
})

test('mail that waits goes out once there is a mail server', async (t) => {
  const settings = { ...(await settingsOf(t)), SEED: 'off' }
  const database = await connect(settings.DATABASE_URL)
  await database.write((db) => queueMail(db, { recipient: 'ada@example.org', subject: 'Hello', text: 'Hello Ada' }))
  await database.close()
  const mailbox = await openMailbox(t)

  const { stop } = await openForum(t, { ...settings, SMTP_URL: mailbox.url, MAIL_FROM: 'forum@example.org' })
  for (let waited = 0; mailbox.letters.length === 0 && waited < 5 * SECONDS; waited += 50) await setTimeout(50)
  assert.equal(mailbox.letters.length, 1)
  assert.equal(await stop(), 0)
})

test('several workers answer, one that dies is replaced, and all stop together', {
  skip: process.platform !== 'linux',
}, async (t) => {
  const { origin, said, child, stop } = await openForum(t, { ...(await settingsOf(t)), SEED: 'off', WORKERS: '2' })
  assert.equal((await fetch(`${origin}/healthz`)).status, 200)

  const [worker] = await workersOf(child.pid!)
  process.kill(worker!, 'SIGKILL')
  const isTold = () => /A worker has died; another one takes its place\./.test(said.stderr)
  for (let waited = 0; !isTold() && waited < 5 * SECONDS; waited += 50) await setTimeout(50)
  assert.ok(isTold())
  assert.equal((await fetch(`${origin}/healthz`)).status, 200)
  for (let waited = 0; (await workersOf(child.pid!)).length < 2 && waited < 5 * SECONDS; waited += 50)
    await setTimeout(50)
  await setTimeout(500)

  assert.equal(await stop(), 0)
  assert.equal((await fetch(`${origin}/healthz`).catch(() => undefined))?.status, undefined)
})

async function workersOf(pid: number) {
  const children = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8')
  return children.trim().split(' ').filter(Boolean).map(Number)
}

const settingsOf = async (t: TestContext) => ({ DATABASE_URL: await emptyDatabaseUrl(t), SECRET })
