import {
  boolean,
  customType,
  getTableConfig,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp as timestamptz,
  uniqueIndex,
} from 'drizzle-orm/pg-core'

export type { AnyPgColumn as AnyColumn } from 'drizzle-orm/pg-core'
export { boolean, getTableConfig, index, integer, pgTable as table, primaryKey, text, uniqueIndex }

/** What better-auth calls the engine. */
export const provider = 'pg'

export const bytes = customType<{ data: Buffer }>({ dataType: () => 'bytea' })
export const id = () => integer().primaryKey().generatedByDefaultAsIdentity()
export const timestamp = () => timestamptz({ withTimezone: true, precision: 3 })
export const json = <T>() => jsonb().$type<T>()
