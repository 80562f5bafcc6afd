import { eq } from 'drizzle-orm'
import { experts } from '../database/schema.ts'
import type { Writer } from '../database/types.ts'
import { indexExpert } from '../experts/queries.ts'
import { renderMarkdown } from '../lib/markdown.ts'

type Profile = {
  biography: string | null
  interests: string | null
  practice: string | null
  practiceUrl: string | null
}

export async function updateProfile(db: Writer, accountId: number, { biography, ...rest }: Profile) {
  const biographyHtml = biography && renderMarkdown(biography, 2)
  await db
    .update(experts)
    .set({ ...rest, biography, biographyHtml })
    .where(eq(experts.accountId, accountId))
  await indexExpert(db, accountId)
}
