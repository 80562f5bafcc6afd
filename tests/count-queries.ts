import SQLite from 'better-sqlite3'
import pg from 'pg'
import { isPostgres } from '../src/database/dialect.ts'

type Methods = Record<string, (...values: unknown[]) => unknown>

let count = 0
if (isPostgres) listen(pg.Client.prototype as unknown as Methods, ['query'])
else {
  const memory = new SQLite(':memory:')
  listen(Object.getPrototypeOf(memory.prepare('select 1')) as Methods, ['all', 'get', 'run', 'iterate'])
  memory.close()
}

/** How many statements the work sends to the database. Nothing else may be using it meanwhile. */
export async function countQueries(work: () => Promise<unknown>) {
  const before = count
  await work()
  return count - before
}

function listen(prototype: Methods, names: string[]) {
  for (const name of names) {
    const original = prototype[name]!
    prototype[name] = function counted(this: unknown, ...values: unknown[]) {
      count += 1
      return original.apply(this, values)
    }
  }
}
