import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DrizzleQueryError } from 'drizzle-orm'
import { buildApp } from '../src/app.ts'
import { config } from '../src/config.ts'
import { loggerOptions } from '../src/server.ts'
import { askSomething } from './fixtures.ts'
import { type Cleanup, emptyDatabase, SECRET, signedIn } from './helper.ts'

async function buildLogging(t: Cleanup) {
  const database = await emptyDatabase(t)
  const lines: string[] = []
  const stream = { write: (line: string) => void lines.push(line) }
  const logger = { ...loggerOptions({ logLevel: 'info' }), stream }
  const app = await buildApp(database, { ...config, secret: SECRET }, { logger })
  t.after(() => app.close())
  const pathsOf = () => lines.flatMap((line) => JSON.parse(line).req?.path ?? [])
  return { app, database, lines, pathsOf }
}

test('the log names questions by their number alone, and nothing that somebody typed', async (t) => {
  const { app, database, lines, pathsOf } = await buildLogging(t)
  const asker = await signedIn(database)
  const { id } = await askSomething(database, { title: 'Zibbeldorf pain after my divorce', askerId: asker.account.id })
  for (const url of [
    `/questions/${id}/zibbeldorf-pain-after-my-divorce?draft=zibbeldorf`,
    `/questions/${id}/zibbeldorf/and/more`,
    '/search?q=zibbeldorf',
    '/zibbeldorf',
  ])
    await app.inject({ url })

  assert.doesNotMatch(lines.join(), /zibbeldorf/i)
  assert.deepEqual(pathsOf(), [`/questions/${id}/:slug`, '(no such address)', '/search', '(no such address)'])
})

test('a query that fails is logged without what it was asked with', async (t) => {
  const { app, lines } = await buildLogging(t)
  const failed = () => new DrizzleQueryError('insert into x values (?)', ['Zibbeldorf pain\nafter my divorce'], CAUSE)
  app.log.error(failed())
  app.log.error({ err: failed() })
  app.get('/broken', () => Promise.reject(failed()))
  await app.inject({ url: '/broken' })

  assert.equal(lines.filter((line) => /Failed query: insert into x.*log\.test\.ts.*disk is full/.test(line)).length, 3)
  assert.doesNotMatch(lines.join(), /zibbeldorf|divorce/i)
})

const CAUSE = new Error('disk is full')
