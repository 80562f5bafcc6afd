import { and, asc, desc, eq, gte, inArray, isNull, lt, type SQL, sql, sum } from 'drizzle-orm'
import {
  accounts,
  answers,
  categories,
  experts,
  helpCounts,
  questions,
  searchCounts,
  searchDocuments,
  searchRelations,
} from '../database/schema.ts'
import type { Reader, Writer } from '../database/types.ts'
import { isShown } from '../questions/queries.ts'

// --- what was found -----------------------------------------------------------------------------------------------

export type FoundQuestion = Awaited<ReturnType<typeof listFoundQuestions>>[number]
export type FoundAnswer = Awaited<ReturnType<typeof listFoundAnswers>>[number]
export type FoundExpert = Awaited<ReturnType<typeof listFoundExperts>>[number]
export type FoundCategory = Awaited<ReturnType<typeof listFoundCategories>>[number]

export function listFoundQuestions(db: Reader, ids: number[]) {
  return db
    .select({
      id: questions.id,
      slug: questions.slug,
      title: questions.title,
      bodyHtml: questions.bodyHtml,
      status: questions.status,
      answerCount: questions.answerCount,
      createdAt: questions.createdAt,
      categoryName: categories.name,
      categoryPath: categories.path,
    })
    .from(questions)
    .innerJoin(categories, eq(categories.id, questions.categoryId))
    .where(and(inArray(questions.id, ids), isShown))
}

/** Oldest first. */
export function listFoundAnswers(db: Reader, questionIds: number[]) {
  return db
    .select({
      questionId: answers.questionId,
      expertName: answers.expertName,
      expertProfession: answers.expertProfession,
      bodyHtml: answers.bodyHtml,
    })
    .from(answers)
    .where(and(inArray(answers.questionId, questionIds), isNull(answers.hiddenAt), isNull(answers.withdrawnAt)))
    .orderBy(asc(answers.createdAt), asc(answers.id))
}

export function listFoundExperts(db: Reader, ids: number[]) {
  return db
    .select({
      id: experts.accountId,
      handle: experts.handle,
      name: accounts.name,
      profession: experts.profession,
      credentials: experts.credentials,
      answerCount: experts.answerCount,
      isExample: accounts.isExample,
    })
    .from(experts)
    .innerJoin(accounts, eq(accounts.id, experts.accountId))
    .where(inArray(experts.accountId, ids))
}

export const listFoundCategories = (db: Reader, ids: number[]) => listCategories(db, inArray(categories.id, ids))

export const listCategoriesAt = (db: Reader, paths: string[]) => listCategories(db, inArray(categories.path, paths))

const listCategories = (db: Reader, where: SQL) =>
  db
    .select({
      id: categories.id,
      path: categories.path,
      name: categories.name,
      description: categories.description,
      questionCount: categories.questionCount,
    })
    .from(categories)
    .where(where)

const MOST_SIMILAR = 5

/** What was found to be like a question when it was written, the likest first. */
export async function listSimilar(db: Reader, questionId: number) {
  const [found] = await db
    .select({ ids: searchRelations.relatedIds })
    .from(searchDocuments)
    .innerJoin(searchRelations, eq(searchRelations.documentId, searchDocuments.id))
    .where(and(eq(searchDocuments.kind, 'question'), eq(searchDocuments.subjectId, questionId)))
  const ids = found?.ids ?? []
  const rows = await db
    .select({
      documentId: searchDocuments.id,
      kind: searchDocuments.kind,
      id: questions.id,
      slug: questions.slug,
      title: questions.title,
      answerCount: questions.answerCount,
    })
    .from(searchDocuments)
    .innerJoin(questions, eq(questions.id, searchDocuments.subjectId))
    .where(and(inArray(searchDocuments.id, ids), isShown))
  // asked for its kind too, SQLite would go through all documents of that kind
  const similar = rows.filter(({ kind }) => kind === 'question')
  return similar.sort((a, b) => ids.indexOf(a.documentId) - ids.indexOf(b.documentId)).slice(0, MOST_SIMILAR)
}

// --- what is searched for -----------------------------------------------------------------------------------------

export type SearchCount = { words: string; count: number; emptyCount: number; askedCount: number }

/** In the order of their words, so that two who count at once wait for each other and never both. */
export async function countSearches(db: Writer, day: string, counts: SearchCount[]) {
  const rows = counts.toSorted((a, b) => (a.words < b.words ? -1 : 1)).map((count) => ({ day, ...count }))
  await db
    .insert(searchCounts)
    .values(rows)
    .onConflictDoUpdate({
      target: [searchCounts.day, searchCounts.words],
      set: {
        count: sql`${searchCounts.count} + excluded.count`,
        emptyCount: sql`${searchCounts.emptyCount} + excluded.empty_count`,
        askedCount: sql`${searchCounts.askedCount} + excluded.asked_count`,
      },
    })
}

export async function countHelp(db: Writer, day: string, questionId: number) {
  await db
    .insert(helpCounts)
    .values({ day, questionId, count: 1 })
    .onConflictDoUpdate({
      target: [helpCounts.day, helpCounts.questionId],
      set: { count: sql`${helpCounts.count} + 1` },
    })
}

/** The most frequent first. */
export function listSearches(db: Reader, what: 'count' | 'emptyCount' | 'askedCount', since: string, limit: number) {
  const total = sum(searchCounts[what]).mapWith(Number)
  return db
    .select({ words: searchCounts.words, total })
    .from(searchCounts)
    .where(and(gte(searchCounts.day, since), sql`${searchCounts[what]} > 0`))
    .groupBy(searchCounts.words)
    .orderBy(desc(total), asc(searchCounts.words))
    .limit(limit)
}

/** Questions that spared others asking, the most frequent first. */
export function listHelpful(db: Reader, since: string, limit: number) {
  const total = sum(helpCounts.count).mapWith(Number)
  return db
    .select({ id: questions.id, slug: questions.slug, title: questions.title, total })
    .from(helpCounts)
    .innerJoin(questions, eq(questions.id, helpCounts.questionId))
    .where(gte(helpCounts.day, since))
    .groupBy(questions.id, questions.slug, questions.title)
    .orderBy(desc(total), asc(questions.id))
    .limit(limit)
}

export async function deleteCounts(db: Writer, before: string) {
  await db.delete(searchCounts).where(lt(searchCounts.day, before))
  await db.delete(helpCounts).where(lt(helpCounts.day, before))
}
