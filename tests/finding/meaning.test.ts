import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { buildApp } from '../../src/app.ts'
import { config } from '../../src/config.ts'
import { openProvider } from '../../src/search/provider.ts'
import { Embedder } from '../../src/transfer/embedding.ts'
import { answerSomething, askSomething, plantCategory, verifiedExpert } from '../fixtures.ts'
import { form, textOf } from '../helper.ts'
import { fakeProvider } from '../search/fake-provider.ts'
import { meaningDatabase } from '../search/meaning-database.ts'

const OTHERS = ['Which shoes for a bunion?', 'Is ibuprofen safe?', 'What does a scan show?', 'Do joints wear out?']

test('with a provider a search shows what means the same, and so does the form for asking', async (t) => {
  const { app } = await buildWithMeaning(t)

  assert.match(
    textOf(await app.inject('/search?q=cannot+reach+overhead')),
    /1 result .*How is adhesive capsulitis treated/,
  )
  const suggested = await app.inject({ url: '/ask/suggestions', ...form({ title: 'Why can I not lift my arm?' }) })
  assert.match(textOf(suggested), /How is adhesive capsulitis treated\?.*Patience/)
})

test('with a provider that is down the same pages show what words find', async (t) => {
  const { app, provider } = await buildWithMeaning(t)
  provider.mood.status = 500

  assert.match(textOf(await app.inject('/search?q=bunion+shoes')), /Which shoes for a bunion/)
  assert.match(textOf(await app.inject('/search?q=cannot+reach+overhead')), /Nothing here fits/)
})

async function buildWithMeaning(t: TestContext) {
  const database = await meaningDatabase(t)
  const provider = await fakeProvider(t)
  const embeddings = { url: provider.url, model: 'tiny', key: undefined }
  const app = await buildApp(database, {
    ...config,
    secret: 'only-for-tests-only-for-tests-only-for-tests',
    embeddings,
  })
  t.after(() => app.close())
  const { id: categoryId } = await plantCategory(database)
  for (const title of OTHERS) await askSomething(database, { title, body: 'Please advise.', categoryId })
  const { id } = await askSomething(database, { title: 'How is adhesive capsulitis treated?', categoryId })
  const expert = await verifiedExpert(database)
  await answerSomething(database, id, expert.account.id, 'Patience and a physiotherapist.')
  const onError = (error: unknown) => assert.fail(String(error))
  await new Embedder(database, openProvider(embeddings), { onError }).round()
  return { app, provider }
}
