import type { FastifyReply, FastifyRequest } from 'fastify'
import { saveDraft } from '../drafts/queries.ts'
import { draftFields } from '../drafts/views.ts'
import { newKey } from '../lib/form-keys.ts'

type Kept = { questionId?: number; back: string }

/** A session that ran out while somebody wrote costs them a sign-in, not their text. */
export async function keepTillSignedIn(request: FastifyRequest, reply: FastifyReply, { questionId, back }: Kept) {
  const key = newKey()
  const { database } = request.server
  await database.write((db) => saveDraft(db, { key, questionId, fields: draftFields(request.typed()) }))
  return reply
    .notice('Please sign in again. What you wrote is kept.')
    .redirect(request.page.url('/sign-in', { next: `${back}?${new URLSearchParams({ draft: key })}` }), 303)
}
