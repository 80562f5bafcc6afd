import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Writer } from '../database/types.ts'
import type { Found } from '../safety/book.ts'
import { numbersFor } from '../safety/views.ts'
import { isCrisis } from '../safety/watch.ts'
import { type Asked, giveConsents, listMissing } from './queries.ts'
import type { ConsentKind } from './texts.ts'
import { askPage, givenIn, missingConsents } from './views.ts'

type Storing = {
  /** Whose words they are; none: nobody knows yet. */
  accountId?: number
  kinds: ConsentKind[]
  /** Where the form posts to. */
  action: string
  values: Record<string, string>
  backPath?: string
  /** Its address can show the form again with what was typed. */
  canChange?: boolean
  /** What may be urgent in it: whom to call stays in sight. */
  found?: Found[]
}

/** What has to be allowed before what somebody wrote below or in their question is kept, by who may read that. */
export const neededFor = ({ audience }: { audience: string | null }): ConsentKind[] =>
  audience === null ? ['health-data', 'publication'] : ['health-data']

/** What somebody took back, or never gave, and has not ticked. */
export async function listUnticked({ server, page }: FastifyRequest, { accountId, kinds, values }: Storing) {
  const missing = await listMissing(server.database.read, accountId, kinds)
  const errors = missingConsents(page, missing, values)
  return { missing, errors, isAllowed: Object.keys(errors).length === 0 }
}

/** Whoever took a consent back is asked anew before anything of theirs is stored; what they typed is carried on. True: that page is sent. */
export async function askedFirst(request: FastifyRequest, reply: FastifyReply, storing: Storing) {
  const { missing, errors, isAllowed } = await listUnticked(request, storing)
  if (isAllowed) return false
  await showAsk(request, reply, { ...storing, missing, errors })
  return true
}

type Unasked = Storing & { missing: Asked[]; errors: Record<string, string> }

async function showAsk(request: FastifyRequest, reply: FastifyReply, { missing, errors, ...storing }: Unasked) {
  const { page, server } = request
  const { rules } = await server.safety.current()
  const help = isCrisis(storing.found ?? []) ? numbersFor(request, rules, storing.found!) : undefined
  reply.code(422).header('cache-control', 'private, no-store')
  return reply.render('consents/ask', { ...askPage(page, missing, { ...storing, errors }), help })
}

/** What was ticked on the way, in the transaction of what rests on it. */
export const giveTicked = (db: Writer, request: FastifyRequest, now = new Date()) =>
  giveConsents(db, { accountId: request.signedIn().id, ...givenIn(request.typed()), now })
