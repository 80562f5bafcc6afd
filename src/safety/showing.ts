import type { FastifyReply, FastifyRequest } from 'fastify'
import { openQuestion } from '../audiences/opening.ts'
import { noteLook } from '../audiences/queries.ts'
import { NotFound } from '../plugins/errors.ts'
import { canSeeOldVersions, isSleptOn } from '../questions/policy.ts'
import { findAnyQuestion, type Question } from '../questions/queries.ts'
import { listRevisions } from '../revisions/queries.ts'
import { listHeld } from './held-queries.ts'
import { listMarks } from './mark-queries.ts'
import { decisionPage } from './review-views.ts'

/** What may be urgent, as far as whoever looks may read it. A look at what its asker sleeps on is written down for them. */
export async function findMarked(request: FastifyRequest, id: number) {
  const { database } = request.server
  const question = await findAnyQuestion(database.read, id)
  if (!question?.flaggedAt) throw new NotFound()
  if (!isSleptOn(question)) await openQuestion(request, question)
  else {
    const look = { questionId: id, accountId: request.signedIn().id, isStaff: true, now: new Date() }
    await database.write((db) => noteLook(db, look))
  }
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
  const [marks, held, earlier] = await Promise.all([
    listMarks(database.read, question.id),
    listHeld(database.read, question.id),
    canSeeOldVersions(request.viewer, question) ? listRevisions(database.read, { questionId: question.id }) : [],
  ])
  const shown = { question, marks, held, earlier, ...typed }
  return reply.render('safety/decision', decisionPage(request.page, rules, shown))
}

const LEAST_REASON = 10

/** Whoever is not published is told why. */
export function missingReason({ body, page }: FastifyRequest) {
  const { outcome, reason = '' } = body as { outcome: string; reason?: string }
  if (outcome !== 'keep' || reason.length >= LEAST_REASON) return undefined
  return { reason: page.t('Please say in a sentence why. Whoever asked reads it.') }
}
