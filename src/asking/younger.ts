import type { FastifyReply, FastifyRequest } from 'fastify'

const DAY_SECONDS = 86_400
/** Kept in their browser alone, for a day and for this account: another age a page back changes nothing. */
const YOUNGER = 'younger'
const VISITOR = 'visitor'

export const rememberYounger = (request: FastifyRequest, reply: FastifyReply) =>
  reply.setCookie(YOUNGER, whoIn(request), { signed: true, maxAge: DAY_SECONDS })

export function hasSaidYounger(request: FastifyRequest) {
  const { valid, value } = request.unsignCookie(request.cookies[YOUNGER] ?? '')
  return valid && value === whoIn(request)
}

const whoIn = ({ viewer }: FastifyRequest) => (viewer ? String(viewer.id) : VISITOR)
