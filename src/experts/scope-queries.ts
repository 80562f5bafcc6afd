import { and, asc, eq, exists, inArray, isNull, notExists, or, type SQL } from 'drizzle-orm'
import { pathsTo } from '../categories/queries.ts'
import {
  accounts,
  categories,
  expertCategories,
  experts,
  professionCategories,
  questionRoutings,
} from '../database/schema.ts'
import type { Reader } from '../database/types.ts'
import { isVerifiedExpert } from '../database/verification.ts'

/**
 * Whether what they are and what they were accepted for lets an expert answer in a category.
 * @param categoryIds the category and all above it
 */
export const mayAnswerIn = (db: Reader, expertId: number, categoryIds: number[]) =>
  isOneOf(db, expertId, isInScope(db, categoryIds))

type Question = { questionId: number; categoryIds: number[] }

/** Where they were accepted, and beyond that what was put before them, as far as their profession goes. */
export function mayAnswerQuestion(db: Reader, expertId: number, { questionId, categoryIds }: Question) {
  const isPutBefore = exists(
    db
      .select({ id: questionRoutings.questionId })
      .from(questionRoutings)
      .where(and(eq(questionRoutings.questionId, questionId), eq(questionRoutings.expertId, experts.accountId))),
  )
  return isOneOf(db, expertId, or(isInScope(db, categoryIds), and(isPutBefore, isInProfession(db, categoryIds))))
}

async function isOneOf(db: Reader, expertId: number, condition: SQL | undefined) {
  const [expert] = await db
    .select({ id: experts.accountId })
    .from(experts)
    .where(and(eq(experts.accountId, expertId), condition))
  return expert !== undefined
}

/**
 * How many experts are verified now and may answer in a category.
 * @param categoryIds the category and all above it
 */
export const countExpertsIn = (db: Reader, categoryIds: number[], now = new Date()) =>
  db.$count(experts, and(isVerifiedExpert(now), isInScope(db, categoryIds)))

/**
 * The same experts with what is needed to write to them, on leave or not, in no order that means anything.
 * @param categoryIds the category and all above it
 */
export function listExpertsIn(db: Reader, categoryIds: number[], now = new Date()) {
  return db
    .select({
      accountId: experts.accountId,
      handle: experts.handle,
      name: accounts.name,
      email: accounts.email,
      capacity: experts.capacity,
      leaveUntil: experts.leaveUntil,
    })
    .from(experts)
    .innerJoin(accounts, eq(accounts.id, experts.accountId))
    .where(and(isVerifiedExpert(now), isInScope(db, categoryIds)))
    .orderBy(asc(experts.accountId))
}

/**
 * A condition on `experts`: those who may answer in a category, verified or not.
 * @param categoryIds the category and all above it
 */
export function isInScope(db: Reader, categoryIds: number[]) {
  const isTheirs = eq(expertCategories.expertId, experts.accountId)
  const own = db.select({ id: expertCategories.categoryId }).from(expertCategories)
  return and(
    or(isNull(experts.professionId), isInProfession(db, categoryIds)),
    or(notExists(own.where(isTheirs)), exists(ownIn(db, categoryIds))),
  )
}

/**
 * A condition on `experts`: what they are may answer in a category, whatever they were accepted for.
 * @param categoryIds the category and all above it
 */
export const isInProfession = (db: Reader, categoryIds: number[]) =>
  exists(
    db
      .select({ id: professionCategories.categoryId })
      .from(professionCategories)
      .where(
        and(
          eq(professionCategories.professionId, experts.professionId),
          inArray(professionCategories.categoryId, categoryIds),
        ),
      ),
  )

const ownIn = (db: Reader, categoryIds: number[]) =>
  db
    .select({ id: expertCategories.categoryId })
    .from(expertCategories)
    .where(and(eq(expertCategories.expertId, experts.accountId), inArray(expertCategories.categoryId, categoryIds)))

/**
 * The categories an expert may answer in, each with all below it: those of their profession and of their own alike.
 * Undefined: everywhere. None: nowhere.
 */
export async function listCategoriesInScope(db: Reader, expertId: number): Promise<number[] | undefined> {
  const [expert] = await db
    .select({ professionId: experts.professionId })
    .from(experts)
    .where(eq(experts.accountId, expertId))
  if (!expert) return []
  const [own, ofProfession] = await Promise.all([
    listOwnCategories(db, expertId),
    expert.professionId === null ? undefined : listProfessionCategories(db, expert.professionId),
  ])
  const tops = common(own.length > 0 ? own : undefined, ofProfession)
  return tops?.map(({ id }) => id)
}

/** Whether what a profession may answer and what somebody is to be accepted for have anything in common. */
export async function haveCommon(db: Reader, professionId: number, categoryIds: number[]) {
  const [own, ofProfession] = await Promise.all([
    db.select({ id: categories.id, path: categories.path }).from(categories).where(inArray(categories.id, categoryIds)),
    listProfessionCategories(db, professionId),
  ])
  return common(own, ofProfession)!.length > 0
}

/** Where an expert was accepted, as it was chosen. */
export const listOwnCategories = (db: Reader, expertId: number) =>
  db
    .select({ id: categories.id, path: categories.path, name: categories.name })
    .from(expertCategories)
    .innerJoin(categories, eq(categories.id, expertCategories.categoryId))
    .where(eq(expertCategories.expertId, expertId))
    .orderBy(asc(categories.path))

export const listProfessionCategories = (db: Reader, professionId: number) =>
  db
    .select({ id: categories.id, path: categories.path, name: categories.name })
    .from(professionCategories)
    .innerJoin(categories, eq(categories.id, professionCategories.categoryId))
    .where(eq(professionCategories.professionId, professionId))
    .orderBy(asc(categories.path))

type Place = { id: number; path: string }

/** What lies in both, by the tops of the subtrees; of one alone where the other is not limited. */
function common(some: Place[] | undefined, others: Place[] | undefined) {
  if (!some || !others) return tops(some ?? others)
  return tops([...some.filter(isInAny(others)), ...others.filter(isInAny(some))])
}

/** Without those that lie below another, and each once. */
function tops(places: Place[] | undefined) {
  const paths = new Set(places?.map(({ path }) => path))
  const isTop = ({ path }: Place) => pathsTo(path).filter((above) => paths.has(above)).length === 1
  return places && [...new Map(places.filter(isTop).map((place) => [place.id, place])).values()]
}

const isInAny = (places: Place[]) => {
  const paths = new Set(places.map(({ path }) => path))
  return ({ path }: Place) => pathsTo(path).some((above) => paths.has(above))
}
