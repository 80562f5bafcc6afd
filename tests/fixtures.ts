import { randomBytes } from 'node:crypto'
import { createAnswer } from '../src/answers/queries.ts'
import { createCategory } from '../src/categories/tree-queries.ts'
import { experts } from '../src/database/schema.ts'
import type { Database } from '../src/database/types.ts'
import { createQuestion } from '../src/questions/queries.ts'
import { signedIn } from './helper.ts'

export const newKey = () => randomBytes(24).toString('base64url')

/** The boxes that are ticked before a first question is taken. */
export const ALLOWED = { 'consent-health-data': '1', 'consent-publication': '1' }

export const plantCategory = (database: Database, name = 'Chiropractors') =>
  database.write((db) => createCategory(db, { parentId: null, slug: name.toLowerCase(), name, description: '' }))

/** A question in a category of its own making, asked by somebody of its own making. */
export async function askSomething(database: Database, values: Partial<Parameters<typeof createQuestion>[1]> = {}) {
  const askerId = values.askerId ?? (await signedIn(database)).account.id
  const categoryId = values.categoryId ?? (await plantCategory(database, `Topic-${newKey().toLowerCase()}`)).id
  return database.write((db) =>
    createQuestion(db, {
      askerName: 'Quiet Heron 7',
      isPseudonym: true,
      title: 'Is heat better than ice?',
      body: 'For a back that has been stiff since the weekend.',
      submissionKey: newKey(),
      ...values,
      askerId,
      categoryId,
    }),
  )
}

/** Somebody signed in whose credentials have been checked. */
export async function verifiedExpert(database: Database, name = 'Vera Lund') {
  const someone = await signedIn(database, 'expert', name)
  const handle = `${name.toLowerCase().replaceAll(' ', '-')}-${someone.account.id}`
  await database.write((db) =>
    db.insert(experts).values({
      accountId: someone.account.id,
      handle,
      profession: 'Physiotherapist',
      credentials: 'MSc, MCSP',
      verifiedAt: new Date(),
    }),
  )
  return { ...someone, handle }
}

export async function answerSomething(database: Database, questionId: number, expertId: number, body: string) {
  const created = await database.write((db) =>
    createAnswer(db, {
      questionId,
      expertId,
      expertName: 'Vera Lund',
      expertProfession: 'Physiotherapist',
      expertCredentials: 'MSc, MCSP',
      body,
      submissionKey: newKey(),
    }),
  )
  return created!.answer
}
