import { isNull } from 'drizzle-orm'
import { boolean, id, index, integer, json, table, text, timestamp, uniqueIndex } from '../dialect.ts'
import { accounts } from './accounts.ts'
import { comments } from './answers.ts'
import { createdAt, now } from './columns.ts'
import { questions } from './questions.ts'

export const ruleKinds = ['flag', 'concept', 'country'] as const

/** What administrators changed of the rules in seed/safety: what stands here holds instead of what is there. */
export const safetyRules = table(
  'safety_rules',
  {
    id: id(),
    kind: text({ enum: ruleKinds }).notNull(),
    key: text().notNull(),
    rule: json<Record<string, unknown>>().notNull(),
    /** Of the rule it was made from, so that a later change of that one is noticed. */
    originalHash: text(),
    editedById: integer().references(() => accounts.id, { onDelete: 'set null' }),
    editedAt: timestamp().notNull().$defaultFn(now),
  },
  (t) => [uniqueIndex('safety_rules_key').on(t.kind, t.key), index('safety_rules_edited_by_id').on(t.editedById)],
)

/** Something urgent was read in what an asker wrote. Nobody but moderators and experts sees it. */
export const safetyMarks = table(
  'safety_marks',
  {
    id: id(),
    questionId: integer()
      .notNull()
      .references(() => questions.id, { onDelete: 'cascade' }),
    /** None: it was in the question itself. */
    commentId: integer().references(() => comments.id, { onDelete: 'cascade' }),
    /** The key of the flag. */
    flag: text().notNull(),
    isHeld: boolean().notNull().default(false),
    createdAt: createdAt(),
    /** When a moderator looked at it. */
    seenAt: timestamp(),
    seenById: integer().references(() => accounts.id, { onDelete: 'set null' }),
  },
  (t) => [
    index('safety_marks_question_id').on(t.questionId),
    index('safety_marks_comment_id').on(t.commentId),
    index('safety_marks_seen_by_id').on(t.seenById),
    index('safety_marks_unseen').on(t.createdAt, t.id).where(isNull(t.seenAt)),
  ],
)
