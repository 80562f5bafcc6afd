import SQLite from 'better-sqlite3'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import { sqlitePath } from './file.sqlite.ts'
import type { Reader } from './types.ts'

/** For a thread of its own: what takes long there holds nobody up. */
export function openReader(url: string) {
  const connection = new SQLite(sqlitePath(url), { readonly: true })
  connection.pragma('busy_timeout = 1000')
  return {
    read: drizzle(connection, { casing: 'snake_case' }) as unknown as Reader,
    close: () => connection.close(),
  }
}
