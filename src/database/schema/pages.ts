import { integer, table, text, timestamp } from '../dialect.ts'
import { accounts } from './accounts.ts'

/** Texts about the site that administrators have put in the place of those it comes with. */
export const pages = table('pages', {
  slug: text().primaryKey(),
  body: text().notNull(),
  changedAt: timestamp().notNull(),
  changedById: integer().references(() => accounts.id, { onDelete: 'set null' }),
})

/** Who has read a text about the site last, whoever wrote it, and found it true. */
export const pageReviews = table('page_reviews', {
  slug: text().primaryKey(),
  reviewerName: text().notNull(),
  reviewedAt: timestamp().notNull(),
  recordedById: integer().references(() => accounts.id, { onDelete: 'set null' }),
})
