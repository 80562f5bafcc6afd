import { isNotNull, isNull } from 'drizzle-orm'
import {
  type AnyColumn,
  boolean,
  id,
  index,
  integer,
  json,
  primaryKey,
  table,
  text,
  timestamp,
  uniqueIndex,
} from './dialect.ts'

const now = () => new Date()
const createdAt = () => timestamp().notNull().$defaultFn(now)

// --- accounts (better-auth's user, session, account and verification) ---------------------------------------------

export const roles = ['member', 'expert', 'moderator', 'administrator'] as const

export const accounts = table(
  'accounts',
  {
    id: id(),
    name: text().notNull(),
    /** Lower case. */
    email: text().notNull().unique(),
    emailVerified: boolean().notNull().default(false),
    image: text(),
    role: text({ enum: roles }).notNull().default('member'),
    isExample: boolean().notNull().default(false),
    closedAt: timestamp(),
    createdAt: createdAt(),
    updatedAt: createdAt(),
  },
  (t) => [index('accounts_role').on(t.role)],
)

export const sessions = table(
  'sessions',
  {
    id: id(),
    accountId: integer()
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    token: text().notNull().unique(),
    expiresAt: timestamp().notNull(),
    ipAddress: text(),
    userAgent: text(),
    createdAt: createdAt(),
    updatedAt: createdAt(),
  },
  (t) => [index('sessions_account_id').on(t.accountId), index('sessions_expires_at').on(t.expiresAt)],
)

export const credentials = table(
  'credentials',
  {
    id: id(),
    accountId: integer()
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    providerId: text().notNull(),
    providerAccountId: text().notNull(),
    password: text(),
    accessToken: text(),
    refreshToken: text(),
    idToken: text(),
    accessTokenExpiresAt: timestamp(),
    refreshTokenExpiresAt: timestamp(),
    scope: text(),
    createdAt: createdAt(),
    updatedAt: createdAt(),
  },
  (t) => [index('credentials_account_id').on(t.accountId)],
)

export const verifications = table(
  'verifications',
  {
    id: id(),
    identifier: text().notNull(),
    /** Whose link it is; none while somebody is only signing up. */
    accountId: integer().references(() => accounts.id, { onDelete: 'cascade' }),
    value: text().notNull(),
    expiresAt: timestamp().notNull(),
    createdAt: createdAt(),
    updatedAt: createdAt(),
  },
  (t) => [
    index('verifications_identifier').on(t.identifier),
    index('verifications_account_id').on(t.accountId),
    index('verifications_expires_at').on(t.expiresAt),
  ],
)

// --- experts ------------------------------------------------------------------------------------------------------

export const experts = table('experts', {
  accountId: integer()
    .primaryKey()
    .references(() => accounts.id, { onDelete: 'cascade' }),
  handle: text().notNull().unique(),
  profession: text().notNull(),
  /** A short line shown beside the name, such as "MSc, MCSP". */
  credentials: text().notNull(),
  registration: text(),
  /** ISO 3166-1, two letters. */
  country: text(),
  biography: text(),
  biographyHtml: text(),
  answerCount: integer().notNull().default(0),
  verifiedAt: timestamp(),
  verifiedById: integer().references(() => accounts.id, { onDelete: 'set null' }),
  createdAt: createdAt(),
})

// --- categories ---------------------------------------------------------------------------------------------------

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

const concealment = () => ({
  /** Since when only its writer and staff see it. */
  hiddenAt: timestamp(),
  hiddenById: integer().references(() => accounts.id, { onDelete: 'set null' }),
  hiddenReason: text(),
})

// --- questions ----------------------------------------------------------------------------------------------------

export const ageBands = ['under-18', '18-29', '30-39', '40-49', '50-59', '60-69', '70-79', '80-plus'] as const
export const durations = ['days', 'weeks', 'months', 'years'] as const
export const questionStatuses = ['open', 'answered', 'closed'] as const

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
    /** The last time anything on its page changed. */
    changedAt: createdAt(),
  },
  // lists say that hidden_at is null: a flood of hidden questions then costs them nothing
  (t) => [
    index('questions_newest').on(t.createdAt, t.id).where(isNull(t.hiddenAt)),
    index('questions_by_status').on(t.status, t.createdAt, t.id).where(isNull(t.hiddenAt)),
    index('questions_answered').on(t.answeredAt, t.id).where(isNull(t.hiddenAt)),
    index('questions_hidden').on(t.hiddenAt, t.id).where(isNotNull(t.hiddenAt)),
    index('questions_hidden_by_id').on(t.hiddenById).where(isNotNull(t.hiddenById)),
    index('questions_closed_by_id').on(t.closedById).where(isNotNull(t.closedById)),
    index('questions_changed_at').on(t.changedAt),
    index('questions_category_id').on(t.categoryId),
    index('questions_asker_id').on(t.askerId, t.createdAt),
  ],
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

