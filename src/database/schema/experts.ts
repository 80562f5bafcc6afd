import { and, isNull } from 'drizzle-orm'
import { boolean, bytes, id, index, integer, primaryKey, table, text, timestamp, uniqueIndex } from '../dialect.ts'
import { accounts } from './accounts.ts'
import { categories } from './categories.ts'
import { createdAt } from './columns.ts'

/** What experts are, each with where it may answer. */
export const professions = table('professions', {
  id: id(),
  name: text().notNull().unique(),
  createdAt: createdAt(),
})

/** Where a profession may answer: in these categories and in all below them. */
export const professionCategories = table(
  'profession_categories',
  {
    professionId: integer()
      .notNull()
      .references(() => professions.id, { onDelete: 'cascade' }),
    categoryId: integer()
      .notNull()
      .references(() => categories.id, { onDelete: 'cascade' }),
  },
  (t) => [
    primaryKey({ columns: [t.professionId, t.categoryId] }),
    index('profession_categories_category_id').on(t.categoryId),
  ],
)

export const OPEN_CLAIMS = 5

export const experts = table(
  'experts',
  {
    accountId: integer()
      .primaryKey()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    handle: text().notNull().unique(),
    /** None: where they may answer is not limited by what they are. */
    professionId: integer().references(() => professions.id),
    /** As they call it themselves, such as "Doctor of Chiropractic". */
    profession: text().notNull(),
    /** A short line shown beside the name, such as "MSc, MCSP". */
    credentials: text().notNull(),
    registration: text(),
    /** ISO 3166-1, two letters. */
    country: text(),
    biography: text(),
    biographyHtml: text(),
    /** What might sway them, in their own words; empty where they declared that nothing does. */
    interests: text(),
    /** Where they work. */
    practice: text(),
    practiceUrl: text(),
    answerCount: integer().notNull().default(0),
    verifiedAt: timestamp(),
    verifiedById: integer().references(() => accounts.id, { onDelete: 'set null' }),
    /** When the first of their credentials is to be checked again: from then on they count as not verified. */
    verifiedUntil: timestamp(),
    /** How many questions they take at once. */
    capacity: integer().notNull().default(OPEN_CLAIMS),
    /** Until then nothing is put before them. */
    leaveUntil: timestamp(),
    /** Whether a daily letter tells them what waits for them. */
    deskMail: boolean().notNull().default(true),
    /** When it was last looked whether they are to have one. */
    deskMailedAt: timestamp(),
    createdAt: createdAt(),
  },
  (t) => [index('experts_profession_id').on(t.professionId), index('experts_verified_until').on(t.verifiedUntil)],
)

/** Where an expert was accepted: in these categories and in all below them. None: wherever their profession may. */
export const expertCategories = table(
  'expert_categories',
  {
    expertId: integer()
      .notNull()
      .references(() => experts.accountId, { onDelete: 'cascade' }),
    categoryId: integer()
      .notNull()
      .references(() => categories.id, { onDelete: 'cascade' }),
  },
  (t) => [primaryKey({ columns: [t.expertId, t.categoryId] }), index('expert_categories_category_id').on(t.categoryId)],
)

/** What was checked about an expert, where, and until when that holds. */
export const expertCredentials = table(
  'expert_credentials',
  {
    id: id(),
    expertId: integer()
      .notNull()
      .references(() => experts.accountId, { onDelete: 'cascade' }),
    /** The body that registers or examines, such as "General Chiropractic Council". */
    issuer: text().notNull(),
    number: text().notNull(),
    /** Where anybody can look it up. */
    registerUrl: text(),
    checkedAt: timestamp().notNull(),
    checkedById: integer().references(() => accounts.id, { onDelete: 'set null' }),
    checkAgainAt: timestamp().notNull(),
    /** The last reminder: how many days before `checkAgainAt`; 0 tells that it has lapsed. */
    remindedDays: integer(),
    createdAt: createdAt(),
  },
  (t) => [
    index('expert_credentials_expert_id').on(t.expertId),
    index('expert_credentials_check_again_at').on(t.checkAgainAt),
  ],
)

// --- applications -------------------------------------------------------------------------------------------------

/** A `draft` is its writer's alone; then it is `waiting` for staff, `asked` back, or ended. */
export const applicationStatuses = ['draft', 'waiting', 'asked', 'accepted', 'refused', 'withdrawn'] as const

export const applications = table(
  'applications',
  {
    id: id(),
    accountId: integer()
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    status: text({ enum: applicationStatuses }).notNull().default('waiting'),
    /** Which of their credentials it renews; none: it is to become an expert, or one for more categories. */
    credentialId: integer().references(() => expertCredentials.id, { onDelete: 'cascade' }),
    professionId: integer().references(() => professions.id, { onDelete: 'set null' }),
    profession: text().notNull(),
    credentials: text().notNull(),
    issuer: text().notNull(),
    number: text().notNull(),
    registerUrl: text().notNull(),
    country: text().notNull(),
    biography: text().notNull(),
    /** As with experts; none in a draft that does not say yet. */
    interests: text(),
    submissionKey: text().notNull().unique(),
    createdAt: createdAt(),
    changedAt: createdAt(),
    decidedAt: timestamp(),
    decidedById: integer().references(() => accounts.id, { onDelete: 'set null' }),
    reason: text(),
  },
  (t) => [
    // one at a time, and one for each credential
    uniqueIndex('applications_open')
      .on(t.accountId)
      .where(and(isNull(t.decidedAt), isNull(t.credentialId))!),
    uniqueIndex('applications_renewal').on(t.credentialId).where(isNull(t.decidedAt)),
    index('applications_account_id').on(t.accountId),
    index('applications_by_status').on(t.status, t.createdAt, t.id),
  ],
)

export const applicationCategories = table(
  'application_categories',
  {
    applicationId: integer()
      .notNull()
      .references(() => applications.id, { onDelete: 'cascade' }),
    categoryId: integer()
      .notNull()
      .references(() => categories.id, { onDelete: 'cascade' }),
  },
  (t) => [
    primaryKey({ columns: [t.applicationId, t.categoryId] }),
    index('application_categories_category_id').on(t.categoryId),
  ],
)

/** Evidence: only staff see it, and only till some time after the decision. */
export const applicationFiles = table(
  'application_files',
  {
    id: id(),
    applicationId: integer()
      .notNull()
      .references(() => applications.id, { onDelete: 'cascade' }),
    name: text().notNull(),
    mediaType: text().notNull(),
    size: integer().notNull(),
    content: bytes().notNull(),
    createdAt: createdAt(),
  },
  (t) => [index('application_files_application_id').on(t.applicationId)],
)

/** What staff asked back, and what the applicant said to that. */
export const applicationMessages = table(
  'application_messages',
  {
    id: id(),
    applicationId: integer()
      .notNull()
      .references(() => applications.id, { onDelete: 'cascade' }),
    authorId: integer().references(() => accounts.id, { onDelete: 'set null' }),
    isByStaff: boolean().notNull().default(false),
    body: text().notNull(),
    createdAt: createdAt(),
  },
  (t) => [index('application_messages_application_id').on(t.applicationId, t.createdAt)],
)
