import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { type Answer, findAnswer } from '../answers/queries.ts'
import { IdParams } from '../lib/shapes.ts'
import { Conflict, Forbidden, Gone, NotFound } from '../plugins/errors.ts'
import { isAsker } from '../questions/policy.ts'
import { findAnyQuestion } from '../questions/queries.ts'
import { canAccept, isAccepted } from './policy.ts'
import { acceptAnswer, unacceptAnswer } from './queries.ts'

/** Whoever asked says which answer answers their question. */
const acceptance: FastifyPluginAsyncTypebox = async (app) => {
  const { database } = app
  const options = { schema: { params: IdParams } }

  app.post('/answers/:id/acceptance', options, async (request, reply) => {
    const answer = await findOwn(request, request.params.id)
    const isNew = await database.write((db) => acceptAnswer(db, answer))
    if (!isNew && !isAccepted(answer)) throw new Conflict('This answer was taken down. It cannot be accepted.')
    return back(request, reply.notice('Thank you. The answer is marked, and stands first now.'), answer)
  })

  app.delete('/answers/:id/acceptance', options, async (request, reply) => {
    const answer = await findOwn(request, request.params.id)
    await database.write((db) => unacceptAnswer(db, answer))
    return back(request, reply.notice('The mark is taken away.'), answer)
  })

  async function findOwn(request: FastifyRequest, id: number) {
    const viewer = request.signedIn()
    const answer = await findAnswer(database.read, id)
    const question = answer && (await findAnyQuestion(database.read, answer.questionId))
    if (!question) throw new NotFound()
    if (!isAsker(viewer, question)) throw new Forbidden()
    if (!canAccept(viewer, question)) throw new Gone()
    return answer
  }

  const back = (request: FastifyRequest, reply: FastifyReply, { id, questionId }: Answer) =>
    reply.redirect(request.page.url(`/questions/${questionId}#answer-${id}`), 303)
}

export default acceptance
