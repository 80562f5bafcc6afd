import type { FastifyReply, FastifyRequest } from 'fastify'
import { openQuestion } from '../audiences/opening.ts'
import { listHeld } from '../comments/held-queries.ts'
import { NotFound } from '../plugins/errors.ts'
import { findAnyQuestion, type Question } from '../questions/queries.ts'
import { questionPath } from '../questions/views.ts'
import { listMarks } from './mark-queries.ts'
import { decisionPage } from './review-views.ts'

/** What may be urgent, as far as whoever looks may read it. */
export async function findMarked(request: FastifyRequest, id: number) {
  const question = await findAnyQuestion(request.server.database.read, id)
  if (!question?.flaggedAt) throw new NotFound()
  await openQuestion(request, question)
  return question
}

/** `commentId`: what was typed is about what was said below the question. */
type Typed = { values?: Record<string, string>; errors?: Record<string, string>; commentId?: number }

export async function showDecision(
  request: FastifyRequest,
  reply: FastifyReply,
  question: Question,
  typed: Typed = {},
) {
  const { database, safety } = request.server
  const { rules } = await safety.current()
  const [marks, held] = await Promise.all([listMarks(database.read, question.id), listHeld(database.read, question.id)])
  const path = questionPath(question)
  return reply.render('safety/decision', decisionPage(request.page, rules, { question, path, marks, held, ...typed }))
}

const LEAST_REASON = 10

/** Whoever is not published is told why. */
export function missingReason({ body, page }: FastifyRequest) {
  const { outcome, reason = '' } = body as { outcome: string; reason?: string }
  if (outcome !== 'keep' || reason.length >= LEAST_REASON) return undefined
  return { reason: page.t('Please say in a sentence why. Whoever asked reads it.') }
}
