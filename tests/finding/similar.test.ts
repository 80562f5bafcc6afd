import assert from 'node:assert/strict'
import { test } from 'node:test'
import { eq, inArray } from 'drizzle-orm'
import { questions, searchDocuments, searchRelations } from '../../src/database/schema.ts'
import type { Database } from '../../src/database/types.ts'
import { countQueries } from '../count-queries.ts'
import { askSomething } from '../fixtures.ts'
import { build, textOf } from '../helper.ts'

test('a question shows what is like it, at most five, the likest first', async (t) => {
  const { app, database } = await build(t)
  const question = await askSomething(database)
  const others = await askOthers(database, 7)
  await relate(database, question.id, others.toReversed())

  const page = textOf(await app.inject(`/questions/${question.id}/${question.slug}`))
  assert.match(
    page,
    /Similar questions Other 7 no answers Other 6 no answers Other 5 no answers Other 4 no answers Other 3 no answers/,
  )
  assert.doesNotMatch(page, /Other 2/)
})

test('a question that is like no other says nothing of it', async (t) => {
  const { app, database } = await build(t)
  const { id, slug } = await askSomething(database)

  assert.doesNotMatch((await app.inject(`/questions/${id}/${slug}`)).body, /Similar questions/)
})

test('what is hidden is like nothing', async (t) => {
  const { app, database } = await build(t)
  const question = await askSomething(database)
  const others = await askOthers(database, 2)
  await relate(database, question.id, others)
  await database.write((db) => db.update(questions).set({ hiddenAt: new Date() }).where(eq(questions.id, others[0]!)))

  const { body } = await app.inject(`/questions/${question.id}/${question.slug}`)
  assert.doesNotMatch(body, /Other 1/)
  assert.match(body, /Other 2/)
})

test('a question with many like it takes as many queries as one with none', async (t) => {
  const { app, database } = await build(t)
  const [lonely, popular] = [await askSomething(database), await askSomething(database)]
  await relate(database, popular.id, await askOthers(database, 5))

  const costOf = ({ id, slug }: typeof lonely) => countQueries(() => app.inject(`/questions/${id}/${slug}`))
  assert.equal(await costOf(popular), await costOf(lonely))
})

async function askOthers(database: Database, count: number) {
  const ids: number[] = []
  for (let number = 1; number <= count; number += 1)
    ids.push((await askSomething(database, { title: `Other ${number}` })).id)
  return ids
}

async function relate(database: Database, questionId: number, ids: number[]) {
  const rows = await database.read
    .select()
    .from(searchDocuments)
    .where(inArray(searchDocuments.kind, ['question']))
  const documentOf = new Map(rows.map(({ id, subjectId }) => [subjectId, id]))
  const values = { relatedIds: ids.map((id) => documentOf.get(id)!), computedAt: new Date() }
  await database.write((db) =>
    db
      .update(searchRelations)
      .set(values)
      .where(eq(searchRelations.documentId, documentOf.get(questionId)!)),
  )
}
