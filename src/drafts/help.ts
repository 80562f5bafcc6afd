import type { FastifyRequest } from 'fastify'
import { findHelp } from '../safety/help.ts'
import { textToCheck } from '../safety/watch.ts'
import { findDraft } from './queries.ts'

/**
 * Whom to call, for somebody in danger who has yet to sign in before they can send what they wrote.
 * @param next where they go once they have: a draft waits there
 */
export async function findHelpOnTheWay(request: FastifyRequest, next = '') {
  const key = new URLSearchParams(next.split('?')[1]).get('draft')
  const draft = key ? await findDraft(request.server.database.read, key, request.viewer?.id) : undefined
  if (!draft) return undefined
  const { title, body, tried, imaging } = draft.fields
  const help = await findHelp(request, textToCheck({ title, body, tried, imaging }))
  return help?.isCrisis ? help : undefined
}
