import assert from 'node:assert/strict'
import { globSync } from 'node:fs'
import { basename, join } from 'node:path'
import { test } from 'node:test'
import { config } from '../../src/config.ts'
import { connect } from '../../src/database/index.ts'
import { answers, categories, drafts, experts, questions } from '../../src/database/schema.ts'
import { loadSeed } from '../../src/transfer/seed.ts'
import { readSeed } from '../../src/transfer/seed-files.ts'
import { textOf } from '../helper.ts'
import { countRows, landedDatabaseUrl } from './landings.ts'

const landings = globSync(join(import.meta.dirname, '*.json.gz')).map((file) => basename(file, '.json.gz'))

for (const landing of landings)
  test(`a forum of the landing "${landing}" is taken over with all that was in it`, async (t) => {
    const database = await connect(await landedDatabaseUrl(t, landing))
    assert.notDeepEqual(await database.pendingMigrations(), [])
    await database.migrate()
    assert.deepEqual(await database.examine(), [])

    const { buildApp } = await import('../../src/app.ts')
    const app = await buildApp(database, { ...config, secret: 'x'.repeat(40) })
    t.after(() => app.close().then(() => database.close()))
    const [asked, answered] = [await database.read.select().from(questions), await database.read.select().from(answers)]
    assert.equal(asked.length, countRows(landing, 'questions'))
    assert.equal(answered.length, countRows(landing, 'answers'))
    assert.equal((await database.read.select().from(drafts))[0]?.fields.title, 'A draft from before')
    for (const { id, slug, title } of asked.slice(0, 5)) {
      const page = await app.inject(`/questions/${id}/${slug}`)
      assert.equal(page.statusCode, 200)
      assert.ok(textOf(page).includes(title.slice(0, 20)))
    }
    for (const { path } of await database.read.select().from(categories).limit(5))
      assert.equal((await app.inject(`/categories/${path}`)).statusCode, 200)
    for (const { handle } of await database.read.select().from(experts))
      assert.equal((await app.inject(`/experts/${handle}`)).statusCode, 200)
  })

test('answers and experts of the first landing have the days that later ones need', async (t) => {
  const database = await connect(await landedDatabaseUrl(t, 'first-landing'))
  t.after(() => database.close())
  await database.migrate()

  const answered = await database.read.select().from(answers)
  assert.ok(answered.every(({ reviewBy, createdAt }) => reviewBy && reviewBy > createdAt))
  const known = await database.read.select().from(experts)
  assert.ok(known.every(({ verifiedAt }) => verifiedAt))
})

test('the example content can be loaded over that of an earlier landing', async (t) => {
  const database = await connect(await landedDatabaseUrl(t, landings[0]!))
  t.after(() => database.close())
  await database.migrate()
  const counts = await loadSeed(database, readSeed('seed'))
  assert.equal(counts.categories, 0)
  assert.equal(counts.questions, 0)
})
