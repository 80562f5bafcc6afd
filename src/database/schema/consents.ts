import { isNull } from 'drizzle-orm'
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

/** Each wording that somebody has agreed to, as they read it. */
export const consentTexts = table(
  'consent_texts',
  {
    kind: text({ enum: consentKinds }).notNull(),
    version: integer().notNull(),
    text: text().notNull(),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.kind, t.version] })],
)
