import { boolean, id, index, integer, json, primaryKey, table, text, timestamp, uniqueIndex } from '../dialect.ts'
import { createdAt } from './columns.ts'
import { questions } from './questions.ts'

/** Everything that can be found: what its kind is called elsewhere, and its id there. */
export const searchDocuments = table(
  'search_documents',
  {
    id: id(),
    kind: text().notNull(),
    subjectId: integer().notNull(),
    categoryId: integer(),
    isAnswered: boolean().notNull().default(false),
    createdAt: createdAt(),
    titleLength: integer().notNull().default(0),
    bodyLength: integer().notNull().default(0),
    answerLength: integer().notNull().default(0),
  },
  (t) => [
    uniqueIndex('search_documents_subject').on(t.kind, t.subjectId),
    index('search_documents_category_id').on(t.categoryId),
  ],
)

/** The words of each document as they are searched for, in order; beside it, so that filtering reads narrow rows. */
export const searchTexts = table('search_texts', {
  documentId: integer()
    .primaryKey()
    .references(() => searchDocuments.id, { onDelete: 'cascade' }),
  title: text().notNull().default(''),
  body: text().notNull().default(''),
  answer: text().notNull().default(''),
})

/** How many documents hold each word: both engines rank by the same rarity. */
export const searchTerms = table(
  'search_terms',
  {
    term: text().primaryKey(),
    /** Shared by the forms of a word: treat, treated, treatment. */
    root: text().notNull(),
    /** Its first two letters. */
    prefix: text().notNull(),
    length: integer().notNull(),
    documentCount: integer().notNull().default(0),
    /** Documents that hold it in their title or body, not only in an answer. */
    questionCount: integer().notNull().default(0),
    titleCount: integer().notNull().default(0),
  },
  (t) => [index('search_terms_root').on(t.root), index('search_terms_prefix').on(t.prefix, t.length)],
)

/** One row. */
export const searchTotals = table('search_totals', {
  id: integer().primaryKey(),
  documentCount: integer().notNull().default(0),
  titleLength: integer().notNull().default(0),
  bodyLength: integer().notNull().default(0),
  answerLength: integer().notNull().default(0),
})

/** What is like a document, found ahead of time. */
export const searchRelations = table(
  'search_relations',
  {
    documentId: integer()
      .primaryKey()
      .references(() => searchDocuments.id, { onDelete: 'cascade' }),
    relatedIds: json<number[]>(),
    /** None: not yet, or its text has changed since. */
    computedAt: timestamp(),
  },
  (t) => [index('search_relations_computed_at').on(t.computedAt)],
)

/** The words of searches and how often they came on a day; nothing tells of whoever searched. */
export const searchCounts = table(
  'search_counts',
  {
    /** As 2026-01-31. */
    day: text().notNull(),
    words: text().notNull(),
    count: integer().notNull().default(0),
    /** Of those, how many found nothing. */
    emptyCount: integer().notNull().default(0),
    /** After how many somebody went on to ask. */
    askedCount: integer().notNull().default(0),
  },
  (t) => [primaryKey({ columns: [t.day, t.words] })],
)

/** How often askers said of a question they were shown that it answered theirs. */
export const helpCounts = table(
  'help_counts',
  {
    day: text().notNull(),
    questionId: integer()
      .notNull()
      .references(() => questions.id, { onDelete: 'cascade' }),
    count: integer().notNull().default(0),
  },
  (t) => [primaryKey({ columns: [t.day, t.questionId] }), index('help_counts_question_id').on(t.questionId)],
)
