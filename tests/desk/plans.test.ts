import assert from 'node:assert/strict'
import { test } from 'node:test'
import SQLite from 'better-sqlite3'
import pg from 'pg'
import { isPostgres } from '../../src/database/dialect.ts'
import { connect } from '../../src/database/index.ts'
import { countWaiting, listWaiting, SHOWN } from '../../src/desk/queries.ts'
import { emptyDatabaseUrl } from '../helper.ts'

type Statement = { sql: string; params: unknown[] }

/** How the engine would go about it, however few rows there are. */
async function planOf(url: string, { sql, params }: Statement) {
  if (!isPostgres) {
    const connection = new SQLite(url.replace('file:', ''), { readonly: true })
    const steps = connection.prepare(`explain query plan ${sql}`).all(...params) as { detail: string }[]
    connection.close()
    return steps.map(({ detail }) => detail).join('\n')
  }
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query('set enable_seqscan = off; set enable_sort = off')
  const { rows } = await client.query(`explain ${sql}`, params)
  await client.end()
  return rows.map((row) => row['QUERY PLAN']).join('\n')
}

test('the list of a desk is read from an index in its order, and counted without reading a row', async (t) => {
  const url = await emptyDatabaseUrl(t)
  const database = await connect(url)
  t.after(() => database.close())
  const waiting = { expertId: 1, categoryIds: [1, 2, 3], now: new Date() }

  for (const show of SHOWN)
    for (const order of ['longest', 'newest'] as const) {
      const plan = await planOf(url, listWaiting(database.read, { ...waiting, show, order }).toSQL())
      assert.match(plan, show === 'asked' ? /questions_clarifying/ : /questions_waiting/)
      assert.doesNotMatch(plan, /TEMP B-TREE FOR ORDER BY/)
    }
  const counted = await planOf(url, countWaiting(database.read, { ...waiting, show: 'waiting' }).toSQL())
  assert.match(counted, isPostgres ? /questions_waiting/ : /COVERING INDEX questions_waiting/)
})
