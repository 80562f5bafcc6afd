import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import process from 'node:process'
import { createInterface } from 'node:readline'
import type { Usage } from './probe.ts'

export type Subject = { child: ChildProcess; origin: string; startMs: number }

type Place = {
  /** Where it runs, so that it finds no .env. */
  folder: string
  /** All it knows of its environment. */
  settings?: Record<string, string>
}

/** Starts a script of this project in a process of its own. */
export function start(words: string[], { folder, settings }: Place) {
  const [script, ...rest] = words
  const child = fork(join(import.meta.dirname, '..', script!), rest, {
    cwd: folder,
    env: { PATH: process.env.PATH, ...settings },
    execArgv: ['--import', join(import.meta.dirname, 'probe.ts')],
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  })
  process.prependOnceListener('exit', () => child.kill('SIGKILL')) // before its files are removed
  return child
}

/** A server is up once it has printed its address. */
export async function startServer(words: string[], place: Place): Promise<Subject> {
  const startedAt = performance.now()
  const child = start(words, place)
  for await (const line of createInterface(child.stdout!)) {
    const [origin] = /http:\/\/[\w.]+:\d+/.exec(line) ?? []
    if (!origin) continue
    child.stdout!.resume()
    return { child, origin, startMs: performance.now() - startedAt }
  }
  throw new Error(`${words.join(' ')} has not started.`)
}

export async function call<Reply>(child: ChildProcess, message: string | { writeForSeconds: number }) {
  const reply = answerOf<Reply>(child)
  child.send(message)
  return reply
}

/** What the process says next. */
export async function answerOf<Reply>(child: ChildProcess) {
  const ended = new AbortController()
  const end = () => ended.abort(new Error('A measured process has ended.'))
  child.once('exit', end)
  try {
    const [reply] = await once(child, 'message', { signal: ended.signal })
    return reply as Reply
  } finally {
    child.off('exit', end)
  }
}

export const usageOf = (child: ChildProcess) => call<Usage>(child, 'usage')
