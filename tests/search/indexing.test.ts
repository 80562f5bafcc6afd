import assert from 'node:assert/strict'
import { test } from 'node:test'
import { eq } from 'drizzle-orm'
import { createCategory, mergeCategories, moveCategory, updateCategory } from '../../src/categories/tree-queries.ts'
import { questions, searchTerms, searchTotals } from '../../src/database/schema.ts'
import type { Database } from '../../src/database/types.ts'
import { createQuestion, findQuestion, updateQuestion } from '../../src/questions/queries.ts'
import { removeDocument } from '../../src/search/queries.ts'
import { refreshRelated } from '../../src/search/relations.ts'
import { listRelated, search, suggest } from '../../src/search/searching.ts'
import { reindex } from '../../src/transfer/reindex.ts'
import { answerSomething, askSomething, newKey, plantCategory, verifiedExpert } from '../fixtures.ts'
import { emptyDatabase } from '../helper.ts'

const idsOf = async (database: Database, text: string, filters = {}) =>
  (await search(database.read, { text, filters: { kind: 'question', ...filters }, limit: 20 })).hits.map(({ id }) => id)

test('a question is found as soon as it is asked', async (t) => {
  const database = await emptyDatabase(t)
  const { id } = await askSomething(database, { title: 'Does tai chi help with osteoporosis?' })
  assert.deepEqual(await idsOf(database, 'osteoporosis'), [id])
})

test('a question that was never stored is never found', async (t) => {
  const database = await emptyDatabase(t)
  const { id } = await plantCategory(database)
  const values = { categoryId: id, askerId: null, askerName: 'Heron', isPseudonym: true, createdAt: new Date() }
  const asking = database.write(async (db) => {
    await createQuestion(db, { ...values, title: 'Zebra crossing knees', body: 'They ache.', submissionKey: newKey() })
    throw new Error('the power fails')
  })
  await assert.rejects(asking, /the power fails/)
  assert.deepEqual(await idsOf(database, 'zebra'), [])
  assert.equal(await database.read.$count(searchTerms, eq(searchTerms.term, 'zebra')), 0)
})

test('an edited question is found by what it says now', async (t) => {
  const database = await emptyDatabase(t)
  const question = await askSomething(database, { title: 'My ankle gives way' })
  await database.write(async (db) => {
    const found = (await findQuestion(db, question.id))!
    await updateQuestion(db, found, { ...found, title: 'My wrist gives way', editorId: found.askerId! })
  })
  assert.deepEqual(await idsOf(database, 'ankle'), [])
  assert.deepEqual(await idsOf(database, 'wrist'), [question.id])
})

test('a question is found by what its answers say, and then it is answered', async (t) => {
  const database = await emptyDatabase(t)
  const { id } = await askSomething(database)
  const expert = await verifiedExpert(database)
  await answerSomething(database, id, expert.account.id, 'Ask your pharmacist about capsaicin cream.')
  assert.deepEqual(await idsOf(database, 'capsaicin', { isAnswered: true }), [id])
  assert.deepEqual(await idsOf(database, 'capsaicin', { isAnswered: false }), [])
})

test('what is taken out is forgotten, down to the last word', async (t) => {
  const database = await emptyDatabase(t)
  const { id } = await askSomething(database, { title: 'Quokka bites' })
  await database.write((db) => removeDocument(db, 'question', id))
  assert.deepEqual(await idsOf(database, 'quokka'), [])
  const [term] = await database.read.select().from(searchTerms).where(eq(searchTerms.term, 'quokka'))
  assert.equal(term, undefined)
})

test('a category finds what is in those below it, wherever they are moved', async (t) => {
  const database = await emptyDatabase(t)
  const spine = await plantCategory(database, 'Spine')
  const neck = await database.write((db) =>
    createCategory(db, { parentId: spine.id, slug: 'neck', name: 'Neck', description: '' }),
  )
  const other = await plantCategory(database, 'Other')
  const { id } = await askSomething(database, { title: 'Whiplash after a crash', categoryId: neck.id })
  assert.deepEqual(await idsOf(database, 'whiplash', { categoryPath: 'spine' }), [id])
  assert.deepEqual(await idsOf(database, 'whiplash', { categoryPath: 'spin' }), [])
  await database.write((db) => moveCategory(db, neck.id, other.id))
  assert.deepEqual(await idsOf(database, 'whiplash', { categoryPath: 'spine' }), [])
  assert.deepEqual(await idsOf(database, 'whiplash category:other'), [id])
  await database.write((db) => mergeCategories(db, neck.id, spine.id))
  assert.deepEqual(await idsOf(database, 'whiplash category:spine'), [id])
})

test('a category is found by its name, as it is now', async (t) => {
  const database = await emptyDatabase(t)
  const category = await plantCategory(database, 'Osteopaths')
  await database.write((db) => updateCategory(db, category.id, { ...category, name: 'Physiotherapists' }))
  const { hits } = await search(database.read, { text: 'physiotherapists', limit: 5 })
  assert.deepEqual(
    hits.map(({ kind, id }) => [kind, id]),
    [['category', category.id]],
  )
})

test('a forum from before there was a search is read anew', async (t) => {
  const database = await emptyDatabase(t)
  const { id } = await askSomething(database, { title: 'Is cycling good for hips?' })
  const expert = await verifiedExpert(database)
  await answerSomething(database, id, expert.account.id, 'Raise the saddle.')
  const before = await database.read.select().from(searchTotals)
  await database.write((db) => removeDocument(db, 'question', id))
  await reindex(database)
  await reindex(database)
  assert.deepEqual(await idsOf(database, 'saddle'), [id])
  const [after] = await database.read.select().from(searchTotals)
  assert.equal(after!.documentCount, before[0]!.documentCount + 1) // the expert, made without the search's knowing
})

test('reading everything anew takes away words that no text holds any more', async (t) => {
  const database = await emptyDatabase(t)
  await askSomething(database, { title: 'Is cycling good for hips?' })
  const left = { term: 'lovelace', root: 'lovelac', prefix: 'lo', length: 8 }
  await database.write((db) => db.insert(searchTerms).values(left))
  await reindex(database)
  const terms = (await database.read.select().from(searchTerms)).map(({ term }) => term)
  assert.ok(terms.includes('cycling') && !terms.includes('lovelace'))
})

test('related questions are found ahead of time', async (t) => {
  const database = await emptyDatabase(t)
  const one = await askSomething(database, { title: 'Exercises for a frozen shoulder' })
  await askSomething(database, { title: 'Which shoes for a bunion?', body: 'They pinch.' })
  const two = await askSomething(database, { title: 'How long does a frozen shoulder last?' })
  await refreshRelated(database, { most: 10, before: new Date() })
  assert.deepEqual(
    (await listRelated(database.read, 'question', one.id)).map(({ id }) => id),
    [two.id],
  )
  assert.equal(await refreshRelated(database, { most: 10, before: new Date(1) }), 1) // the first looks again
  assert.equal(await database.read.$count(questions), 3)
})

test('suggestions come from the answered alone, where that is asked for', async (t) => {
  const database = await emptyDatabase(t)
  await askSomething(database, { title: 'Sciatica at night' })
  const answered = await askSomething(database, { title: 'Sciatica in the morning' })
  const expert = await verifiedExpert(database)
  await answerSomething(database, answered.id, expert.account.id, 'Keep moving.')
  const hits = await suggest(database.read, { title: 'sciatica', body: '', limit: 5, isAnswered: true })
  assert.deepEqual(
    hits.map(({ id }) => id),
    [answered.id],
  )
})
