import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import { renderMarkdown } from '../lib/markdown.ts'
import { IdParams } from '../lib/shapes.ts'
import { Conflict, Forbidden, NotFound } from '../plugins/errors.ts'
import { findAnyQuestion } from '../questions/queries.ts'
import { isHeldBack, takeBackHeld } from '../safety/held-queries.ts'
import { canTakeBack } from './policy.ts'
import { deleteComment, findComment, isLastOfThread } from './queries.ts'

const CHANGES = { max: 60, timeWindow: '1 hour' }

/** Whoever said something takes it back. */
const withdrawal: FastifyPluginAsyncTypebox = async (app) => {
  const { database } = app
  const schema = { params: IdParams }

  app.get('/comments/:id/withdrawal', { schema }, async (request, reply) => {
    const { comment, path } = await findOwn(request, request.params.id)
    const bodyHtml = renderMarkdown(comment.body, 2)
    const helpPath = isHeldBack(comment) ? `${path}/help` : undefined
    return reply.render('comments/withdrawal', { id: comment.id, bodyHtml, path, helpPath })
  })

  app.post('/comments/:id/withdrawal', { schema, config: { rateLimit: CHANGES } }, async (request, reply) => {
    const { comment, path } = await findOwn(request, request.params.id)
    const gone = await database.write(async (db) => {
      if (await takeBackHeld(db, comment.id, new Date())) return 'taken-back'
      return (await deleteComment(db, comment)) ? 'deleted' : undefined
    })
    if (!gone) throw new Conflict('Somebody has replied to this already, so it can no longer be taken back.')
    return reply.notice(NOTICES[gone]).redirect(request.page.url(path), 303)
  })

  async function findOwn(request: FastifyRequest, id: number) {
    const viewer = request.signedIn()
    const comment = await findComment(database.read, id)
    const question = comment && (await findAnyQuestion(database.read, comment.questionId))
    if (!question || (viewer.id === comment.authorId && comment.withdrawnAt)) throw new NotFound()
    if (viewer.id !== comment.authorId) throw new Forbidden()
    if (!canTakeBack(viewer, comment, await isLastOfThread(database.read, comment)))
      throw new Conflict('Somebody has replied to this already, so it can no longer be taken back.')
    return { comment, path: `/questions/${question.id}` }
  }
}

const notice = (sentence: string) => sentence
const NOTICES = {
  deleted: notice('It is deleted.'),
  'taken-back': notice('It is taken back. Only our moderators can still read it.'),
}

export default withdrawal
