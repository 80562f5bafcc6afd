import type { FastifyReply, FastifyRequest } from 'fastify'
import { giveConsents, hasConsent } from '../consents/queries.ts'
import { leaveToKeep } from '../consents/views.ts'
import { newKey } from '../lib/form-keys.ts'
import { adoptDraft, type DraftFields, saveDraft } from './queries.ts'
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

type Unsigned = { key: string; accountId: number | null; fields: DraftFields }

/**
 * What an asker wrote before they had signed in is theirs from now on, and so is what they allowed with it. Without leave it
 * is shown to them, and goes by itself.
 */
export async function takeOver(request: FastifyRequest, { key, accountId: ownerId, fields }: Unsigned) {
  const { id: accountId } = request.signedIn()
  if (ownerId !== null) return
  await request.server.database.write(async (db) => {
    await giveConsents(db, { accountId, ...leaveToKeep(fields), now: new Date() })
    if (await hasConsent(db, accountId, 'health-data')) await adoptDraft(db, key, accountId)
  })
}
