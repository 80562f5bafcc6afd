import { readFileSync } from 'node:fs'
import { connect } from '../../src/database/index.ts'
import { questions, searchTotals } from '../../src/database/schema.ts'
import type { Database } from '../../src/database/types.ts'
import { search, suggest } from '../../src/search/searching.ts'
import { type Query, readCorpus, readQueries } from './corpus.ts'
import { importCorpus } from './import.ts'
import type { SearchOptions } from './options.ts'
import { measures, readGrades, scoreRun } from './score.ts'

export async function measure(options: SearchOptions) {
  const database = await connect()
  try {
    await database.migrate()
    await fill(database, options.corpus)
    const { hits, milliseconds } = await askAll(database, options)
    const run = new Map([...hits].map(([query, found]) => [query, found.map(([document]) => document)]))
    const scores = scoreRun(readGrades(readFileSync(options.qrels, 'utf8')), run)
    return {
      lines: [...measures.map((name) => `${name.padEnd(12)}${scores[name].toFixed(4)}`), latency(milliseconds)],
      run: runOf(hits),
    }
  } finally {
    await database.close()
  }
}

async function fill(database: Database, file: string) {
  const [totals] = await database.read.select().from(searchTotals)
  if ((totals?.documentCount ?? 0) > 1) return
  const corpus = readCorpus(file)
  const startedAt = performance.now()
  await importCorpus(database, corpus, (done) => {
    if (done % 5_000 === 0) console.error(`${done} of ${corpus.length} imported`)
  })
  console.error(`${corpus.length} imported in ${((performance.now() - startedAt) / 1000).toFixed(0)} s`)
}

type Hits = Map<string, [document: string, score: number][]>

async function askAll(database: Database, { queries, form, limit }: SearchOptions) {
  const imported = await database.read.select({ id: questions.id, key: questions.submissionKey }).from(questions)
  const keys = new Map(imported.map(({ id, key }) => [id, key]))
  const hits: Hits = new Map()
  const milliseconds: number[] = []
  for (const query of readQueries(queries, form)) {
    const startedAt = performance.now()
    const found = await ask(database, query, { form, limit })
    milliseconds.push(performance.now() - startedAt)
    hits.set(
      query.id,
      found.map(({ id, score }) => [keys.get(id)!, score]),
    )
  }
  return { hits, milliseconds }
}

/** What an asker types goes where the ask page sends it, a summary into the search box. */
async function ask(database: Database, { title, body }: Query, { form, limit }: Pick<SearchOptions, 'form' | 'limit'>) {
  if (form === 'original') return suggest(database.read, { title, body, limit, kinds: ['question'] })
  const { hits } = await search(database.read, { text: body, filters: { kind: 'question' }, limit })
  return hits
}

const runOf = (hits: Hits) =>
  [...hits].flatMap(([query, found]) => found.map(([document, score]) => `${query}\t${document}\t${score}\n`)).join('')

function latency(milliseconds: number[]) {
  const sorted = milliseconds.sort((a, b) => a - b)
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!.toFixed(1)
  return `${sorted.length} queries: p50 ${at(0.5)} ms, p99 ${at(0.99)} ms`
}
