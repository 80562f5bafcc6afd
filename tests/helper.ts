import { randomBytes, randomUUID } from 'node:crypto'
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { Signer } from '@fastify/cookie'
import pg from 'pg'
import { config } from '../src/config.ts'
import { giveConsents } from '../src/consents/queries.ts'
import type { ConsentKind } from '../src/consents/texts.ts'
import { isPostgres } from '../src/database/dialect.ts'
import { connect } from '../src/database/index.ts'
import { accounts, type roles, sessions } from '../src/database/schema.ts'
import type { Database } from '../src/database/types.ts'
import { SESSION_COOKIE, signedToken } from '../src/plugins/sessions.ts'

export const SECRET = 'only-for-tests-only-for-tests-only-for-tests'
/** Long enough for tests that travel in time. */
const SESSION_MS = 30 * 86_400_000

/** A test, or a whole file of them: whatever can say when it is over. */
export type Cleanup = { after(work: () => unknown): void }

/** A running app on an empty, migrated database of its own; both go when the test ends. */
export async function build(t: Cleanup, overrides: Partial<typeof config> = {}) {
  return buildOn(t, await emptyDatabase(t), overrides)
}

/** Several servers on one database: each has connections of its own. */
export async function buildMany(t: Cleanup, count: number) {
  const url = await emptyDatabaseUrl(t)
  const servers = Array.from({ length: count }, async () => {
    const database = await connect(url)
    const server = await buildOn(t, database)
    server.app.addHook('onClose', () => database.close())
    return server
  })
  return Promise.all(servers)
}

async function buildOn(t: Cleanup, database: Database, overrides: Partial<typeof config> = {}) {
  const { buildApp } = await import('../src/app.ts') // tests of queries alone load faster without it
  const app = await buildApp(database, { ...config, secret: SECRET, ...overrides })
  t.after(() => app.close())
  return { app, database }
}

export async function emptyDatabase(t: Cleanup) {
  const { url, remove } = isPostgres ? await copyPostgres() : copySqlite()
  const database = await connect(url)
  t.after(async () => {
    await database.close()
    await remove()
  })
  return database
}

/** For a process of its own that a test starts. */
export async function emptyDatabaseUrl(t: Cleanup) {
  const { url, remove } = isPostgres ? await copyPostgres() : copySqlite()
  t.after(remove)
  return url
}

/** One that no migration has seen. */
export async function bareDatabaseUrl(t: Cleanup) {
  const { url, remove } = isPostgres ? await copyPostgres('template0') : newSqlite()
  t.after(remove)
  return url
}

/** scripts/test.ts has migrated an empty database once; each test gets a copy. */
function copySqlite() {
  const made = newSqlite()
  copyFileSync(template().replace('file:', ''), made.url.replace('file:', ''))
  return made
}

function newSqlite() {
  const folder = mkdtempSync(join(tmpdir(), 'forum-'))
  return { url: `file:${join(folder, 'forum.db')}`, remove: async () => rmSync(folder, { recursive: true }) }
}

async function copyPostgres(templateName = new URL(template()).pathname.slice(1)) {
  const name = `test_${randomBytes(6).toString('hex')}`
  const url = new URL(template())
  url.pathname = '/postgres'
  const run = async (statement: string) => {
    const client = new pg.Client({ connectionString: url.href })
    await client.connect()
    await client.query(statement).finally(() => client.end())
  }
  await run(`create database ${name} template ${templateName} strategy file_copy`) // nine times as quick here
  return { url: url.href.replace(/\/postgres$/, `/${name}`), remove: () => run(`drop database ${name} with (force)`) }
}

function template() {
  const url = process.env.TEMPLATE_DATABASE
  if (!url) throw new Error('Start the tests with: npm test, or node run.js scripts/test.ts [FILE…]')
  return url
}

export const form = (fields: Record<string, string>, headers: Record<string, string> = {}) => ({
  method: 'POST' as const,
  headers: {
    'content-type': 'application/x-www-form-urlencoded',
    'sec-fetch-site': 'same-origin',
    ...headers,
  },
  payload: new URLSearchParams(fields).toString(),
})

/** An account with a session: its `cookie` header makes a request that account's. It has agreed to what asking needs. */
export async function signedIn(
  database: Database,
  role: (typeof roles)[number] = 'member',
  name: string = role,
  kinds: ConsentKind[] = ['health-data', 'publication', 'follow-up-mail'],
) {
  const token = randomUUID()
  const account = await database.write(async (db) => {
    const [row] = await db
      .insert(accounts)
      .values({ name, email: `${randomUUID()}@example.org`, emailVerified: true, role, ageConfirmedAt: new Date() })
      .returning()
    await giveConsents(db, { accountId: row!.id, kinds, now: new Date() })
    await db.insert(sessions).values({ accountId: row!.id, token, expiresAt: new Date(Date.now() + SESSION_MS) })
    return row!
  })
  return { account, cookie: `${SESSION_COOKIE}=${encodeURIComponent(signedToken(token, SECRET))}` }
}

/** A cookie as the forum signs those that hold no session. */
export const signedCookie = (name: string, value: string) =>
  `${name}=${encodeURIComponent(new Signer(SECRET).sign(value))}`

/** What a page says, without its markup. */
export const textOf = ({ body }: { body: string }) => body.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ')
