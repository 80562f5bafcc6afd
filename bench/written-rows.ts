import { isDeepStrictEqual } from 'node:util'
import SQLite from 'better-sqlite3'

type RowCounts = Record<string, number>
type Growth = { file: string; before: RowCounts }

/** @throws if a question posted over HTTP has left other rows than one written by better-sqlite3 alone */
export function assertSameRows(posted: Growth, written: Growth) {
  const [post, write] = [rowsPerQuestion(posted), rowsPerQuestion(written)]
  if (!isDeepStrictEqual(post, write))
    throw new Error(`Rows of a posted question: ${JSON.stringify(post)}; of the reference: ${JSON.stringify(write)}`)
}

/** How many rows each table holds, but for the inner ones of the search index, and what the categories count. */
export function countRows(file: string): RowCounts {
  const db = new SQLite(file, { readonly: true })
  const count = (of: string) => db.prepare(`select ${of}`).pluck().get() as number
  const tables = db
    .prepare("select name from sqlite_master where type = 'table' and name not like 'search_index_%'")
    .pluck()
    .all() as string[]
  const counts = Object.fromEntries(tables.map((name) => [name, count(`count(*) from "${name}"`)]))
  const counted = count('sum(question_count) from categories')
  db.close()
  return { ...counts, counted }
}

function rowsPerQuestion({ file, before }: Growth): RowCounts {
  const after = countRows(file)
  const questions = after.questions! - before.questions!
  const added = Object.entries(after).map(([name, count]) => [name, (count - before[name]!) / questions] as const)
  return Object.fromEntries(added.filter(([, rows]) => rows !== 0))
}
