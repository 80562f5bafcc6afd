import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import process from 'node:process'
import { text } from 'node:stream/consumers'
import type { TestContext } from 'node:test'
import { emptyDatabaseUrl } from '../helper.ts'

type Environment = Record<string, string>

/** As somebody would start it who has set nothing but these settings. */
function start(words: string[], environment: Environment) {
  const { LOG_LEVEL, ...env } = process.env
  return spawn(process.execPath, ['src/cli.ts', ...words], {
    env: { ...env, NODE_ENV: 'development', HOST: '127.0.0.1', PORT: '0', ...environment },
  })
}

/** Runs a command of the forum to its end. */
export async function forum(words: string[], environment: Environment = {}, input = '') {
  const child = start(words, environment)
  child.stdin.end(input)
  const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')])
  return { code: code as number, stdout, stderr }
}

const SECRET = 'only-for-tests-only-for-tests-only-for-tests'

/** A forum without a table in it; `run` runs its commands. */
export async function emptyForum(t: TestContext, environment: Environment = {}) {
  const url = await emptyDatabaseUrl(t)
  const settings = { DATABASE_URL: url, SECRET, PORT: '3000', ...environment }
  return { url, run: (words: string[], input?: string) => forum(words, settings, input) }
}

/** A forum that is open; `stop` asks it to end and tells how it did. */
export async function openForum(t: TestContext, environment: Environment) {
  const child = start(['serve'], environment)
  t.after(() => child.kill('SIGKILL'))
  const said = { stdout: '', stderr: '' }
  child.stdout.on('data', (data: Buffer) => (said.stdout += data))
  child.stderr.on('data', (data: Buffer) => (said.stderr += data))
  const origin = await printedOrigin(child, said)
  return { child, said, origin, stop: () => stopped(child) }
}

async function printedOrigin(child: ChildProcess, said: { stdout: string; stderr: string }) {
  const ended = once(child, 'exit').then(() => {
    throw new Error(`The forum has ended: ${said.stderr}`)
  })
  for (;;) {
    const [, origin] = /is open at\s+(https?:\/\/[^/\s]+)/.exec(said.stdout) ?? []
    if (origin) return origin
    await Promise.race([once(child.stdout!, 'data'), ended])
  }
}

async function stopped(child: ChildProcess, signal: NodeJS.Signals = 'SIGTERM') {
  child.kill(signal)
  const [code] = await once(child, 'exit')
  return code as number | null
}
