import { config } from '../config.ts'
import * as postgres from './dialect.postgres.ts'
import * as sqlite from './dialect.sqlite.ts'

// PostgreSQL's types are the canonical ones: they have no .get(), .all() or .run(),
// so a query that only SQLite could answer does not compile.
type Dialect = typeof postgres

export const isPostgres = config.databaseUrl.startsWith('postgres')
export const dialect: Dialect = isPostgres ? postgres : (sqlite as unknown as Dialect)
export const { table, id, text, integer, boolean, bytes, timestamp, json, index, uniqueIndex, primaryKey, provider } =
  dialect
export type { AnyColumn } from './dialect.postgres.ts'

/** Nobody else changes these rows till this transaction ends. SQLite has one writer at a time anyway. */
export const locked = <Query extends { for(strength: 'no key update'): unknown }>(query: Query) =>
  (isPostgres ? query.for('no key update') : query) as Query

const UNIQUE_VIOLATIONS = ['SQLITE_CONSTRAINT_UNIQUE', 'SQLITE_CONSTRAINT_PRIMARYKEY', '23505']

const MISSING_REFERENCES = ['SQLITE_CONSTRAINT_FOREIGNKEY', '23503']

/** Whether a write failed because a row it names is not there any more. */
export const isMissingReference = (error: unknown) => MISSING_REFERENCES.includes(codeOf(error))

/** Whether a write failed because a row with the same unique key is there already. */
export const isUniqueViolation = (error: unknown) => UNIQUE_VIOLATIONS.includes(codeOf(error))

function codeOf(error: unknown) {
  const { code, cause } = error as { code?: string; cause?: { code?: string } }
  return cause?.code ?? code ?? ''
}
