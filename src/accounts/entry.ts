import type { FastifyReply, FastifyRequest } from 'fastify'
import { safePath } from '../lib/urls.ts'
import { hasDuties } from '../plugins/sessions.ts'
import { deleteSession } from './queries.ts'
import { findStanding } from './second-factor-queries.ts'
import { askSecondStep, isRemembered } from './second-step.ts'

type Entry = { token: string; next?: string }
type Somebody = { accountId: number; next?: string }

/** For whoever has shown by a password or a link who they are: where they have set up a second step, they are asked for it. */
export async function admit(request: FastifyRequest, reply: FastifyReply, { accountId, next }: Somebody) {
  const standing = await findStanding(request.server.database.read, accountId)
  if (standing?.twoFactorEnabled && !(await isRemembered(request, accountId)))
    return askSecondStep(request, reply, accountId, next)
  return letIn(request, reply, { accountId, next })
}

/** For whoever has passed every step. Whose role asks for a second one sets it up before they go on. */
export async function letIn(request: FastifyRequest, reply: FastifyReply, { accountId, next }: Somebody) {
  const { auth, database, config } = request.server
  const standing = await findStanding(database.read, accountId)
  const mustSetUp = config.requiresTwoFactor && standing && !standing.twoFactorEnabled && hasDuties(standing)
  const token = await auth.openSession(accountId, request.headers['user-agent'])
  const to = safePath(next, '/account')
  return enter(request, reply, {
    token,
    next: mustSetUp ? `/account/two-factor?${new URLSearchParams({ next: to, later: 'yes' })}` : to,
  })
}

/** Signs this browser in and leads on to where its user was going. A session it had before ends. */
async function enter(request: FastifyRequest, reply: FastifyReply, { token, next }: Entry) {
  await endOwnSession(request)
  return leadOn(request, reply.startSession(token), next)
}

export const leadOn = (request: FastifyRequest, reply: FastifyReply, next?: string) =>
  reply.redirect(request.page.url(safePath(next, '/account')), 303)

export async function endOwnSession({ viewer, server }: FastifyRequest) {
  if (!viewer) return
  const own = { accountId: viewer.id, sessionId: viewer.sessionId }
  await server.database.write((db) => deleteSession(db, own))
}

/** A form that is shown once more is no success; one that was sent too often has said so already. */
export const again = (reply: FastifyReply) => (reply.statusCode === 429 ? reply : reply.code(422))
