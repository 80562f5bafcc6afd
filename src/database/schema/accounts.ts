import { boolean, id, index, integer, table, text, timestamp } from '../dialect.ts'
import { createdAt } from './columns.ts'

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
