/** A thread that searches and does nothing else, on a connection of its own. */
import { parentPort, workerData } from 'node:worker_threads'
import { openReader } from '../database/driver.reader.ts'
import { search, suggest } from './searching.ts'
import type { Reply, Task } from './thread.ts'

const { read } = openReader(workerData as string)

parentPort!.on('message', async ({ id, task }: { id: number; task: Task }) => {
  parentPort!.postMessage(await answered(id, task))
})

async function answered(id: number, task: Task): Promise<Reply> {
  try {
    const found = task.what === 'search' ? await search(read, task.request) : await suggest(read, task.request)
    return { id, found }
  } catch (error) {
    return { id, error: error as Error }
  }
}
