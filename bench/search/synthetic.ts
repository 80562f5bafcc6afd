import SQLite from 'better-sqlite3'
import { createRandom, type Random } from '../random.ts'

const TITLE_WORDS = 8
const BODY_WORDS = 14
const ANSWER_WORDS = 8
const START = Date.UTC(2016, 0, 1)
const MINUTE_MS = 60_000

type Filling = { source: string; file: string; count: number }
type Counts = { term: string; root: string; prefix: string; length: number; documents: number; titles: number }

/** Questions made of a real forum's words, each as often as there, in an order that means nothing. */
export function fillWithWords({ source, file, count }: Filling) {
  const terms = readTerms(source)
  const random = createRandom(5)
  const pickTitleWord = picker(terms, ({ titles }) => titles, random)
  const pickWord = picker(terms, ({ documents }) => documents, random)
  const db = new SQLite(file)
  db.pragma('journal_mode = off')
  db.pragma('synchronous = off')
  db.pragma('cache_size = -500000')
  db.exec(`insert into search_index (search_index, rank) values ('hashsize', 100000000)`)
  const counts = new Map<string, [number, number, number]>()
  const insert = insertsOf(db)
  const words = (pick: () => string, length: number) => Array.from({ length }, pick)
  db.transaction(() => {
    for (let id = 1; id <= count; id++) {
      const title = words(pickTitleWord, TITLE_WORDS)
      const body = words(pickWord, BODY_WORDS)
      const answer = words(pickWord, ANSWER_WORDS)
      insert(id, title.join(' '), body.join(' '), answer.join(' '))
      tally(counts, { title, body, answer })
    }
    saveCounts(db, terms, counts)
    db.prepare('insert or replace into search_totals values (1, ?, ?, ?, ?)').run(
      count,
      count * TITLE_WORDS,
      count * BODY_WORDS,
      count * ANSWER_WORDS,
    )
  })()
  db.pragma('journal_mode = WAL')
  db.close()
}

function readTerms(source: string) {
  const db = new SQLite(source, { readonly: true })
  const rows = db
    .prepare(`select term, root, prefix, length, document_count as documents, title_count as titles from search_terms
      where document_count > 0 order by term`)
    .all() as Counts[]
  db.close()
  return rows
}

/** Words by how often they come. */
function picker(terms: Counts[], weightOf: (term: Counts) => number, random: Random) {
  const sums: number[] = []
  let sum = 0
  for (const term of terms) {
    sum += weightOf(term)
    sums.push(sum)
  }
  return () => {
    const wanted = random.next() * sum
    let [from, to] = [0, sums.length - 1]
    while (from < to) {
      const middle = (from + to) >> 1
      if (sums[middle]! > wanted) to = middle
      else from = middle + 1
    }
    return terms[from]!.term
  }
}

function insertsOf(db: SQLite.Database) {
  const document =
    db.prepare(`insert into search_documents (id, kind, subject_id, is_answered, created_at, title_length,
    body_length, answer_length) values (?, 'question', ?, 1, ?, ${TITLE_WORDS}, ${BODY_WORDS}, ${ANSWER_WORDS})`)
  const texts = db.prepare('insert into search_texts (document_id, title, body, answer) values (?, ?, ?, ?)')
  const index = db.prepare('insert into search_index (rowid, title, rest) values (?, ?, ?)')
  return (id: number, title: string, body: string, answer: string) => {
    document.run(id, id, START + id * MINUTE_MS)
    texts.run(id, title, body, answer)
    index.run(id, title, `${body} ${answer}`)
  }
}

type Words = { title: string[]; body: string[]; answer: string[] }

function tally(counts: Map<string, [number, number, number]>, { title, body, answer }: Words) {
  for (const [place, words] of [[...title, ...body, ...answer], [...title, ...body], title].entries())
    for (const word of new Set(words)) {
      const known = counts.get(word) ?? [0, 0, 0]
      known[place as 0 | 1 | 2]++
      counts.set(word, known)
    }
}

function saveCounts(db: SQLite.Database, terms: Counts[], counts: Map<string, [number, number, number]>) {
  const insert = db.prepare(`insert or replace into search_terms (term, root, prefix, length, document_count,
    question_count, title_count) values (?, ?, ?, ?, ?, ?, ?)`)
  for (const { term, root, prefix, length } of terms)
    insert.run(term, root, prefix, length, ...(counts.get(term) ?? [0, 0, 0]))
}
