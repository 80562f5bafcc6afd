import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import { findCategoryById, listCategoryIdsOf } from '../categories/queries.ts'
import { IdParams } from '../lib/shapes.ts'
import { Conflict, Forbidden, NotFound } from '../plugins/errors.ts'
import { canAskMore, isAsker } from '../questions/policy.ts'
import { findAnyQuestion } from '../questions/queries.ts'
import { questionPath } from '../questions/views.ts'
import { countHere, openToExperts } from './attendance-queries.ts'

type Request = FastifyRequest<{ Params: { id: number } }>

/** What was asked of one expert alone its asker puts before the others of its category. */
const widening: FastifyPluginAsyncTypebox = async (app) => {
  const { database } = app
  const address = '/questions/:id/audience'

  app.get(address, { schema: { params: IdParams } }, async (request, reply) => {
    const question = await findOwn(request)
    const { t } = request.page
    const [category, categoryIds] = await Promise.all([
      findCategoryById(database.read, question.categoryId),
      listCategoryIdsOf(database.read, question.id),
    ])
    const count = await countHere(database.read, categoryIds, { now: new Date(), exceptId: request.signedIn().id })
    const path = questionPath(question)
    const crumbs = [{ name: question.title, path }, { name: t('Ask more experts') }]
    return reply.render('audiences/widening', { id: question.id, path, crumbs, count, category: category!.name })
  })

  app.post(address, { schema: { params: IdParams } }, async (request, reply) => {
    const question = await findOwn(request)
    const isOpened = await database.write((db) => openToExperts(db, question, new Date()))
    if (!isOpened) throw new Conflict('This question has been changed meanwhile. Please look at it again.')
    return reply
      .notice('The experts of its category can read your question now. Nobody else can.')
      .redirect(request.page.url(questionPath(question)), 303)
  })

  async function findOwn(request: Request) {
    const viewer = request.signedIn()
    const question = await findAnyQuestion(database.read, request.params.id)
    if (!question || !isAsker(viewer, question)) throw new NotFound()
    if (!canAskMore(viewer, question)) throw new Forbidden()
    return question
  }
}

export default widening
