import type { FastifyInstance, FastifyRequest, RouteOptions } from 'fastify'
import fp from 'fastify-plugin'
import { findAnswer } from '../answers/queries.ts'
import { mayKnowOf } from '../audiences/opening.ts'
import { canSeeComment } from '../comments/policy.ts'
import { findComment } from '../comments/queries.ts'
import type { Reader } from '../database/types.ts'
import { NotFound } from '../plugins/errors.ts'
import type { Viewer } from '../plugins/sessions.ts'
import { findAnyQuestion, type Question } from '../questions/queries.ts'

type Request = FastifyRequest<{ Params: { id: number } }>
type Find = (db: Reader, id: number, viewer: Viewer) => Promise<Question | undefined>

const findOfAnswer: Find = async (db, id) => {
  const answer = await findAnswer(db, id)
  return answer && findAnyQuestion(db, answer.questionId)
}

const findOfComment: Find = async (db, id, viewer) => {
  const comment = await findComment(db, id)
  const question = comment && (await findAnyQuestion(db, comment.questionId))
  return question && canSeeComment(viewer, comment, question) ? question : undefined
}

const DOORS: [RegExp, Find][] = [
  [/^\/questions\/:id\/(?!:slug$)/, findAnyQuestion],
  [/^\/answers\/:id\//, findOfAnswer],
  [/^\/comments\/:id\//, findOfComment],
]

/**
 * Every address below a question, an answer or a comment says to whoever is signed in that there is nothing, where there is
 * nothing that they may know of, before it says anything else. The page of a question looks for itself; those who have not
 * signed in are told by each address what it tells them of any number.
 */
export default fp(async (app: FastifyInstance) => {
  app.addHook('onRoute', (route: RouteOptions) => {
    const find = DOORS.find(([address]) => address.test(route.url))?.[1]
    if (!find) return
    const look = async (request: FastifyRequest) => knock(request as Request, find)
    route.preHandler = [look, ...[route.preHandler ?? []].flat()]
  })
})

async function knock(request: Request, find: Find) {
  const { viewer, params, server } = request
  if (!viewer) return
  const question = await find(server.database.read, params.id, viewer)
  if (!question || !(await mayKnowOf(request, question))) throw new NotFound()
}
