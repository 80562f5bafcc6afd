import { isNotNull, isNull, sql } from 'drizzle-orm'
import { boolean, id, index, integer, primaryKey, table, text, timestamp, uniqueIndex } from '../dialect.ts'
import { accounts } from './accounts.ts'
import { categories } from './categories.ts'
import { createdAt, now } from './columns.ts'
import { concealment } from './concealment.ts'

export const ageBands = ['under-18', '18-29', '30-39', '40-49', '50-59', '60-69', '70-79', '80-plus'] as const
export const durations = ['days', 'weeks', 'months', 'years'] as const
export const questionStatuses = ['open', 'answered', 'closed'] as const
export const audiences = ['experts', 'expert'] as const

export const questions = table(
  'questions',
  {
    id: id(),
    categoryId: integer()
      .notNull()
      .references(() => categories.id),
    /** Never shown, nor anything made from it: `askerName` is what others see. */
    askerId: integer().references(() => accounts.id, { onDelete: 'set null' }),
    askerName: text().notNull(),
    isPseudonym: boolean().notNull().default(true),
    title: text().notNull(),
    slug: text().notNull(),
    body: text().notNull(),
    bodyHtml: text().notNull(),
    /** How it begins, as plain text, for lists and descriptions. */
    excerpt: text().notNull(),
    ageBand: text({ enum: ageBands }),
    duration: text({ enum: durations }),
    tried: text(),
    imaging: text(),
    status: text({ enum: questionStatuses }).notNull().default('open'),
    answerCount: integer().notNull().default(0),
    /** The form it was posted from: a second post of the same form finds the first. */
    submissionKey: text().notNull().unique(),
    createdAt: createdAt(),
    editedAt: timestamp(),
    answeredAt: timestamp(),
    closedAt: timestamp(),
    /** What staff closed, only staff open again. */
    closedById: integer().references(() => accounts.id, { onDelete: 'set null' }),
    /** Counts its edits, so that nobody overwrites one they have not seen. */
    version: integer().notNull().default(0),
    /** Edited last by somebody other than its asker. */
    staffEditedAt: timestamp(),
    ...concealment(),
    /** Asked in confidence of the experts of its category, or of one; none: everybody. Hidden then from its beginning. */
    audience: text({ enum: audiences }),
    /** The one expert. */
    addresseeId: integer().references(() => accounts.id, { onDelete: 'set null' }),
    /** Asked in confidence, and since then nobody it is for can answer: its asker has been told. */
    unattendedAt: timestamp(),
    /** Hidden since then till a moderator has looked at it: its asker may be in danger. */
    heldAt: timestamp(),
    /** It went to a moderator before anybody pointed out to its asker what may tell who they are. */
    isIdentityUnseen: boolean().notNull().default(false),
    /** When something urgent was last read in it: experts and moderators see what. */
    flaggedAt: timestamp(),
    /** Its asker sleeps on it: hidden from everybody else till then, staff too. */
    publishAt: timestamp(),
    /** Its asker took it back for good; hidden ever since. */
    withdrawnAt: timestamp(),
    /** When nothing was left of what a withdrawn question said. */
    erasedAt: timestamp(),
    /** Who is answering it, until when: from then on it is anybody's again. */
    claimedById: integer().references(() => accounts.id, { onDelete: 'set null' }),
    claimedAt: timestamp(),
    claimedUntil: timestamp(),
    /** Since when an expert waits for what the asker says to their question: the waiting for an answer stands still. */
    clarifyingSince: timestamp(),
    /** How long it has stood still before, in all. */
    pausedSeconds: integer().notNull().default(0),
    /** When it would have been asked had its waiting never stood still: `createdAt` and `pausedSeconds` after it. */
    waitsFrom: timestamp().$defaultFn(now),
    /** Clarifications and follow-ups that everybody sees. */
    commentCount: integer().notNull().default(0),
    /** How often experts passed it on. */
    referralCount: integer().notNull().default(0),
    /** Since when it has been put before more experts. */
    widenedAt: timestamp(),
    /** The last time anything on its page changed. */
    changedAt: createdAt(),
  },
  // lists say that hidden_at is null: a flood of hidden questions then costs them nothing
  (t) => [
    index('questions_newest').on(t.createdAt, t.id).where(isNull(t.hiddenAt)),
    index('questions_by_status').on(t.status, t.createdAt, t.id).where(isNull(t.hiddenAt)),
    index('questions_answered').on(t.answeredAt, t.id).where(isNull(t.hiddenAt)),
    index('questions_hidden').on(t.hiddenAt, t.id).where(isNotNull(t.hiddenAt)),
    index('questions_publish_at').on(t.publishAt).where(isNotNull(t.publishAt)),
    index('questions_withdrawn').on(t.withdrawnAt, t.id).where(isNotNull(t.withdrawnAt)),
    index('questions_hidden_by_id').on(t.hiddenById).where(isNotNull(t.hiddenById)),
    index('questions_closed_by_id').on(t.closedById).where(isNotNull(t.closedById)),
    // holds all that a desk goes by, so that no row is read for it; begins with what a query says with `=`, or SQLite
    // would take the index of the statuses
    index('questions_waiting')
      .on(t.status, t.waitsFrom, t.id, t.categoryId, t.clarifyingSince, t.pausedSeconds, t.widenedAt, t.hiddenAt)
      .where(sql`${t.status} = 'open' and ${t.hiddenAt} is null`),
    index('questions_clarifying').on(t.status, t.clarifyingSince, t.id).where(isNotNull(t.clarifyingSince)),
    index('questions_claimed').on(t.claimedById, t.claimedUntil).where(isNotNull(t.claimedById)),
    index('questions_in_confidence').on(t.audience, t.waitsFrom, t.id).where(isNotNull(t.audience)),
    index('questions_addressee_id').on(t.addresseeId).where(isNotNull(t.addresseeId)),
    index('questions_shown_changed').on(t.id, t.changedAt, t.hiddenAt).where(isNull(t.hiddenAt)),
    index('questions_flagged').on(t.status, t.waitsFrom, t.id).where(isNotNull(t.flaggedAt)),
    index('questions_category_id').on(t.categoryId),
    index('questions_asker_id').on(t.askerId, t.createdAt),
  ],
)

