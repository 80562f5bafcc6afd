import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { type Answer, findAnswer } from '../answers/queries.ts'
import { refuseWithdrawn } from '../answers/requested.ts'
import { IdParams } from '../lib/shapes.ts'
import { Forbidden, Gone, NotFound } from '../plugins/errors.ts'
import { findQuestion } from '../questions/queries.ts'
import { canThank } from './policy.ts'
import { giveThanks, takeThanksBack } from './queries.ts'

const THANKS = { max: 120, timeWindow: '1 hour' }

/** Anybody signed in thanks for an answer. Whoever gave it sees how many did, never who. */
const routes: FastifyPluginAsyncTypebox = async (app) => {
  const { database } = app
  const options = { schema: { params: IdParams }, config: { rateLimit: THANKS } }

  app.post('/answers/:id/thanks', options, async (request, reply) => {
    const { answer, viewer } = await findReadable(request, request.params.id)
    refuseWithdrawn(answer)
    if (!canThank(viewer, answer)) throw new Forbidden()
    await database.write((db) => giveThanks(db, { answerId: answer.id, accountId: viewer.id }))
    return back(request, reply.notice('Your thanks are counted.'), answer)
  })

  app.delete('/answers/:id/thanks', options, async (request, reply) => {
    const { answer, viewer } = await findReadable(request, request.params.id)
    await database.write((db) => takeThanksBack(db, { answerId: answer.id, accountId: viewer.id }))
    return back(request, reply.notice('Your thanks are taken back.'), answer)
  })

  async function findReadable(request: FastifyRequest, id: number) {
    const viewer = request.signedIn()
    const answer = await findAnswer(database.read, id)
    if (!answer) throw new NotFound()
    if (answer.hiddenAt || !(await findQuestion(database.read, answer.questionId))) throw new Gone()
    return { answer, viewer }
  }

  const back = (request: FastifyRequest, reply: FastifyReply, { id, questionId }: Answer) =>
    reply.redirect(request.page.url(`/questions/${questionId}#answer-${id}`), 303)
}

export default routes
