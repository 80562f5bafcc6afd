import { boolean, id, index, integer, json, table, text, timestamp, uniqueIndex } from '../dialect.ts'
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
    /** Whether they have a confirmed authenticator or a passkey. */
    twoFactorEnabled: boolean().notNull().default(false),
    /** They do not want to be asked by mail whether an answer helped. */
    outcomeMailsStoppedAt: timestamp(),
    /** When they said that they are old enough to ask here; how old is not kept. */
    ageConfirmedAt: timestamp(),
    /** Of the moderators, who is told of what is urgent; all of them where nobody is on call. */
    isOnCall: boolean().notNull().default(false),
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

/** An app that shows codes: the one in use, and perhaps one that is being set up. */
export const authenticators = table(
  'authenticators',
  {
    id: id(),
    accountId: integer()
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    /** Encrypted. */
    secret: text().notNull(),
    isConfirmed: boolean().notNull().default(false),
    /** Of the last code that was taken, counted in half minutes since 1970: no code works twice. */
    lastStep: integer(),
    createdAt: createdAt(),
  },
  (t) => [uniqueIndex('authenticators_account_id').on(t.accountId, t.isConfirmed)],
)

export const passkeys = table(
  'passkeys',
  {
    id: id(),
    accountId: integer()
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    name: text().notNull(),
    credentialId: text().notNull().unique(),
    publicKey: text().notNull(),
    counter: integer().notNull(),
    transports: json<string[]>().notNull(),
    /** When the challenge it last answered was made: no challenge works twice. */
    usedAt: timestamp(),
    createdAt: createdAt(),
  },
  (t) => [index('passkeys_account_id').on(t.accountId)],
)

export const recoveryCodes = table(
  'recovery_codes',
  {
    id: id(),
    accountId: integer()
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    hash: text().notNull().unique(),
    createdAt: createdAt(),
  },
  (t) => [index('recovery_codes_account_id').on(t.accountId)],
)

/** How often something has been tried, by a hash of who tried what. */
export const attempts = table(
  'attempts',
  {
    key: text().primaryKey(),
    count: integer().notNull(),
    endsAt: timestamp().notNull(),
  },
  (t) => [index('attempts_ends_at').on(t.endsAt)],
)
