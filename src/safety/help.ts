import type { FastifyRequest } from 'fastify'
import { numbersFor } from './views.ts'

/** Whom to call, where what somebody typed may be urgent. Nothing of it is kept. */
export async function findHelp(request: FastifyRequest, text: string) {
  const { safety } = request.server
  const found = text ? await safety.check(text) : []
  if (found.length === 0) return undefined
  const { rules } = await safety.current()
  return numbersFor(request, rules, found)
}
