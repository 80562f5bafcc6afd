/**
 * How long a search takes on a forum of a million questions, and how long it holds others up.
 * `node run.js bench/search/latency.ts --from FOLDER --queries FILE [--queries FILE] --folder FOLDER [--documents 1000000]`
 * FOLDER is what `bench:search --keep` left: its words, as often as they come, make the questions here.
 */
import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import process from 'node:process'
import { setImmediate, setTimeout } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { readQueries } from './corpus.ts'
import { fillWithWords } from './synthetic.ts'

type Form = 'original' | 'summary'

const IDLE_MS = 3_000
const ROUNDS = 200
const STEPS = 2_000_000

const { values } = parseArgs({
  options: {
    from: { type: 'string' },
    queries: { type: 'string', multiple: true },
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
const queriesOf = (form: Form) => values.queries!.flatMap((file) => readQueries(file, form))
await runAll('original') // warms up
console.log(`nothing to do: ${await delaysDuring(() => setTimeout(IDLE_MS))}; ${await contention()}`)
for (const form of ['original', 'summary'] as const) {
  const { passed, used, delays } = await runAll(form)
  console.log(
    `${form}, ${passed.length} queries: ${quantiles(passed)}; of the processor ${quantiles(used)}; ${delays}; ${await contention()}`,
  )
}
await searching.close()
await database.close()

async function runAll(form: Form) {
  const [passed, used]: number[][] = [[], []]
  const delays = await delaysDuring(async () => {
    for (const { title, body } of queriesOf(form)) {
      const startedAt = performance.now()
      const before = process.cpuUsage()
      if (form === 'original') await searching.suggest({ title, body, limit: 5 })
      else await searching.search({ text: body, limit: 20 })
      passed!.push(performance.now() - startedAt)
      const { user, system } = process.cpuUsage(before)
      used!.push((user + system) / 1000)
    }
  })
  return { passed: passed!, used: used!, delays }
}

async function delaysDuring(work: () => Promise<unknown>) {
  const delays = monitorEventLoopDelay({ resolution: 1 })
  delays.enable()
  await work()
  delays.disable()
  return `event loop delay p99 ${(delays.percentile(99) / 1e6).toFixed(1)} ms`
}

/** The same piece of work over and over: how much longer it takes when others want the processor too. */
async function contention() {
  const milliseconds: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const startedAt = performance.now()
    let sum = 0
    for (let step = 0; step < STEPS; step++) sum += Math.sqrt(step)
    milliseconds.push(performance.now() - startedAt + sum * 0)
    await setImmediate()
  }
  return `a fixed piece of work ${quantiles(milliseconds)}`
}

function quantiles(milliseconds: number[]) {
  const sorted = milliseconds.toSorted((a, b) => a - b)
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!.toFixed(1)
  return `p50 ${at(0.5)} ms, p99 ${at(0.99)} ms`
}
