import type { BetterAuthOptions } from 'better-auth'
import type { Config } from '../config.ts'
import { provider } from '../database/dialect.ts'
import { accounts, credentials, sessions, verifications } from '../database/schema.ts'
import type { Database, Writer } from '../database/types.ts'
import { SESSION_SECONDS } from '../plugins/sessions.ts'
import { LONGEST_PASSWORD, SHORTEST_PASSWORD } from './passwords.ts'
import { findAccount, findAccountByEmail, findPasswordHash } from './queries.ts'

type Settings = Pick<Config, 'baseUrl'> & { secret: string }
type Claim = { email: string; password: string }

export type Auth = ReturnType<typeof createAuth>

/**
 * better-auth keeps the passwords and opens the sessions; pages, links and cookies are ours (docs/decisions/0004).
 * It is loaded on first use: that takes a third of a second and 50 MB, and most visitors never sign in.
 */
export function createAuth(database: Database, settings: Settings) {
  let loading: ReturnType<typeof load> | undefined
  const loaded = () => {
    loading ??= load(database, settings)
    return loading
  }

  return {
    /** Whose address and password these are; undefined where they do not belong together, after the same time. */
    async findHolder({ email, password }: Claim) {
      const account = await findAccountByEmail(database.read, email)
      const hash = account && (await findPasswordHash(database.read, account.id))
      if (hash) return (await this.isPassword(password, hash)) ? account : undefined
      await this.hashPassword(password)
      return undefined
    },
    /** For whoever has proven who they are. */
    async openSession(accountId: number, userAgent?: string) {
      const { internalAdapter } = await (await loaded()).$context
      const session = await internalAdapter.createSession(String(accountId), false, { userAgent: shortened(userAgent) })
      return session.token
    },
    async hashPassword(password: string) {
      return (await (await loaded()).$context).password.hash(password)
    },
    async isPassword(password: string, hash: string) {
      return (await (await loaded()).$context).password.verify({ password, hash })
    },
  }
}

async function load(database: Database, { secret, baseUrl }: Settings) {
  const [{ betterAuth }, { drizzleAdapter }, { APIError }] = await Promise.all([
    import('better-auth/minimal'),
    import('better-auth/adapters/drizzle'),
    import('better-auth/api'),
  ])
  const refuseClosed = async ({ userId }: { userId: string }) => {
    if (!(await findAccount(database.read, Number(userId)))) throw new APIError('UNAUTHORIZED')
  }
  return betterAuth({
    ...options,
    secret,
    baseURL: baseUrl?.origin ?? 'http://localhost',
    database: drizzleAdapter(throughOurs(database), {
      provider,
      schema: { accounts, sessions, credentials, verifications },
      transaction: false, // it hashes passwords inside, and every other write would wait
    }),
    databaseHooks: { session: { create: { before: refuseClosed } } },
  })
}

const options = {
  emailAndPassword: {
    enabled: true,
    disableSignUp: true,
    minPasswordLength: SHORTEST_PASSWORD,
    maxPasswordLength: LONGEST_PASSWORD,
  },
  user: { modelName: 'accounts' },
  session: { modelName: 'sessions', fields: { userId: 'accountId' }, expiresIn: SESSION_SECONDS },
  account: { modelName: 'credentials', fields: { userId: 'accountId', accountId: 'providerAccountId' } },
  verification: { modelName: 'verifications' },
  advanced: {
    database: { generateId: 'serial' },
    ipAddress: { disableIpTracking: true },
  },
  telemetry: { enabled: false },
  logger: { level: 'error' }, // lower levels name addresses
} satisfies BetterAuthOptions

type Step = [method: string, words: unknown[]]

/** The database as better-auth's adapter expects it: it reads with our readers, and each statement that writes waits in our queue. */
function throughOurs(database: Database) {
  return {
    select: (...fields: []) => database.read.select(...fields),
    insert: (table: unknown) => queued(database, [['insert', [table]]]),
    update: (table: unknown) => queued(database, [['update', [table]]]),
    delete: (table: unknown) => queued(database, [['delete', [table]]]),
  }
}

/** Remembers how a statement is built, and builds it inside `write` once somebody awaits it. */
function queued(database: Database, steps: Step[]): object {
  return new Proxy(
    {},
    {
      get: (_, method: string) =>
        method === 'then'
          ? (done: () => void, failed: () => void) =>
              database.write(async (db) => await rebuilt(db, steps)).then(done, failed)
          : (...words: unknown[]) => queued(database, [...steps, [method, words]]),
    },
  )
}

function rebuilt(db: Writer, steps: Step[]) {
  type Builder = Record<string, (...words: unknown[]) => Builder>
  return steps.reduce((builder, [method, words]) => builder[method]!(...words), db as unknown as Builder)
}

const LONGEST_USER_AGENT = 300
const shortened = (userAgent = '') => userAgent.slice(0, LONGEST_USER_AGENT)
