import { isNotNull, isNull } from 'drizzle-orm'
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

/** It stays hidden, it is taken back before everybody who was sent it, its expert has put it right, or it is sound. */
export const incidentOutcomes = ['upheld', 'withdrawn', 'corrected', 'dismissed'] as const

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
    isByVisitor: boolean().notNull().default(false),
    /** Of a visitor who wants to know what comes of it: forgotten once they have been told. */
    reporterEmail: text(),
    emailConfirmedAt: timestamp(),
    /** A keyed hash of where a visitor came from, as long as it is open. */
    visitorKey: text(),
    body: text().notNull(),
    submissionKey: text().notNull().unique(),
    /** Whether this report took the answer down. */
    isHiding: boolean().notNull(),
    createdAt: createdAt(),
    dueAt: timestamp().notNull(),
    /** When staff were told that little time is left, and that it is over; when administrators were told last. */
    warnedAt: timestamp(),
    remindedAt: timestamp(),
    escalatedAt: timestamp(),
    outcome: text({ enum: incidentOutcomes }),
    /** What the reporter is told. */
    explanation: text(),
    /** What readers and those who were sent the answer are told. */
    notice: text(),
    decidedAt: timestamp(),
    decidedById: integer().references(() => accounts.id, { onDelete: 'set null' }),
  },
  (t) => [
    index('incidents_open').on(t.dueAt, t.id).where(isNull(t.decidedAt)),
    index('incidents_newest').on(t.createdAt, t.id),
    index('incidents_answer_id').on(t.answerId),
    index('incidents_question_id').on(t.questionId),
    index('incidents_reporter_id').on(t.reporterId),
    index('incidents_visitor_key').on(t.visitorKey).where(isNotNull(t.visitorKey)),
    index('incidents_decided_by_id').on(t.decidedById),
  ],
)
