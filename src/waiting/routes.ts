import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import { findThread } from '../answers/queries.ts'
import { findNobody } from '../audiences/attendance-queries.ts'
import { findCategory } from '../categories/queries.ts'
import { IdParams } from '../lib/shapes.ts'
import { Conflict, Forbidden, NotFound } from '../plugins/errors.ts'
import { updateQuestion } from '../questions/queries.ts'
import { questionPath } from '../questions/views.ts'
import { MoveForm, MoveQuery, WaitQuery } from './forms.ts'
import { canMoveUp } from './policy.ts'
import { findWait } from './queries.ts'
import { movePage, shownWait } from './views.ts'

/** What an asker can expect, and what they can do when it takes longer. */
const waiting: FastifyPluginAsyncTypebox = async (app) => {
  const { database } = app
  const address = '/questions/:id/category'

  /** For the form, once a category is chosen there. */
  app.get('/ask/waits', { schema: { querystring: WaitQuery } }, async (request, reply) => {
    const category = await findCategory(database.read, request.query.category ?? '')
    reply.header('cache-control', 'no-store')
    if (!category) return reply.code(204).send()
    const asked = { now: new Date(), exceptId: request.viewer?.id }
    const [wait, nobody] = await Promise.all([
      findWait(database.read, category.id),
      findNobody(database.read, category, asked),
    ])
    return wait || nobody
      ? reply.render('waiting/_category', { wait: shownWait(wait), nobody })
      : reply.code(204).send()
  })

  app.get(address, { schema: { params: IdParams, querystring: MoveQuery } }, async (request, reply) => {
    const { thread, to } = await findMove(request, request.query.to)
    return reply.render('waiting/move', movePage(request.page, thread, to))
  })

  app.post(address, { schema: { params: IdParams, body: MoveForm } }, async (request, reply) => {
    const { thread, to } = await findMove(request, request.body.category)
    const { question } = thread
    const isCurrent = request.body.basis === String(question.version)
    const { title, body, ageBand, duration, tried, imaging } = question
    const texts = { title, body, ageBand, duration, tried, imaging }
    const move = { ...texts, categoryId: to.id, editorId: request.signedIn().id }
    const moved = isCurrent ? await database.write((db) => updateQuestion(db, question, move)) : undefined
    if (!moved) {
      const current = await findMove(request, request.body.category)
      const error = request.page.t('Your question has been changed since you opened this page. Please look again.')
      return reply.code(409).render('waiting/move', movePage(request.page, current.thread, to, error))
    }
    return reply
      .notice('Your question has moved. More experts see it now.')
      .redirect(request.page.url(questionPath(moved)), 303)
  })

  /** Only up: nobody is led away from what they asked about. */
  async function findMove(request: FastifyRequest<{ Params: { id: number } }>, path: string) {
    const viewer = request.signedIn()
    const thread = await findThread(database.read, request.params.id)
    if (!thread) throw new NotFound()
    if (thread.question.askerId !== viewer.id) throw new Forbidden()
    if (!canMoveUp(viewer, thread.question)) throw new Conflict('This question does not wait any more.')
    const to = thread.ancestors.find((category) => category.path === path)
    if (!to) throw new NotFound()
    return { thread, to }
  }
}

export default waiting
