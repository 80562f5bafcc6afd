import { and, asc, desc, eq, inArray, isNotNull } from 'drizzle-orm'
import { isShown } from '../answers/queries.ts'
import { answers, categories, expertCategories, experts, professionCategories, questions } from '../database/schema.ts'
import type { Reader } from '../database/types.ts'
import { isShown as isQuestionShown } from '../questions/queries.ts'

const LATELY = 100
const ENOUGH = 5

/** Half of their last answers came within so many seconds. None: too few to say. */
export async function findMedianWait(db: Reader, expertId: number) {
  const rows = await db
    .select({ seconds: answers.waitSeconds })
    .from(answers)
    .innerJoin(questions, eq(questions.id, answers.questionId))
    .where(and(eq(answers.expertId, expertId), isShown, isQuestionShown, isNotNull(answers.waitSeconds)))
    .orderBy(desc(answers.createdAt))
    .limit(LATELY)
  if (rows.length < ENOUGH) return undefined
  const seconds = rows.map((row) => row.seconds!).sort((a, b) => a - b)
  return seconds[Math.floor((seconds.length - 1) / 2)]
}

/** Where they answer: the categories they were accepted for, or else those of their profession. None: everywhere. */
export async function listExpertCategories(db: Reader, expertId: number) {
  const own = await listPlaces(db, ownOf(db, expertId))
  return own.length > 0 ? own : listPlaces(db, ofProfessionOf(db, expertId))
}

const ownOf = (db: Reader, expertId: number) =>
  db.select({ id: expertCategories.categoryId }).from(expertCategories).where(eq(expertCategories.expertId, expertId))

const ofProfessionOf = (db: Reader, expertId: number) =>
  db
    .select({ id: professionCategories.categoryId })
    .from(professionCategories)
    .innerJoin(experts, eq(experts.professionId, professionCategories.professionId))
    .where(eq(experts.accountId, expertId))

const listPlaces = (db: Reader, ids: ReturnType<typeof ownOf> | ReturnType<typeof ofProfessionOf>) =>
  db
    .select({ name: categories.name, path: categories.path })
    .from(categories)
    .where(inArray(categories.id, ids))
    .orderBy(asc(categories.path))
