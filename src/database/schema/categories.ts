import { type AnyColumn, id, index, integer, table, text, timestamp } from '../dialect.ts'
import { createdAt } from './columns.ts'

export const categories = table(
  'categories',
  {
    id: id(),
    parentId: integer().references((): AnyColumn => categories.id),
    slug: text().notNull(),
    /** The slugs from the root down, joined by '/': what the address holds. */
    path: text().notNull().unique(),
    name: text().notNull(),
    description: text().notNull().default(''),
    /** Markdown, shown to askers. */
    guidance: text(),
    guidanceHtml: text(),
    position: integer().notNull().default(0),
    /** Counts the categories below it too. */
    questionCount: integer().notNull().default(0),
    /** After so many months an answer here is looked at again. None: as the category above says. */
    reviewMonths: integer(),
    createdAt: createdAt(),
    updatedAt: createdAt(),
  },
  (t) => [index('categories_parent').on(t.parentId, t.position)],
)

/** Where a category used to be: old addresses lead on for ever. */
export const categoryRedirects = table(
  'category_redirects',
  {
    path: text().primaryKey(),
    categoryId: integer()
      .notNull()
      .references(() => categories.id, { onDelete: 'cascade' }),
    createdAt: createdAt(),
  },
  (t) => [index('category_redirects_category_id').on(t.categoryId)],
)

/** What an asker can expect of a category, reckoned every hour. */
export const categoryWaits = table('category_waits', {
  categoryId: integer()
    .primaryKey()
    .references(() => categories.id, { onDelete: 'cascade' }),
  /** Half of the first answers of the last 90 days came within this time. None: too few to say. */
  medianSeconds: integer(),
  answeredCount: integer().notNull().default(0),
  /** Verified experts who may answer here. */
  expertCount: integer().notNull().default(0),
  computedAt: timestamp().notNull(),
})
