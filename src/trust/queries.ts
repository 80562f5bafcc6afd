import { eq } from 'drizzle-orm'
import { pages } from '../database/schema.ts'
import type { Reader, Writer } from '../database/types.ts'
import type { Slug } from './texts.ts'

/** What administrators have put in the place of a text. */
export async function findPage(db: Reader, slug: Slug) {
  const [page] = await db.select().from(pages).where(eq(pages.slug, slug))
  return page
}

export const listPages = (db: Reader) => db.select({ slug: pages.slug, changedAt: pages.changedAt }).from(pages)

type Change = { slug: Slug; body: string; changedById: number; now: Date }

export async function savePage(db: Writer, { now, ...change }: Change) {
  const values = { ...change, changedAt: now }
  await db.insert(pages).values(values).onConflictDoUpdate({ target: pages.slug, set: values })
}

/** The text that comes with the software stands again. */
export async function deletePage(db: Writer, slug: Slug) {
  await db.delete(pages).where(eq(pages.slug, slug))
}
