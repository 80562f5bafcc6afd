import { and, eq } from 'drizzle-orm'
import { pageReviews, pages } from '../database/schema.ts'
import type { Reader, Writer } from '../database/types.ts'
import type { Slug } from './texts.ts'

/** What administrators have put in the place of a text. */
export async function findPage(db: Reader, slug: Slug) {
  const [page] = await db.select().from(pages).where(eq(pages.slug, slug))
  return page
}

export const listPages = (db: Reader) => db.select({ slug: pages.slug, changedAt: pages.changedAt }).from(pages)

/** `basis`: when it was last changed as its editor saw it. */
type Change = { slug: Slug; body: string; basis?: Date; changedById: number; now: Date }

/** False: somebody else has changed it meanwhile. */
export async function savePage(db: Writer, { now, basis, ...change }: Change) {
  const values = { ...change, changedAt: now }
  const saved = basis
    ? await db
        .update(pages)
        .set(values)
        .where(and(eq(pages.slug, change.slug), eq(pages.changedAt, basis)))
        .returning()
    : await db.insert(pages).values(values).onConflictDoNothing().returning()
  return saved.length > 0
}

/** The text that comes with the software stands again. False: it does already. */
export async function deletePage(db: Writer, slug: Slug) {
  return (await db.delete(pages).where(eq(pages.slug, slug)).returning({ slug: pages.slug })).length > 0
}

export type Review = Awaited<ReturnType<typeof listReviews>>[number]

export const listReviews = (db: Reader) =>
  db
    .select({ slug: pageReviews.slug, reviewerName: pageReviews.reviewerName, reviewedAt: pageReviews.reviewedAt })
    .from(pageReviews)

export const findReview = async (db: Reader, slug: Slug) =>
  (await listReviews(db)).find((review) => review.slug === slug)

type NewReview = Omit<typeof pageReviews.$inferInsert, 'slug'> & { slug: Slug }

export async function saveReview(db: Writer, review: NewReview) {
  await db.insert(pageReviews).values(review).onConflictDoUpdate({ target: pageReviews.slug, set: review })
}
