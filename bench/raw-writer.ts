/** A process of its own: writes the rows of posted questions by better-sqlite3 alone, on a copy of the database. */
import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import process from 'node:process'
import SQLite from 'better-sqlite3'
import { plainTextOf } from '../src/lib/excerpts.ts'
import type { Forum } from './fill.ts'
import type { Work } from './load.ts'
import { createRandom } from './random.ts'
import { createIndexer, indexedOf } from './raw-search.ts'

const [file, filledFile] = process.argv.slice(2)
const { texts, leaves, askers }: Forum = JSON.parse(readFileSync(filledFile!, 'utf8'))
const written = texts.map((text) => ({
  text,
  indexed: indexedOf({ title: text.title, plainBody: plainTextOf(text.bodyHtml) }),
}))
const random = createRandom(4)
const db = new SQLite(file!)
// as in src/database/driver.sqlite.ts
db.pragma('journal_mode = WAL')
db.pragma('foreign_keys = ON')

const insertQuestion = db.prepare(`insert into questions (category_id, asker_id, asker_name, is_pseudonym, title, slug,
  body, body_html, excerpt, age_band, duration, status, answer_count, submission_key, created_at, changed_at)
  values (?, ?, 'Quiet Heron 7', 1, @title, @slug, @body, @bodyHtml, @excerpt, '50-59', 'weeks', 'open', 0, ?, ?, ?)`)
const fileQuestion = db.prepare(
  'insert into category_questions (category_id, question_id, created_at) values (?, ?, ?)',
)
const countUp = db.prepare('update categories set question_count = question_count + 1 where id in (?, ?, ?)')
const index = createIndexer(db)

const post = db.transaction((key: string) => {
  const { text, indexed } = random.pick(written)
  const { trail } = random.pick(leaves)
  const categoryId = trail.at(-1)!
  const createdAt = Date.now()
  const values = [categoryId, random.pick(askers).id, key, createdAt, createdAt]
  const { lastInsertRowid: id } = insertQuestion.run(...values, text)
  for (const above of trail) fileQuestion.run(above, id, createdAt)
  countUp.run(...trail)
  index(indexed, { id, categoryId, createdAt })
})

process.on('message', ({ writeForSeconds }: { writeForSeconds?: number }) => {
  if (writeForSeconds) process.send!(writeFor(writeForSeconds * 1000))
})

function writeFor(milliseconds: number): Work {
  const latencies: number[] = []
  const startedAt = performance.now()
  let now = startedAt
  while (now - startedAt < milliseconds) {
    const before = now
    post.immediate(randomBytes(24).toString('base64url'))
    now = performance.now()
    latencies.push(now - before)
  }
  return { latencies, elapsedMs: now - startedAt }
}
