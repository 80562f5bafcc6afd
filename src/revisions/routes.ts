import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { findAnswer } from '../answers/queries.ts'
import { NotFound } from '../plugins/errors.ts'
import { findQuestion } from '../questions/queries.ts'
import { questionPath } from '../questions/views.ts'
import { IdParams } from './forms.ts'
import { listRevisions } from './queries.ts'
import { changesBetween } from './views.ts'

const revisions: FastifyPluginAsyncTypebox = async (app) => {
  const { database } = app

  app.get('/questions/:id/revisions', { schema: { params: IdParams } }, async (request, reply) => {
    const question = await findQuestion(database.read, request.params.id)
    if (!question?.editedAt) throw new NotFound()
    const { title, body, editedAt: writtenAt } = question
    const earlier = await listRevisions(database.read, { questionId: question.id })
    const heading = request.page.t('What changed in the question')
    const backPath = questionPath(question)
    return reply.render('revisions/show', {
      heading,
      changes: changesBetween([...earlier, { title, body, writtenAt }]),
      backPath,
      crumbs: [{ name: title, path: backPath }, { name: heading }],
    })
  })

  app.get('/answers/:id/revisions', { schema: { params: IdParams } }, async (request, reply) => {
    const answer = await findAnswer(database.read, request.params.id)
    const question = answer?.editedAt ? await findQuestion(database.read, answer.questionId) : undefined
    if (!answer?.editedAt || !question) throw new NotFound()
    const earlier = await listRevisions(database.read, { questionId: question.id, answerId: answer.id })
    const heading = request.page.t('What changed in the answer by {name}', { name: answer.expertName })
    const backPath = `${questionPath(question)}#answer-${answer.id}`
    return reply.render('revisions/show', {
      heading,
      changes: changesBetween([...earlier, { title: null, body: answer.body, writtenAt: answer.editedAt }]),
      backPath,
      crumbs: [{ name: question.title, path: questionPath(question) }, { name: heading }],
    })
  })
}

export default revisions
