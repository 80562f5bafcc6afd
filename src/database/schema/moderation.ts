import { id, index, integer, table, text } from '../dialect.ts'
import { accounts } from './accounts.ts'
import { createdAt } from './columns.ts'

/** What staff did, to whom and why. */
export const auditEvents = table(
  'audit_events',
  {
    id: id(),
    actorId: integer().references(() => accounts.id, { onDelete: 'set null' }),
    action: text().notNull(),
    subjectKind: text({
      enum: ['account', 'expert', 'category', 'question', 'answer', 'comment', 'application', 'profession'],
    }).notNull(),
    subjectId: integer().notNull(),
    reason: text(),
    createdAt: createdAt(),
  },
  (t) => [
    index('audit_events_subject').on(t.subjectKind, t.subjectId, t.createdAt),
    index('audit_events_newest').on(t.createdAt, t.id),
  ],
)
