/**
 * What keeping the search up to date costs whoever posts a question, in a forum that `bench:search --keep` left.
 * `node run.js bench/search/posting.ts --from FOLDER --queries FILE [--engine sqlite|postgres]`
 * Nothing stays: each post is undone.
 */
import process from 'node:process'
import { parseArgs } from 'node:util'
import { type Query, readQueries } from './corpus.ts'
import { openStage } from './stage.ts'

const { values } = parseArgs({
  options: { from: { type: 'string' }, queries: { type: 'string' }, engine: { type: 'string', default: 'sqlite' } },
})
if (!values.from || !values.queries) throw new Error('--from and --queries are missing.')

const MOST = 300
const stage = await openStage(values.engine as 'sqlite' | 'postgres', values.from)
process.env.DATABASE_URL = stage.url
process.env.NODE_ENV = 'test'
const { connect } = await import('../../src/database/index.ts')
const { createQuestion } = await import('../../src/questions/queries.ts')
const { indexDocument } = await import('../../src/search/queries.ts')
const database = await connect()
class Undone extends Error {}

const times: { whole: number; indexing: number }[] = []
for (const query of readQueries(values.queries, 'original').slice(0, MOST))
  await post(query).catch((error) => {
    if (!(error instanceof Undone)) throw error
  })
const sorted = (part: 'whole' | 'indexing') => times.map((time) => time[part]).sort((a, b) => a - b)
const at = (numbers: number[], share: number) => numbers[Math.floor(numbers.length * share)]!.toFixed(1)
for (const part of ['whole', 'indexing'] as const)
  console.log(`${part}: p50 ${at(sorted(part), 0.5)} ms, p99 ${at(sorted(part), 0.99)} ms`)
await database.close()
await stage.close()
process.exit(0)

/** The second time it is indexed alone, as another document with the same words. */
function post({ id, title, body }: Query) {
  return database.write(async (db) => {
    const startedAt = performance.now()
    const submissionKey = `bench ${id} ${times.length}`
    const asker = { askerId: null, askerName: 'Heron', isPseudonym: true }
    const question = await createQuestion(db, {
      ...asker,
      title,
      body,
      categoryId: 1,
      submissionKey,
      createdAt: new Date(),
    })
    const postedAt = performance.now()
    const document = { kind: 'guide' as const, id: question.id, title, body, createdAt: new Date() }
    await indexDocument(db, document)
    times.push({ whole: postedAt - startedAt, indexing: performance.now() - postedAt })
    throw new Undone()
  })
}
