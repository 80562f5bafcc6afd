import { and, asc, eq, gt, lte, max, sql } from 'drizzle-orm'
import { accounts, categories, experts, questions } from '../database/schema.ts'
import type { Reader } from '../database/types.ts'
import { isVerifiedExpert } from '../database/verification.ts'
import { isShown } from '../questions/queries.ts'

/** Questions in one file of the sitemap: those with ids from `part * PART_SIZE + 1` on. Far below the 50,000 allowed. */
const PART_SIZE = 20_000

/**
 * Which files the questions fill, and when something in each last changed: of those alone that everybody may read. An index
 * holds all of this, so that not reading the questions themselves takes a tenth of the time.
 */
export function listQuestionParts(db: Reader) {
  const part = sql<number>`(${questions.id} - 1) / ${sql.raw(String(PART_SIZE))}`.mapWith(Number)
  return db
    .select({ part, changedAt: max(questions.changedAt) })
    .from(questions)
    .where(isShown)
    .groupBy(part)
    .orderBy(part)
}

export function listQuestionsInPart(db: Reader, part: number) {
  return db
    .select({ id: questions.id, slug: questions.slug, changedAt: questions.changedAt })
    .from(questions)
    .where(and(isShown, gt(questions.id, part * PART_SIZE), lte(questions.id, (part + 1) * PART_SIZE)))
    .orderBy(asc(questions.id))
}

export function listCategoryPaths(db: Reader) {
  return db.select({ path: categories.path }).from(categories).orderBy(asc(categories.id)).limit(PART_SIZE)
}

/** Made-up ones are nobody's to find. */
export function listRealExperts(db: Reader) {
  return db
    .select({ handle: experts.handle })
    .from(experts)
    .innerJoin(accounts, eq(accounts.id, experts.accountId))
    .where(and(isVerifiedExpert(), eq(accounts.isExample, false)))
    .orderBy(asc(experts.accountId))
    .limit(PART_SIZE)
}
