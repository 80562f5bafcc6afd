import cluster, { type Worker } from 'node:cluster'
import { once } from 'node:events'
import process from 'node:process'
import { setTimeout } from 'node:timers/promises'

const PAUSE_MS = 1_000

type Trouble = { trouble: string }

/** Starts this program again so many times, and again whenever one of them dies. Resolves once the first one listens. */
export async function startWorkers(count: number, onError: (text: string) => void) {
  const listening = Promise.withResolvers<number>()
  let isStopping = false

  cluster.on('listening', (_worker, { port }) => listening.resolve(port))
  cluster.on('message', (_worker, { trouble }: Trouble) => {
    listening.reject(new Error(trouble))
    onError(trouble)
  })
  cluster.on('exit', async () => {
    if (isStopping) return
    onError('A worker has died; another one takes its place.')
    await setTimeout(PAUSE_MS)
    if (!isStopping) cluster.fork()
  })
  for (let number = 0; number < count; number++) cluster.fork()

  return {
    port: await listening.promise,
    async stop() {
      isStopping = true
      await Promise.all(Object.values(cluster.workers ?? {}).map((worker) => stopped(worker!)))
    },
  }
}

async function stopped(worker: Worker) {
  if (worker.isDead()) return
  worker.process.kill('SIGTERM')
  await once(worker, 'exit')
}

export const isWorker = cluster.isWorker

/** In a worker: the first process tells it, so that it is told once. */
export const tellTrouble = (trouble: string) =>
  new Promise((resolve) => process.send!({ trouble } satisfies Trouble, resolve))
