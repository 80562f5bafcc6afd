import type { FastifyRequest } from 'fastify'
import { openQuestion } from '../audiences/opening.ts'
import { Conflict, Gone, NotFound } from '../plugins/errors.ts'
import { canSeeAnswer } from './policy.ts'
import { type Answer, findAnswerInThread } from './queries.ts'

export type AnswerInThread = Awaited<ReturnType<typeof requestedAnswer>>

/** The answer of the address, for whoever may see it, with its question and category. */
export async function requestedAnswer(request: FastifyRequest) {
  const { id } = request.params as { id: number }
  const found = await findAnswerInThread(request.server.database.read, id)
  if (!found) throw new NotFound()
  await openQuestion(request, found.question)
  if (!canSeeAnswer(request.viewer, found.answer)) throw new Gone()
  return found
}

/** Whoever comes too late reads that, and not that it is closed to them. */
export function refuseWithdrawn({ withdrawnAt }: Answer) {
  if (withdrawnAt) throw new Conflict('This answer has been taken back.')
}
