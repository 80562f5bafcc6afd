/**
 * How long a search takes on a forum of a million questions, and how long it holds others up.
 * `node run.js bench/search/latency.ts --from FOLDER --queries FILE --folder FOLDER [--documents 1000000]`
 * FOLDER is what `bench:search --keep` left: its words, as often as they come, make the questions here.
 */
import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import process from 'node:process'
import { parseArgs } from 'node:util'
import { readQueries } from './corpus.ts'
import { fillWithWords } from './synthetic.ts'

const { values } = parseArgs({
  options: {
    from: { type: 'string' },
    queries: { type: 'string' },
    folder: { type: 'string' },
    documents: { type: 'string', default: '1000000' },
  },
})
if (!values.from || !values.queries) throw new Error('--from and --queries are missing.')

const source = join(values.from, 'forum.db')
const file = values.folder ? join(values.folder, 'forum.db') : source
process.env.DATABASE_URL = `file:${file}`
const { connect } = await import('../../src/database/index.ts')
const { searchOf } = await import('../../src/search/index.ts')

const isNew = !existsSync(file)
if (values.folder) mkdirSync(values.folder, { recursive: true })
const empty = await connect()
await empty.migrate()
await empty.close()
if (isNew) fillWithWords({ source, file, count: Number(values.documents) })
const database = await connect()

const searching = searchOf(database)
searching.start()
for (const { title, body } of readQueries(values.queries, 'original'))
  await searching.suggest({ title, body, limit: 5 }) // warms up
for (const form of ['original', 'summary'] as const) {
  const delays = monitorEventLoopDelay({ resolution: 1 })
  const milliseconds: number[] = []
  const used: number[] = []
  delays.enable()
  for (const { title, body } of readQueries(values.queries, form)) {
    const startedAt = performance.now()
    const before = process.cpuUsage()
    if (form === 'original') await searching.suggest({ title, body, limit: 5 })
    else await searching.search({ text: body, limit: 20 })
    milliseconds.push(performance.now() - startedAt)
    const { user, system } = process.cpuUsage(before)
    used.push((user + system) / 1000)
  }
  delays.disable()
  const delay = (delays.percentile(99) / 1e6).toFixed(1)
  console.log(
    `${form}: ${quantiles(milliseconds)}; of the processor ${quantiles(used)}; event loop delay p99 ${delay} ms`,
  )
}
await searching.close()
await database.close()

function quantiles(milliseconds: number[]) {
  const sorted = milliseconds.toSorted((a, b) => a - b)
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!.toFixed(1)
  return `p50 ${at(0.5)} ms, p99 ${at(0.99)} ms`
}
