import type { FastifyReply, FastifyRequest } from 'fastify'
import { safePath } from '../lib/urls.ts'
import { deleteSession } from './queries.ts'

type Entry = { token: string; next?: string }

/** Signs this browser in and leads on to where its user was going. A session it had before ends. */
export async function enter(request: FastifyRequest, reply: FastifyReply, { token, next }: Entry) {
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
