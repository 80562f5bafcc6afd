import type { FastifyRequest } from 'fastify'
import { canAnswer } from '../accounts/policy.ts'
import { Gone, NotFound } from '../plugins/errors.ts'
import { canSeeQuestion, isAsker } from '../questions/policy.ts'
import type { Question } from '../questions/queries.ts'
import { isInAudience, noteLook } from './queries.ts'

/** Whether whoever asks for it may see it. A look at what was asked in confidence is written down for its asker. */
export async function mayOpen({ viewer, server }: FastifyRequest, question: Question) {
  if (question.audience === null || isAsker(viewer, question)) return canSeeQuestion(viewer, question)
  if (!viewer) return false
  const isForThem = canAnswer(viewer) && (await isInAudience(server.database.read, viewer.id, question))
  if (!canSeeQuestion(viewer, question, isForThem)) return false
  const look = { questionId: question.id, accountId: viewer.id, isStaff: !isForThem, now: new Date() }
  await server.database.write((db) => noteLook(db, look))
  return true
}

/** @throws {NotFound} of what was never for everybody nobody else learns that there is such a thing */
export async function openQuestion(request: FastifyRequest, question: Question) {
  if (await mayOpen(request, question)) return
  throw question.audience === null && question.publishAt === null ? new Gone() : new NotFound()
}
