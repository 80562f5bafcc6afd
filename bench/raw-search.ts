import type SQLite from 'better-sqlite3'
import { rootOf } from '../src/search/stems.ts'
import { tokensOf } from '../src/search/words.ts'

type Indexed = ReturnType<typeof indexedOf>

/** The words of a text as the search keeps them, made beforehand: only the writing is compared. */
export function indexedOf({ title, plainBody }: { title: string; plainBody: string }) {
  const inTitle = tokensOf(title)
  const inBody = tokensOf(plainBody)
  const titleTerms = new Set(inTitle)
  const terms = [...new Set([...inTitle, ...inBody])].sort()
  return {
    title: inTitle.join(' '),
    body: inBody.join(' '),
    titleLength: inTitle.length,
    bodyLength: inBody.length,
    terms: terms.map((term) => ({ term, root: rootOf(term), inTitle: titleTerms.has(term) ? 1 : 0 })),
  }
}

/** Writes the rows that make a question findable. */
export function createIndexer(db: SQLite.Database) {
  const insertDocument = db.prepare(`insert into search_documents
    (kind, subject_id, category_id, is_answered, created_at, title_length, body_length, answer_length)
    values ('question', ?, ?, 0, ?, @titleLength, @bodyLength, 0)`)
  const insertTexts = db.prepare(
    `insert into search_texts (document_id, title, body, answer) values (?, @title, @body, '')`,
  )
  const insertWords = db.prepare(`insert into search_index (rowid, title, rest) values (?, @title, @body || ' ')`)
  const insertRelation = db.prepare('insert into search_relations (document_id) values (?)')
  const countTerm =
    db.prepare(`insert into search_terms (term, root, prefix, length, document_count, question_count, title_count)
    values (@term, @root, substr(@term, 1, 2), length(@term), 1, 1, @inTitle) on conflict (term) do update set
    document_count = document_count + 1, question_count = question_count + 1, title_count = title_count + @inTitle`)
  const countTotals = db.prepare(`update search_totals set document_count = document_count + 1,
    title_length = title_length + @titleLength, body_length = body_length + @bodyLength`)

  return ({ terms, ...words }: Indexed, { id, categoryId, createdAt }: Question) => {
    const { lastInsertRowid } = insertDocument.run(id, categoryId, createdAt, words)
    insertTexts.run(lastInsertRowid, words)
    insertWords.run(lastInsertRowid, words)
    insertRelation.run(lastInsertRowid)
    for (const term of terms) countTerm.run(term)
    countTotals.run(words)
  }
}

type Question = { id: number | bigint; categoryId: number; createdAt: number }
