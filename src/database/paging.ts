import { type Column, type SQL, sql } from 'drizzle-orm'

/**
 * Further down a list that has the newest first. It is one comparison of rows so that both engines begin there in the
 * index: with `or` they read all that stands before.
 */
export const isBefore = (time: Column, id: Column, position: { at: Date; id: number }): SQL =>
  sql`(${time}, ${id}) < (${sql.param(position.at, time)}, ${position.id})`

/** Further down a list that has the oldest first. */
export const isAfter = (time: Column, id: Column, position: { at: Date; id: number }): SQL =>
  sql`(${time}, ${id}) > (${sql.param(position.at, time)}, ${position.id})`
