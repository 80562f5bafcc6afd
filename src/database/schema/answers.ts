import { isNotNull, isNull } from 'drizzle-orm'
import { boolean, id, index, integer, json, primaryKey, table, text, timestamp, uniqueIndex } from '../dialect.ts'
import { accounts } from './accounts.ts'
import { createdAt } from './columns.ts'
import { concealment } from './concealment.ts'
import { questions } from './questions.ts'

export const reviewReminders = ['author', 'staff'] as const

/** A credential as it stood on a day; dates as 2026-01-31. */
export type Registration = { issuer: string; number: string; registerUrl: string | null; checkedOn: string }

export const answers = table(
  'answers',
  {
    id: id(),
    questionId: integer()
      .notNull()
      .references(() => questions.id, { onDelete: 'cascade' }),
    expertId: integer().references(() => accounts.id, { onDelete: 'set null' }),
    // who answered, as it stood on that day
    expertName: text().notNull(),
    expertProfession: text().notNull(),
    expertCredentials: text().notNull(),
    /** What had been checked about them by then. */
    expertRegistrations: json<Registration[]>(),
    body: text().notNull(),
    bodyHtml: text().notNull(),
    submissionKey: text().notNull().unique(),
    createdAt: createdAt(),
    editedAt: timestamp(),
    ...concealment(),
    /** What readers see in the place of one that is hidden. None: nothing. */
    hiddenNotice: text(),
    /** How long the asker had waited for it, without the times they were asked something themselves. */
    waitSeconds: integer(),
    /** The asker said that this one answers their question. */
    acceptedAt: timestamp(),
    thanksCount: integer().notNull().default(0),
    countersignCount: integer().notNull().default(0),
    /** When an expert last looked whether it still holds. */
    reviewedAt: timestamp(),
    reviewedByName: text(),
    /** From then on it is overdue. */
    reviewBy: timestamp(),
    /** Who has been told last that it is overdue. */
    reviewReminder: text({ enum: reviewReminders }),
    /** Its expert or staff took it back: the page says why instead of what it said. */
    withdrawnAt: timestamp(),
    recallCount: integer().notNull().default(0),
  },
  (t) => [
    uniqueIndex('answers_accepted').on(t.questionId).where(isNotNull(t.acceptedAt)),
    index('answers_review_by').on(t.reviewBy, t.id).where(isNull(t.hiddenAt)),
    // an expert who has more to say edits
    uniqueIndex('answers_once').on(t.questionId, t.expertId),
    index('answers_hidden').on(t.hiddenAt, t.id).where(isNotNull(t.hiddenAt)),
    index('answers_hidden_by_id').on(t.hiddenById).where(isNotNull(t.hiddenById)),
    index('answers_expert_id').on(t.expertId, t.createdAt),
  ],
)

/** What a question or an answer said before it was edited. */
export const revisions = table(
  'revisions',
  {
    id: id(),
    questionId: integer()
      .notNull()
      .references(() => questions.id, { onDelete: 'cascade' }),
    /** None: the question itself. */
    answerId: integer().references(() => answers.id, { onDelete: 'cascade' }),
    title: text(),
    body: text().notNull(),
    /** When this version was written, not when it was replaced. */
    writtenAt: timestamp().notNull(),
    replacedById: integer().references(() => accounts.id, { onDelete: 'set null' }),
    replacedAt: createdAt(),
  },
  (t) => [index('revisions_question_id').on(t.questionId), index('revisions_answer_id').on(t.answerId)],
)

/** What somebody is still writing: a question (no questionId), an answer to one, or something beside it (an address). */
export const drafts = table(
  'drafts',
  {
    id: id(),
    /** Random; becomes the submissionKey of what is posted from it. */
    key: text().notNull().unique(),
    /** None until its writer has signed in: till then whoever holds the key owns it. */
    accountId: integer().references(() => accounts.id, { onDelete: 'cascade' }),
    questionId: integer().references(() => questions.id, { onDelete: 'cascade' }),
    /** Where its form is, unless that is the form of a question or of an answer. */
    address: text(),
    fields: json<Record<string, string>>().notNull(),
    createdAt: createdAt(),
    updatedAt: createdAt(),
    expiresAt: timestamp().notNull(),
  },
  (t) => [index('drafts_account_id').on(t.accountId, t.questionId), index('drafts_expires_at').on(t.expiresAt)],
)

