import { isNull } from 'drizzle-orm'
import { boolean, id, index, integer, table, text, timestamp } from '../dialect.ts'
import { accounts } from './accounts.ts'
import { answers } from './answers.ts'
import { createdAt } from './columns.ts'
import { questions } from './questions.ts'

/** What staff did, to whom and why. */
export const auditEvents = table(
  'audit_events',
  {
    id: id(),
    actorId: integer().references(() => accounts.id, { onDelete: 'set null' }),
    action: text().notNull(),
    subjectKind: text({
      enum: [
        'account',
        'expert',
        'category',
        'question',
        'answer',
        'comment',
        'application',
        'profession',
        'incident',
        'safety-rule',
        'consent',
        'page',
      ],
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

export const incidentOutcomes = ['upheld', 'dismissed'] as const

/** Somebody says that an answer may do harm: what became of it stays on record. */
export const incidents = table(
  'incidents',
  {
    id: id(),
    answerId: integer().references(() => answers.id, { onDelete: 'set null' }),
    questionId: integer().references(() => questions.id, { onDelete: 'set null' }),
    /** As it was that day. */
    expertName: text().notNull(),
    reporterId: integer().references(() => accounts.id, { onDelete: 'set null' }),
    body: text().notNull(),
    submissionKey: text().notNull().unique(),
    /** Whether this report took the answer down. */
    isHiding: boolean().notNull(),
    createdAt: createdAt(),
    dueAt: timestamp().notNull(),
    /** When staff were told that its time is over. */
    remindedAt: timestamp(),
    outcome: text({ enum: incidentOutcomes }),
    /** What the reporter is told. */
    explanation: text(),
    decidedAt: timestamp(),
    decidedById: integer().references(() => accounts.id, { onDelete: 'set null' }),
  },
  (t) => [
    index('incidents_open').on(t.dueAt, t.id).where(isNull(t.decidedAt)),
    index('incidents_newest').on(t.createdAt, t.id),
    index('incidents_answer_id').on(t.answerId),
    index('incidents_question_id').on(t.questionId),
    index('incidents_reporter_id').on(t.reporterId),
    index('incidents_decided_by_id').on(t.decidedById),
  ],
)
