import type { FastifyReply, FastifyRequest } from 'fastify'
import { newKey } from '../lib/form-keys.ts'
import { saveDraft } from './queries.ts'
import { draftFields } from './views.ts'

/** `back`: the page they come back to; `address` as a draft has it. */
type Kept = { questionId?: number; address?: string; back: string }

/** A session that ran out while somebody wrote costs them a sign-in, not their text. */
export async function keepTillSignedIn(request: FastifyRequest, reply: FastifyReply, { back, ...draft }: Kept) {
  const key = newKey()
  const fields = draftFields(request.typed())
  await request.server.database.write((db) => saveDraft(db, { ...draft, key, fields }))
  return reply
    .notice('Please sign in again. What you wrote is kept.')
    .redirect(request.page.url('/sign-in', { next: `${back}?${new URLSearchParams({ draft: key })}` }), 303)
}