export const commentKinds = ['clarification', 'follow-up', 'colleague'] as const

/** What is said beside an answer: an expert's question to the asker and its reply, a follow-up, a word among colleagues. */
export const comments = table(
  'comments',
  {
    id: id(),
    questionId: integer()
      .notNull()
      .references(() => questions.id, { onDelete: 'cascade' }),
    /** The answer a follow-up is about. */
    answerId: integer().references(() => answers.id, { onDelete: 'cascade' }),
    kind: text({ enum: commentKinds }).notNull(),
    /** Never shown where the asker speaks: `authorName` is what others see. */
    authorId: integer().references(() => accounts.id, { onDelete: 'set null' }),
    authorName: text().notNull(),
    isByAsker: boolean().notNull(),
    body: text().notNull(),
    bodyHtml: text().notNull(),
    submissionKey: text().notNull().unique(),
    createdAt: createdAt(),
    ...concealment(),
    /** Its writer took it back while it was held: hidden from them too, and deleted once a moderator has decided on it. */
    withdrawnAt: timestamp(),
  },
  (t) => [
    index('comments_question_id').on(t.questionId, t.createdAt, t.id),
    index('comments_answer_id').on(t.answerId),
    index('comments_author_id').on(t.authorId),
    index('comments_hidden_by_id').on(t.hiddenById).where(isNotNull(t.hiddenById)),
    index('comments_withdrawn_at').on(t.withdrawnAt).where(isNotNull(t.withdrawnAt)),
  ],
)

export const thanks = table(
  'thanks',
  {
    answerId: integer()
      .notNull()
      .references(() => answers.id, { onDelete: 'cascade' }),
    accountId: integer()
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.answerId, t.accountId] }), index('thanks_account_id').on(t.accountId)],
)

export const stances = ['agrees', 'agrees-with-caveat', 'disagrees'] as const

/** What a second expert says to an answer. */
export const countersigns = table(
  'countersigns',
  {
    id: id(),
    answerId: integer()
      .notNull()
      .references(() => answers.id, { onDelete: 'cascade' }),
    expertId: integer().references(() => accounts.id, { onDelete: 'set null' }),
    // who said so, as it stood on that day
    expertName: text().notNull(),
    expertProfession: text().notNull(),
    expertCredentials: text().notNull(),
    stance: text({ enum: stances }).notNull(),
    reason: text(),
    createdAt: createdAt(),
    editedAt: timestamp(),
  },
  (t) => [
    uniqueIndex('countersigns_once').on(t.answerId, t.expertId),
    index('countersigns_expert_id').on(t.expertId, t.createdAt),
  ],
)

/** An expert looked whether an answer still holds: it does. */
export const answerReviews = table(
  'answer_reviews',
  {
    id: id(),
    answerId: integer()
      .notNull()
      .references(() => answers.id, { onDelete: 'cascade' }),
    expertId: integer().references(() => accounts.id, { onDelete: 'set null' }),
    expertName: text().notNull(),
    note: text(),
    createdAt: createdAt(),
  },
  (t) => [
    index('answer_reviews_answer_id').on(t.answerId, t.createdAt),
    index('answer_reviews_expert_id').on(t.expertId),
  ],
)

export const recallKinds = ['withdrawn', 'corrected', 'restored'] as const

/** Advice that was taken back or put right, and what everybody is told of it. */
export const recalls = table(
  'recalls',
  {
    id: id(),
    answerId: integer()
      .notNull()
      .references(() => answers.id, { onDelete: 'cascade' }),
    kind: text({ enum: recallKinds }).notNull(),
    reason: text().notNull(),
    byId: integer().references(() => accounts.id, { onDelete: 'set null' }),
    byName: text().notNull(),
    createdAt: createdAt(),
  },
  (t) => [index('recalls_answer_id').on(t.answerId, t.createdAt), index('recalls_by_id').on(t.byId)],
)

/** Who was sent an answer or has built on it: they are told when it is taken back. */
export const answerRecipients = table(
  'answer_recipients',
  {
    answerId: integer()
      .notNull()
      .references(() => answers.id, { onDelete: 'cascade' }),
    accountId: integer()
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.answerId, t.accountId] }), index('answer_recipients_account_id').on(t.accountId)],
)
