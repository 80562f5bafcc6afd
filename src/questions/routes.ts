import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import { listDrafts } from '../drafts/queries.ts'
import { pageOf, positionOf } from '../lib/paging.ts'
import { IdParams } from '../lib/shapes.ts'
import { Forbidden, NotFound } from '../plugins/errors.ts'
import { ListQuery } from './forms.ts'
import { canCloseQuestion } from './policy.ts'
import { closeQuestion, findQuestion, listQuestions, listQuestionsOf, reopenQuestion } from './queries.ts'
import { ATOM, type ListedQuestion, questionPath, questionsFeed } from './views.ts'

const questions: FastifyPluginAsyncTypebox = async (app) => {
  const { database } = app

  app.get('/questions', { schema: { querystring: ListQuery } }, async (request, reply) => {
    const { status, after } = request.query
    const rows = await listQuestions(database.read, { status, after: positionOf(after) })
    return reply.render('questions/list', { ...pageOf(rows, position), status, isFirstPage: !after })
  })

  app.get('/questions.atom', async ({ page }, reply) => {
    const questions = await listQuestions(database.read)
    const feed = { title: page.siteName, path: '/questions', feedPath: '/questions.atom', questions }
    return reply.type(ATOM).send(questionsFeed(page, feed))
  })

  app.get('/account/questions', { schema: { querystring: ListQuery } }, async (request, reply) => {
    const { id } = request.signedIn()
    const [rows, drafts] = await Promise.all([
      listQuestionsOf(database.read, id, positionOf(request.query.after)),
      listDrafts(database.read, id),
    ])
    return reply.render('questions/mine', { ...pageOf(rows, position), drafts })
  })

  app.post('/questions/:id/closure', { schema: { params: IdParams } }, async (request, reply) => {
    const question = await findClosable(request, request.params.id)
    await database.write((db) => closeQuestion(db, question.id))
    return reply.notice('The question is closed.').redirect(request.page.url(questionPath(question)), 303)
  })

  app.delete('/questions/:id/closure', { schema: { params: IdParams } }, async (request, reply) => {
    const question = await findClosable(request, request.params.id)
    await database.write((db) => reopenQuestion(db, question.id))
    return reply.notice('The question is open again.').redirect(request.page.url(questionPath(question)), 303)
  })

  async function findClosable(request: FastifyRequest, id: number) {
    const viewer = request.signedIn()
    const question = await findQuestion(database.read, id)
    if (!question) throw new NotFound()
    if (!canCloseQuestion(viewer, question)) throw new Forbidden()
    return question
  }
}

const position = ({ createdAt, id }: ListedQuestion) => ({ at: createdAt, id })

export default questions