// --- answers ------------------------------------------------------------------------------------------------------

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
    body: text().notNull(),
    bodyHtml: text().notNull(),
    submissionKey: text().notNull().unique(),
    createdAt: createdAt(),
    editedAt: timestamp(),
    ...concealment(),
  },
  (t) => [
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

/** What somebody is still writing: a question (no questionId) or an answer to one. */
export const drafts = table(
  'drafts',
  {
    id: id(),
    /** Random; becomes the submissionKey of what is posted from it. */
    key: text().notNull().unique(),
    /** None until its writer has signed in: till then whoever holds the key owns it. */
    accountId: integer().references(() => accounts.id, { onDelete: 'cascade' }),
    questionId: integer().references(() => questions.id, { onDelete: 'cascade' }),
    fields: json<Record<string, string>>().notNull(),
    createdAt: createdAt(),
    updatedAt: createdAt(),
    expiresAt: timestamp().notNull(),
  },
  (t) => [index('drafts_account_id').on(t.accountId, t.questionId), index('drafts_expires_at').on(t.expiresAt)],
)

// --- notifications ------------------------------------------------------------------------------------------------

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

// --- moderation ---------------------------------------------------------------------------------------------------

/** What staff did, to whom and why. */
export const auditEvents = table(
  'audit_events',
  {
    id: id(),
    actorId: integer().references(() => accounts.id, { onDelete: 'set null' }),
    action: text().notNull(),
    subjectKind: text({ enum: ['account', 'expert', 'category', 'question', 'answer'] }).notNull(),
    subjectId: integer().notNull(),
    reason: text(),
    createdAt: createdAt(),
  },
  (t) => [
    index('audit_events_subject').on(t.subjectKind, t.subjectId, t.createdAt),
    index('audit_events_newest').on(t.createdAt, t.id),
  ],
)

// --- search -------------------------------------------------------------------------------------------------------

/** Everything that can be found: what its kind is called elsewhere, and its id there. */
export const searchDocuments = table(
  'search_documents',
  {
    id: id(),
    kind: text().notNull(),
    subjectId: integer().notNull(),
    categoryId: integer(),
    isAnswered: boolean().notNull().default(false),
    createdAt: createdAt(),
    titleLength: integer().notNull().default(0),
    bodyLength: integer().notNull().default(0),
    answerLength: integer().notNull().default(0),
  },
  (t) => [
    uniqueIndex('search_documents_subject').on(t.kind, t.subjectId),
    index('search_documents_category_id').on(t.categoryId),
  ],
)

/** The words of each document as they are searched for, in order; beside it, so that filtering reads narrow rows. */
export const searchTexts = table('search_texts', {
  documentId: integer()
    .primaryKey()
    .references(() => searchDocuments.id, { onDelete: 'cascade' }),
  title: text().notNull().default(''),
  body: text().notNull().default(''),
  answer: text().notNull().default(''),
})

/** How many documents hold each word: both engines rank by the same rarity. */
export const searchTerms = table(
  'search_terms',
  {
    term: text().primaryKey(),
    /** Shared by the forms of a word: treat, treated, treatment. */
    root: text().notNull(),
    /** Its first two letters. */
    prefix: text().notNull(),
    length: integer().notNull(),
    documentCount: integer().notNull().default(0),
    /** Documents that hold it in their title or body, not only in an answer. */
    questionCount: integer().notNull().default(0),
    titleCount: integer().notNull().default(0),
  },
  (t) => [index('search_terms_root').on(t.root), index('search_terms_prefix').on(t.prefix, t.length)],
)

/** One row. */
export const searchTotals = table('search_totals', {
  id: integer().primaryKey(),
  documentCount: integer().notNull().default(0),
  titleLength: integer().notNull().default(0),
  bodyLength: integer().notNull().default(0),
  answerLength: integer().notNull().default(0),
})

/** What is like a document, found ahead of time. */
export const searchRelations = table(
  'search_relations',
  {
    documentId: integer()
      .primaryKey()
      .references(() => searchDocuments.id, { onDelete: 'cascade' }),
    relatedIds: json<number[]>(),
    /** None: not yet, or its text has changed since. */
    computedAt: timestamp(),
  },
  (t) => [index('search_relations_computed_at').on(t.computedAt)],
)

// --- what is searched for -----------------------------------------------------------------------------------------

/** The words of searches and how often they came on a day; nothing tells of whoever searched. */
export const searchCounts = table(
  'search_counts',
  {
    /** As 2026-01-31. */
    day: text().notNull(),
    words: text().notNull(),
    count: integer().notNull().default(0),
    /** Of those, how many found nothing. */
    emptyCount: integer().notNull().default(0),
    /** After how many somebody went on to ask. */
    askedCount: integer().notNull().default(0),
  },
  (t) => [primaryKey({ columns: [t.day, t.words] })],
)

/** How often askers said of a question they were shown that it answered theirs. */
export const helpCounts = table(
  'help_counts',
  {
    day: text().notNull(),
    questionId: integer()
      .notNull()
      .references(() => questions.id, { onDelete: 'cascade' }),
    count: integer().notNull().default(0),
  },
  (t) => [primaryKey({ columns: [t.day, t.questionId] }), index('help_counts_question_id').on(t.questionId)],
)
