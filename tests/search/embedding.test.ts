import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { test } from 'node:test'
import { isPostgres } from '../../src/database/dialect.ts'
import { searchOf } from '../../src/search/index.ts'
import { openProvider } from '../../src/search/provider.ts'
import { canHoldVectors } from '../../src/search/vectors.ts'
import { startEmbedding } from '../../src/transfer/embedding.ts'
import { askSomething } from '../fixtures.ts'
import { emptyDatabase } from '../helper.ts'
import { fakeProvider } from './fake-provider.ts'
import { meaningDatabase } from './meaning-database.ts'

test('where vectors cannot be held it is said plainly, nothing is sent, and words are looked for', async (t) => {
  const database = await emptyDatabase(t)
  if (await canHoldVectors(database.read))
    return t.skip(isPostgres ? 'this PostgreSQL has pgvector' : 'SQLite always can')
  const { url, asked } = await fakeProvider(t)
  const provider = openProvider({ url, model: 'tiny', key: undefined })
  const { id } = await askSomething(database, { title: 'Does tai chi help?' })
  searchOf(database).understandBy(provider)
  const said: string[] = []
  const stop = await startEmbedding(database, provider, (error) => said.push((error as Error).message))
  assert.match(said[0]!, /no extension named vector.*words alone/)
  assert.deepEqual(
    (await searchOf(database).search({ text: 'tai chi', limit: 5, filters: { kind: 'question' } })).hits.map(
      (hit) => hit.id,
    ),
    [id],
  )
  assert.deepEqual(asked, [])
  await stop()
})

test('what is posted gets its place within a minute, by itself', async (t) => {
  t.mock.timers.enable({ apis: ['setInterval'] })
  const database = await meaningDatabase(t)
  const { url, texts } = await fakeProvider(t)
  await askSomething(database, { title: 'Is tai chi safe?' })
  const stop = await startEmbedding(database, openProvider({ url, model: 'tiny', key: undefined }), (error) =>
    assert.fail(String(error)),
  )
  await askSomething(database, { title: 'Is chess safe?' })
  while (!texts().some((text) => text.startsWith('Is chess'))) {
    t.mock.timers.tick(60_000)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  await stop()
})

test('a provider that is not there is named, and not what was to be sent', async () => {
  const provider = openProvider({ url: `http://127.0.0.1:${await closedPort()}/v1`, model: 'tiny', key: 'sesame' })
  await assert.rejects(provider.embed(['my secret knee'], AbortSignal.timeout(1_000)), (error: Error) => {
    assert.match(error.message, /cannot be reached: ECONNREFUSED/)
    assert.doesNotMatch(`${error.message} ${error.stack} ${error.cause}`, /secret|sesame/)
    return true
  })
})

async function closedPort() {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
