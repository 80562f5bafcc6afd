import { Worker } from 'node:worker_threads'
import type { Found, Hit, SearchRequest, SuggestRequest } from './searching.ts'

export type Task = { what: 'search'; request: SearchRequest } | { what: 'suggest'; request: SuggestRequest }
export type Reply = { id: number; found: Found | Hit[] } | { id: number; error: Error }

type Waiting = { resolve(found: Found | Hit[]): void; reject(error: Error): void }

const LONGEST_QUEUE = 50
/** Without any sign of life; a busy machine makes everything slow. */
const LONGEST_WAIT_MS = 10_000
const LONGEST_START_MS = 30_000

/** More is asked for than can be searched: better said at once than late. */
class SearchBusy extends Error {}

/** One thread that searches; a new one takes its place when it dies. */
export class SearchThread {
  #url: string
  #waiting = new Map<number, Waiting>()
  #worker: Worker | undefined
  #last = 0
  #isAwake = false
  #patience: NodeJS.Timeout | undefined

  constructor(url: string) {
    this.#url = url
    this.#worker = this.#start()
  }

  run(task: Task): Promise<Found | Hit[]> {
    if (this.#waiting.size >= LONGEST_QUEUE) return Promise.reject(new SearchBusy('too many searches are waiting'))
    this.#worker ??= this.#start()
    const id = ++this.#last
    const { promise, resolve, reject } = Promise.withResolvers<Found | Hit[]>()
    this.#waiting.set(id, { resolve, reject })
    if (!this.#patience) this.#watch()
    this.#worker.postMessage({ id, task })
    return promise
  }

  async stop() {
    const running = this.#worker
    if (!running) return
    this.#drop(running, new SearchBusy('the search has stopped'))
    await running.terminate()
  }

  #start() {
    this.#isAwake = false
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: this.#url })
    worker.unref()
    worker.on('message', (reply: Reply) => this.#settle(reply))
    worker.on('error', (error) => this.#drop(worker, error as Error))
    worker.on('exit', () => this.#drop(worker, new SearchBusy('the search has stopped')))
    return worker
  }

  #settle(reply: Reply) {
    this.#isAwake = true
    const { resolve, reject } = this.#waiting.get(reply.id) ?? {}
    this.#waiting.delete(reply.id)
    this.#watch()
    if ('error' in reply) reject?.(reply.error)
    else resolve?.(reply.found)
  }

  #drop(dead: Worker, error: Error) {
    if (this.#worker !== dead) return
    this.#worker = undefined
    for (const id of [...this.#waiting.keys()]) this.#settle({ id, error })
  }

  /** As long as it answers, however many wait, it is not stuck. */
  #watch() {
    clearTimeout(this.#patience)
    this.#patience = undefined
    if (this.#waiting.size === 0) return
    this.#patience = setTimeout(() => this.#giveUp(), this.#isAwake ? LONGEST_WAIT_MS : LONGEST_START_MS)
  }

  /** A search that does not end is ended with its thread. */
  #giveUp() {
    const stuck = this.#worker
    if (!stuck) return
    this.#drop(stuck, new SearchBusy('a search took too long'))
    void stuck.terminate()
  }
}
