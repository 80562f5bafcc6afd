import { and, eq, exists, inArray, isNull, notExists, or } from 'drizzle-orm'
import { expertCategories, experts, professionCategories } from '../database/schema.ts'
import type { Reader } from '../database/types.ts'

/**
 * Whether what they are and what they were accepted for lets an expert answer in a category.
 * @param categoryIds the category and all above it
 */
export async function mayAnswerIn(db: Reader, expertId: number, categoryIds: number[]) {
  const own = db.select({ id: expertCategories.categoryId }).from(expertCategories)
  const isTheirs = eq(expertCategories.expertId, experts.accountId)
  const ofProfession = db
    .select({ id: professionCategories.categoryId })
    .from(professionCategories)
    .where(
      and(
        eq(professionCategories.professionId, experts.professionId),
        inArray(professionCategories.categoryId, categoryIds),
      ),
    )
  const [expert] = await db
    .select({ id: experts.accountId })
    .from(experts)
    .where(
      and(
        eq(experts.accountId, expertId),
        or(isNull(experts.professionId), exists(ofProfession)),
        or(
          notExists(own.where(isTheirs)),
          exists(
            db
              .select({ id: expertCategories.categoryId })
              .from(expertCategories)
              .where(and(isTheirs, inArray(expertCategories.categoryId, categoryIds))),
          ),
        ),
      ),
    )
  return expert !== undefined
}
