import assert from 'node:assert/strict'
import { test } from 'node:test'
import { getTableColumns, is } from 'drizzle-orm'
import { PgTable, getTableConfig as postgresConfig } from 'drizzle-orm/pg-core'
import { SQLiteTable, getTableConfig as sqliteConfig } from 'drizzle-orm/sqlite-core'
import * as schema from '../../src/database/schema.ts'
import { HOLDINGS, NOT_HANDED_OUT } from '../../src/privacy/holdings.ts'
import { READINGS } from '../../src/privacy/readings.ts'

const IN_TABLES = HOLDINGS.filter((holding) => 'table' in holding)

const tables = Object.entries(schema).filter(
  (entry): entry is [string, typeof schema.accounts] => is(entry[1], PgTable) || is(entry[1], SQLiteTable),
)

/** Every column that names an account, and what happens to it when the account goes. */
const references = tables.flatMap(([name, table]) => {
  const { foreignKeys } = is(table, PgTable) ? postgresConfig(table) : sqliteConfig(table as unknown as SQLiteTable)
  const properties = Object.entries(getTableColumns(table))
  return foreignKeys.flatMap((key) => {
    const { columns, foreignColumns } = key.reference()
    const target = foreignColumns[0]!
    const isAccount = (target.table as unknown) === schema.accounts || (target.table as unknown) === schema.experts
    const property = properties.find(([, column]) => column.name === columns[0]!.name)![0]
    return isAccount ? [{ place: `${name}.${property}`, onDelete: key.onDelete }] : []
  })
})

test('whatever names an account is handed out to whoever has it, or there is a reason not to', () => {
  const handedOut = new Set(IN_TABLES.map(({ table, column }) => `${table}.${column}`))
  const forgotten = references.filter(({ place }) => !handedOut.has(place) && !(place in NOT_HANDED_OUT))
  assert.deepEqual(forgotten, [], 'add the column to HOLDINGS or, with a reason, to NOT_HANDED_OUT')
})

test('whatever names an account goes with it, or forgets it', () => {
  assert.ok(references.length > 30)
  const staying = references.filter(({ onDelete }) => onDelete !== 'cascade' && onDelete !== 'set null')
  assert.deepEqual(staying, [])
})

test('nothing is listed that is not there', () => {
  const places = new Set(references.map(({ place }) => place))
  for (const { table, column } of IN_TABLES)
    assert.ok(places.has(`${table}.${column}`) || `${table}.${column}` === 'accounts.id', `${table}.${column}`)
  for (const place of Object.keys(NOT_HANDED_OUT)) assert.ok(places.has(place), place)
})

test('no secret is handed out', () => {
  const named = new Map(tables)
  for (const { table, without = [] } of IN_TABLES) {
    const columns = Object.keys(getTableColumns(named.get(table)!))
    const secret = columns.filter((name) => /password|secret|token|hash|publicKey|submissionKey|^key$/i.test(name))
    assert.deepEqual(
      secret.filter((name) => !without.includes(name)),
      [],
      table,
    )
  }
})

test('each column that is handed out is told in words, or left to programs on purpose', () => {
  for (const { name, table, without = [] } of IN_TABLES) {
    const { fields, rest = [] } = READINGS[name]!
    const known = new Set([...fields.map(([column]) => column), ...rest, ...without])
    const columns = Object.keys(getTableColumns(tables.find(([one]) => one === table)![1]))
    const forgotten = columns.filter((column) => !known.has(column))
    assert.deepEqual(forgotten, [], `add them to the fields of "${name}" in READINGS, or to the rest`)
    for (const column of known) assert.ok(columns.includes(column), `${name}.${column}`)
  }
})

test('whatever is handed out has words', () => {
  assert.deepEqual(
    HOLDINGS.map(({ name }) => name).filter((name) => !(name in READINGS)),
    [],
  )
})
