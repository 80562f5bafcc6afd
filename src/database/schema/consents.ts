import { isNotNull, isNull } from 'drizzle-orm'
import { id, index, integer, primaryKey, table, text, timestamp, uniqueIndex } from '../dialect.ts'
import { accounts } from './accounts.ts'
import { createdAt } from './columns.ts'

export const consentKinds = ['health-data', 'publication', 'follow-up-mail', 'research'] as const

/** What somebody allowed, in which wording, and since when no more. */
export const consents = table(
  'consents',
  {
    id: id(),
    accountId: integer()
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    kind: text({ enum: consentKinds }).notNull(),
    version: integer().notNull(),
    givenAt: timestamp().notNull(),
    withdrawnAt: timestamp(),
  },
  (t) => [
    uniqueIndex('consents_standing').on(t.accountId, t.kind, t.version).where(isNull(t.withdrawnAt)),
    index('consents_account_id').on(t.accountId),
  ],
)

/** Each wording there has been, as people read it: the last of a kind is the one that holds. */
export const consentTexts = table(
  'consent_texts',
  {
    kind: text({ enum: consentKinds }).notNull(),
    version: integer().notNull(),
    text: text().notNull(),
    /** An administrator wrote it, when so many wordings had come with the program; none: it is one of those. */
    writtenAfter: integer(),
    writtenById: integer().references(() => accounts.id, { onDelete: 'set null' }),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.kind, t.version] }),
    index('consent_texts_written_by_id').on(t.writtenById).where(isNotNull(t.writtenById)),
  ],
)
