import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import { isModerator } from '../accounts/policy.ts'
import { recordEvent } from '../audit/queries.ts'
import type { Writer } from '../database/types.ts'
import { IdParams } from '../lib/shapes.ts'
import { queueMail } from '../notifications/queries.ts'
import { Conflict, Forbidden, NotFound } from '../plugins/errors.ts'
import { isLive } from '../questions/policy.ts'
import type { Question } from '../questions/queries.ts'
import { isHeldBack, keepBackComment, releaseComment } from '../safety/held-queries.ts'
import { markSeen } from '../safety/mark-queries.ts'
import { findMarked, missingReason, showDecision } from '../safety/showing.ts'
import { HeldForm } from './forms.ts'
import { decidedBelowMail } from './mails.ts'
import { tell } from './posting.ts'
import { type Comment, findComment, findCommentWriter } from './queries.ts'

type Outcome = { outcome: 'publish' | 'keep'; reason?: string }

/** What a moderator decides on what was said below a question by somebody who may be in danger. */
const held: FastifyPluginAsyncTypebox = async (app) => {
  const { database } = app

  app.addHook('preHandler', async (request) => {
    if (!isModerator(request.signedIn())) throw new Forbidden()
  })

  app.post(
    '/moderation/safety/comments/:id',
    { schema: { params: IdParams, body: HeldForm }, attachValidation: true },
    async (request, reply) => {
      const comment = await findComment(database.read, request.params.id)
      if (!comment) throw new NotFound()
      const question = await findMarked(request, comment.questionId)
      if (!isHeldBack(comment)) throw new Conflict('Somebody else has decided on it meanwhile.')
      const errors = request.formErrors() ?? (comment.withdrawnAt ? undefined : missingReason(request))
      const typed = { values: request.typed(), errors, commentId: comment.id }
      if (errors) return showDecision(request, reply.code(422), question, typed)
      const isDone = await database.write((db) => decide(db, request, { comment, question }, request.body))
      if (!isDone) throw new Conflict('Somebody else has decided on it meanwhile.')
      return reply.notice('It is written down.').redirect(request.page.url('/moderation/safety'), 303)
    },
  )
}

type Held = { comment: Comment; question: Question }

/** False: it had been decided on meanwhile. */
async function decide(db: Writer, request: FastifyRequest, { comment, question }: Held, { outcome, reason }: Outcome) {
  const { page } = request
  const { id: commentId, questionId } = comment
  const byId = request.signedIn().id
  const isPublished = outcome === 'publish'
  const now = new Date()
  if (isPublished && comment.withdrawnAt) throw new Conflict('Whoever wrote it has taken it back meanwhile.')
  await markSeen(db, { questionId, commentId, seenById: byId, now })
  const decided = isPublished
    ? await releaseComment(db, commentId)
    : await keepBackComment(db, commentId, { byId, reason })
  if (!decided) return false
  const action = isPublished ? 'comment-released' : 'comment-kept-back'
  await recordEvent(db, { actorId: byId, action, subjectKind: 'comment', subjectId: commentId, reason })
  const writer = decided.withdrawnAt && !reason ? undefined : await findCommentWriter(db, commentId)
  if (writer) await queueMail(db, decidedBelowMail(page, writer, { questionId, commentId, isPublished, reason }))
  if (isPublished && isLive(question)) await tell(db, page, { comment: decided, now })
  return true
}

export default held
