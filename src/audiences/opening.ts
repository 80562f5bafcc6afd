import type { FastifyRequest } from 'fastify'
import { canAnswer } from '../accounts/policy.ts'
import { Gone, NotFound } from '../plugins/errors.ts'
import { canSeeQuestion, isAsker } from '../questions/policy.ts'
import type { Question } from '../questions/queries.ts'
import { isInAudience, noteLook } from './queries.ts'

/**
 * Whether whoever asks for it may see it. A look at what was asked in confidence is written down for its asker.
 * @param isLook whether they are shown anything of it
 */
export async function mayOpen({ viewer, server }: FastifyRequest, question: Question, isLook = true) {
  if (question.audience === null || isAsker(viewer, question)) return canSeeQuestion(viewer, question)
  if (!viewer) return false
  const isForThem = canAnswer(viewer) && (await isInAudience(server.database.read, viewer.id, question))
  if (!canSeeQuestion(viewer, question, isForThem)) return false
  if (!isLook) return true
  const look = { questionId: question.id, accountId: viewer.id, isStaff: !isForThem, now: new Date() }
  await server.database.write((db) => noteLook(db, look))
  return true
}

/** @throws {NotFound} of what was never for everybody nobody else learns that there is such a thing */
export async function openQuestion(request: FastifyRequest, question: Question, isLook?: boolean) {
  if (await mayOpen(request, question, isLook)) return
  throw question.audience === null && question.publishAt === null ? new Gone() : new NotFound()
}

/** What everybody could read once, nobody has to be kept from knowing of. It is no look. */
export const mayKnowOf = async (request: FastifyRequest, question: Question) =>
  (question.audience === null && question.publishAt === null) || mayOpen(request, question, false)
