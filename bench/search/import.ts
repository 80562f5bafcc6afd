import { createAnswer } from '../../src/answers/queries.ts'
import { createCategory } from '../../src/categories/tree-queries.ts'
import { accounts } from '../../src/database/schema.ts'
import type { Database, Writer } from '../../src/database/types.ts'
import { createExpert } from '../../src/experts/queries.ts'
import { createQuestion } from '../../src/questions/queries.ts'
import type { ImportedQuestion } from './corpus.ts'

const AT_ONCE = 10

/** Fills an empty forum through the code that people's own questions and answers take. */
export async function importCorpus(database: Database, corpus: ImportedQuestion[], onProgress: (done: number) => void) {
  const { categoryId, expertId } = await database.write(prepare)
  for (let from = 0; from < corpus.length; from += AT_ONCE) {
    const batch = corpus.slice(from, from + AT_ONCE)
    await database.write(async (db) => {
      for (const question of batch) await importQuestion(db, { question, categoryId, expertId })
    })
    onProgress(Math.min(from + AT_ONCE, corpus.length))
  }
}

async function prepare(db: Writer) {
  const { id: categoryId } = await createCategory(db, {
    parentId: null,
    slug: 'imported',
    name: 'Imported',
    description: '',
  })
  const [publisher] = await db
    .insert(accounts)
    .values({ name: 'Publisher', email: 'publisher@example.org', emailVerified: true, role: 'expert' })
    .returning({ id: accounts.id })
  await createExpert(db, {
    accountId: publisher!.id,
    handle: 'publisher',
    profession: 'Publisher',
    credentials: 'imported',
    verifiedAt: new Date(),
  })
  return { categoryId, expertId: publisher!.id }
}

type Import = { question: ImportedQuestion; categoryId: number; expertId: number }

async function importQuestion(db: Writer, { question, categoryId, expertId }: Import) {
  const createdAt = new Date(0)
  const { id } = await createQuestion(db, {
    title: question.title,
    body: question.body,
    categoryId,
    askerId: null,
    askerName: 'Imported',
    isPseudonym: false,
    submissionKey: question.id,
    createdAt,
  })
  if (!question.answer) return
  await createAnswer(db, {
    questionId: id,
    expertId,
    expertName: 'Publisher',
    expertProfession: 'Publisher',
    expertCredentials: 'imported',
    body: question.answer,
    submissionKey: question.id,
    createdAt,
  })
}
