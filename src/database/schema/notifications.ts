import { id, index, integer, table, text, timestamp } from '../dialect.ts'
import { accounts } from './accounts.ts'
import { createdAt, now } from './columns.ts'

export const outbox = table(
  'outbox',
  {
    id: id(),
    accountId: integer().references(() => accounts.id, { onDelete: 'cascade' }),
    recipient: text().notNull(),
    subject: text().notNull(),
    text: text().notNull(),
    createdAt: createdAt(),
    attempts: integer().notNull().default(0),
    /** None: sent, or given up. */
    nextAttemptAt: timestamp().$defaultFn(now),
    /** A sender has it in hand until then. */
    lockedUntil: timestamp(),
    sentAt: timestamp(),
    lastError: text(),
  },
  (t) => [index('outbox_next_attempt_at').on(t.nextAttemptAt), index('outbox_created_at').on(t.createdAt, t.id)],
)
