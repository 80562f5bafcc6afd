import cluster, { type Worker } from 'node:cluster'
import { once } from 'node:events'
import process from 'node:process'
import { setTimeout } from 'node:timers/promises'

const PAUSE_MS = 1_000

type Trouble = { trouble: string }

/** Starts this program again so many times, and again whenever one of them dies. Resolves once they listen. */
export async function startWorkers(count: number, onError: (text: string) => void) {
  const port = await startFirst()
  let isStopping = false

  cluster.on('message', (_worker, { trouble }: Trouble) => onError(trouble))
  cluster.on('exit', async () => {
    if (isStopping) return
    onError('A worker has died; another one takes its place.')
    await setTimeout(PAUSE_MS)
    if (!isStopping) cluster.fork()
  })
  await Promise.all(Array.from({ length: count - 1 }, () => settled(cluster.fork())))

  return {
    port,
    async stop() {
      isStopping = true
      await Promise.all(Object.values(cluster.workers ?? {}).map((worker) => stopped(worker!)))
    },
  }
}

/** What stops the first would stop them all. */
function startFirst() {
  const { promise, resolve, reject } = Promise.withResolvers<number>()
  const worker = cluster.fork()
  worker.once('listening', ({ port }) => resolve(port))
  worker.once('message', ({ trouble }: Trouble) => reject(new Error(trouble)))
  worker.once('exit', () => reject(new Error('The first worker has died before it could listen.')))
  return promise
}

const settled = (worker: Worker) => Promise.race([once(worker, 'listening'), once(worker, 'exit')])

async function stopped(worker: Worker) {
  if (worker.isDead()) return
  worker.process.kill('SIGTERM')
  await once(worker, 'exit')
}

export const isWorker = cluster.isWorker

/** In a worker: the first process tells it, so that it is told once. */
export const tellTrouble = (trouble: string) =>
  new Promise((resolve) => process.send!({ trouble } satisfies Trouble, resolve))
