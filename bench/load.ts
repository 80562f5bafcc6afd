import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import autocannon, { type Client, type Request, type Result } from 'autocannon'
import { type Subject, usageOf } from './processes.ts'

/** What one run of one subject came to; times in milliseconds. */
export type Sample = { perSecond: number; p50: number; p99: number; cpu: number }

type Load = {
  subject: Pick<Subject, 'child' | 'origin'>
  /** What one of the connections asks for, from the first on and again. */
  requests(): Request[]
  /** The only status an answer may have. */
  status: number
  connections: number
  seconds: number
}

/** Every connection asks for its next page as soon as it has the last. */
export const sampleLoad = (load: Load) => sample(load.subject.child, () => latenciesUnder(load))

/** @param work resolves to how long each piece of it took, and all of it together */
export async function sample(child: ChildProcess, work: () => Promise<Work>): Promise<Sample> {
  const before = await usageOf(child)
  const { latencies, elapsedMs } = await work()
  const after = await usageOf(child)
  const sorted = Float64Array.from(latencies).sort()
  return {
    perSecond: (sorted.length / elapsedMs) * 1000,
    p50: quantile(sorted, 0.5),
    p99: quantile(sorted, 0.99),
    cpu: (after.cpuMs - before.cpuMs) / sorted.length,
  }
}

export type Work = { latencies: number[]; elapsedMs: number }

const quantile = (sorted: Float64Array, share: number) => sorted[Math.ceil(sorted.length * share) - 1]!

/** autocannon's own histogram knows whole milliseconds only, so each time is kept. */
async function latenciesUnder({ subject, requests, status, connections, seconds }: Load): Promise<Work> {
  const latencies: number[] = []
  const statuses = new Set<number>()
  const startedAt = performance.now()
  let lastAt = startedAt
  const setupClient = (client: Client) => client.setRequests(requests())
  const run = autocannon({ url: subject.origin, connections, duration: seconds, sampleInt: 100, setupClient }, () => {})
  run.on('response', (_client, code, _bytes, milliseconds) => {
    latencies.push(milliseconds)
    statuses.add(code)
    lastAt = performance.now()
  })
  const [{ errors }] = (await once(run, 'done')) as [Result]
  const wrong = [...statuses].filter((code) => code !== status)
  if (wrong.length > 0 || errors > 0) throw new Error(`Answers had status ${wrong}; ${errors} errors.`)
  return { latencies, elapsedMs: lastAt - startedAt }
}