/** Who has read a question asked in confidence, day by day: its asker sees that. */
export const questionLooks = table(
  'question_looks',
  {
    id: id(),
    questionId: integer()
      .notNull()
      .references(() => questions.id, { onDelete: 'cascade' }),
    accountId: integer().references(() => accounts.id, { onDelete: 'set null' }),
    /** Not as an expert: its asker is not told who it was. */
    isStaff: boolean().notNull(),
    day: text().notNull(),
    firstAt: timestamp().notNull(),
    lastAt: timestamp().notNull(),
    count: integer().notNull().default(1),
  },
  (t) => [
    uniqueIndex('question_looks_once').on(t.questionId, t.accountId, t.day),
    index('question_looks_account_id').on(t.accountId),
  ],
)

/** Numbers that questions had till they were published, which would tell when they were written. Those who knew one are led on. */
export const formerNumbers = table(
  'former_numbers',
  {
    number: integer().primaryKey(),
    questionId: integer()
      .notNull()
      .references(() => questions.id, { onDelete: 'cascade' }),
  },
  (t) => [index('former_numbers_question_id').on(t.questionId)],
)

/** One row for each category a question is in or below, so that a deep page of a category costs what its first does. */
export const categoryQuestions = table(
  'category_questions',
  {
    categoryId: integer()
      .notNull()
      .references(() => categories.id, { onDelete: 'cascade' }),
    questionId: integer()
      .notNull()
      .references(() => questions.id, { onDelete: 'cascade' }),
    createdAt: timestamp().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.categoryId, t.createdAt, t.questionId] }),
    index('category_questions_question_id').on(t.questionId),
  ],
)

export const referralKinds = ['category', 'expert', 'in-person'] as const

/** An expert passed a question on: to another category, to a colleague, or to somebody who can see the asker. */
export const referrals = table(
  'referrals',
  {
    id: id(),
    questionId: integer()
      .notNull()
      .references(() => questions.id, { onDelete: 'cascade' }),
    expertId: integer().references(() => accounts.id, { onDelete: 'set null' }),
    expertName: text().notNull(),
    kind: text({ enum: referralKinds }).notNull(),
    /** Where it was till then, and where it went. */
    fromCategoryId: integer().references(() => categories.id, { onDelete: 'set null' }),
    categoryId: integer().references(() => categories.id, { onDelete: 'set null' }),
    toExpertId: integer().references(() => accounts.id, { onDelete: 'set null' }),
    /** The asker reads it. */
    reason: text().notNull(),
    submissionKey: text().notNull().unique(),
    createdAt: createdAt(),
  },
  (t) => [
    index('referrals_question_id').on(t.questionId, t.createdAt),
    index('referrals_expert_id').on(t.expertId),
    index('referrals_from_category_id').on(t.fromCategoryId),
    index('referrals_category_id').on(t.categoryId),
    index('referrals_to_expert_id').on(t.toExpertId),
  ],
)

/** An expert would rather not answer a question: it is not put before them again. */
export const declines = table(
  'declines',
  {
    questionId: integer()
      .notNull()
      .references(() => questions.id, { onDelete: 'cascade' }),
    expertId: integer()
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    /** Experts and staff read it, nobody else. */
    reason: text().notNull(),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.questionId, t.expertId] }), index('declines_expert_id').on(t.expertId)],
)

export const routingReasons = ['referred', 'waited'] as const

/** Questions put before an expert over and above those of their categories. */
export const questionRoutings = table(
  'question_routings',
  {
    questionId: integer()
      .notNull()
      .references(() => questions.id, { onDelete: 'cascade' }),
    expertId: integer()
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    reason: text({ enum: routingReasons }).notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.questionId, t.expertId] }),
    index('question_routings_expert_id').on(t.expertId, t.createdAt),
  ],
)

/** Whether an answer helped, asked some weeks after it. */
export const outcomes = ['much-better', 'better', 'same', 'worse'] as const

export const outcomeRequests = table(
  'outcome_requests',
  {
    id: id(),
    questionId: integer()
      .notNull()
      .references(() => questions.id, { onDelete: 'cascade' }),
    accountId: integer()
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    /** Weeks after the first answer. */
    week: integer().notNull(),
    dueAt: timestamp().notNull(),
    sentAt: timestamp(),
    repliedAt: timestamp(),
    outcome: text({ enum: outcomes }),
  },
  (t) => [
    uniqueIndex('outcome_requests_once').on(t.questionId, t.week),
    index('outcome_requests_account_id').on(t.accountId),
    index('outcome_requests_due').on(t.dueAt).where(isNull(t.sentAt)),
  ],
)
