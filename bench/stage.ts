import { randomBytes } from 'node:crypto'
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import SQLite from 'better-sqlite3'
import type { Forum } from './fill.ts'
import type { Options } from './options.ts'
import { answerOf, start, startServer } from './processes.ts'

export type Stage = Awaited<ReturnType<typeof setStage>>

/** A full forum in the temp folder, served as in production; all of it goes when this process ends. */
export async function setStage(options: Options) {
  const folder = mkdtempSync(join(tmpdir(), 'forum-bench-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130))

  const file = join(folder, 'forum.db')
  const settings = productionSettings(file)
  console.error(`Filling a database with ${options.questions} questions`)
  const filled = await answerOf<Forum>(start(['bench/fill.ts', String(options.questions)], { folder, settings }))
  const filledFile = join(folder, 'filled.json')
  writeFileSync(filledFile, JSON.stringify(filled))
  const copy = join(folder, 'copy.db')
  copyFileSync(file, copy)

  const forum = await startServer(['src/cli.ts', 'serve'], { folder, settings })
  return { options, folder, file, copy, filled, filledFile, forum, rounds: roundsOf(options), read: reader(file) }
}

const productionSettings = (file: string) => ({
  NODE_ENV: 'production',
  LOG_LEVEL: 'warn',
  SEED: 'off',
  PORT: '0',
  DATABASE_URL: `file:${file}`,
  SECRET: randomBytes(32).toString('base64url'),
  TRUST_PROXY: 'on',
})

function reader(file: string) {
  const connection = new SQLite(file, { readonly: true })
  return <Row>(statement: string) => connection.prepare(statement).all() as Row[]
}

const roundsOf =
  ({ runs, seconds }: Options) =>
  (what: string) => ({ runs, seconds, onRun: (run: number) => console.error(`${what}: run ${run} of ${runs}`) })
