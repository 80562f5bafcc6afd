import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { eq, inArray } from 'drizzle-orm'
import { findCategory, pathsTo } from '../../src/categories/queries.ts'
import { moveCategory, updateCategory } from '../../src/categories/tree-queries.ts'
import { listAsked } from '../../src/consents/queries.ts'
import {
  accounts,
  answers,
  categories,
  comments,
  credentials,
  expertCredentials,
  experts,
  professionCategories,
  professions,
  questions,
} from '../../src/database/schema.ts'
import { setProfessionCategories } from '../../src/experts/profession-queries.ts'
import { mayAnswerIn } from '../../src/experts/scope-queries.ts'
import { loadSeed } from '../../src/transfer/seed.ts'
import { readSeed } from '../../src/transfer/seed-files.ts'
import { build, emptyDatabase, textOf } from '../helper.ts'

const content = readSeed('seed')

test('the source question stands where it stood, with its answer', async (t) => {
  const { app, database } = await build(t)
  await loadSeed(database, content)

  const [question] = await database.read
    .select()
    .from(questions)
    .where(eq(questions.submissionKey, 'seed:active-release-therapy'))
  const { body } = await app.inject(`/questions/${question!.id}/${question!.slug}`)
  const crumbs = ['Bone Health', 'Question and Answer', 'Pain and Symptoms', 'Chiropractors', 'Active release therapy']
  let from = body.indexOf('<nav class="trail"')
  for (const crumb of crumbs) {
    from = body.indexOf(crumb, from + 1)
    assert.ok(from > 0, crumb)
  }
  assert.match(body, /L5\/S1/)
  assert.match(body, /McKenzie/)
  assert.match(body, /Doctor of Chiropractic/)
  assert.match(body, /datetime="2007-09-26T08:55:10/)
})

test('the counts of categories include those below', async (t) => {
  const { database } = await seeded(t)
  const spine = await findCategory(database.read, 'spine')
  const expected = content.questions.filter(({ category }) => category.startsWith('spine/') || category === 'spine')
  assert.equal(spine!.questionCount, expected.length)
})

test('example people are marked as such and have no password', async (t) => {
  const { database } = await seeded(t)
  const people = await database.read.select().from(accounts)
  assert.ok(people.length > 0)
  assert.ok(people.every(({ isExample, email }) => isExample && email.endsWith('@example.org')))
  assert.equal((await database.read.select().from(credentials)).length, 0)
  assert.ok((await database.read.select().from(experts)).every(({ verifiedAt }) => verifiedAt))
})

test('what people changed stays, and what is missing is added', async (t) => {
  const { database } = await seeded(t)
  const [first] = await database.read.select().from(questions).orderBy(questions.id).limit(1)
  await database.write((db) =>
    db.update(questions).set({ title: 'Changed by hand' }).where(eq(questions.id, first!.id)),
  )
  const knee = (await findCategory(database.read, 'joints/knee'))!
  await database.write((db) => updateCategory(db, knee.id, { ...knee, slug: 'knees', name: 'Knees' }))
  await database.write((db) => moveCategory(db, knee.id, null))

  const more = { ...content, members: [...content.members, { key: 'asker-99', name: 'Ada' }] }
  assert.deepEqual(await loadSeed(database, more), { categories: 0, people: 1, questions: 0, answers: 0 })
  const [again] = await database.read.select().from(questions).where(eq(questions.id, first!.id))
  assert.equal(again!.title, 'Changed by hand')
  const all = await database.read.select({ path: categories.path }).from(categories)
  assert.equal(all.length, content.categories.length)
  assert.ok(all.some(({ path }) => path === 'knees'))
})

test('what cannot be added whole is not added at all', async (t) => {
  const database = await emptyDatabase(t)
  const failing = loadSeed(database, content, (done) => {
    if (done === 3) throw new Error('the disk is full')
  })
  await assert.rejects(failing, /the disk is full/)
  assert.equal((await database.read.select().from(categories)).length, 0)
})

test('it tells how far it is', async (t) => {
  const database = await emptyDatabase(t)
  const told: string[] = []
  await loadSeed(database, { ...content, questions: content.questions.slice(0, 2) }, (done, of) =>
    told.push(`${done}/${of}`),
  )
  assert.deepEqual(told, ['1/2', '2/2'])
})

async function seeded(t: TestContext) {
  const database = await emptyDatabase(t)
  await loadSeed(database, content)
  return { database }
}

test('example experts answer within their scope, with credentials that say they are examples', async (t) => {
  const { database } = await seeded(t)
  const checked = await database.read.select().from(expertCredentials)
  assert.equal(checked.length, content.experts.length)
  assert.ok(checked.every(({ number, checkAgainAt }) => number.startsWith('EXAMPLE') && checkAgainAt > new Date()))

  const rows = await database.read
    .select({ expertId: answers.expertId, path: categories.path })
    .from(answers)
    .innerJoin(questions, eq(questions.id, answers.questionId))
    .innerJoin(categories, eq(categories.id, questions.categoryId))
  for (const { expertId, path } of rows) {
    const trail = await database.read
      .select({ id: categories.id })
      .from(categories)
      .where(inArray(categories.path, pathsTo(path)))
    const ids = trail.map(({ id }) => id)
    assert.ok(await mayAnswerIn(database.read, expertId!, ids), `${expertId} in ${path}`)
  }
})

test('professions that administrators have changed stay as they are', async (t) => {
  const { database } = await seeded(t)
  const [profession] = await database.read.select().from(professions).limit(1)
  await database.write((db) => setProfessionCategories(db, profession!.id, []))
  await loadSeed(database, content)

  const scope = eq(professionCategories.professionId, profession!.id)
  assert.equal(await database.read.$count(professionCategories, scope), 0)
  assert.equal(await database.read.$count(professions), content.professions.length)
})

test('what was said beside the answers is loaded too, once', async (t) => {
  const { app, database } = await build(t)
  await loadSeed(database, content)
  await loadSeed(database, content)
  const [asked] = await database.read
    .select()
    .from(questions)
    .where(eq(questions.submissionKey, 'seed:sciatica-five-weeks'))
  const page = textOf(await app.inject(`/questions/${asked!.id}/${asked!.slug}`))
  assert.match(page, /toes and heels both work.*Is it fine to swim\?/s)
  assert.match(page, /Luis Carrasco/)
  assert.equal((await database.read.select().from(comments).where(eq(comments.questionId, asked!.id))).length, 4)
})

test('an example asker can ask at once', async (t) => {
  const { database } = await build(t)
  await loadSeed(database, content)
  const [member] = await database.read.select().from(accounts).where(eq(accounts.email, 'asker-1@example.org'))
  assert.deepEqual(await listAsked(database.read, member!.id), [])
})
