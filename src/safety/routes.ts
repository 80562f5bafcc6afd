import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import { openQuestion } from '../audiences/opening.ts'
import { IdParams } from '../lib/shapes.ts'
import { NotFound } from '../plugins/errors.ts'
import { isAsker } from '../questions/policy.ts'
import { findAnyQuestion } from '../questions/queries.ts'
import { questionPath } from '../questions/views.ts'
import adminRoutes from './admin-routes.ts'
import { CountryQuery } from './forms.ts'
import { listMarks } from './mark-queries.ts'
import reviewRoutes from './review-routes.ts'
import { countryOf, heldFlags, rememberCountry, warningPage } from './views.ts'

/** Where to get help, for whoever may need it faster than anybody here can give it. */
const safety: FastifyPluginAsyncTypebox = async (app) => {
  const { database } = app
  await app.register(reviewRoutes)
  await app.register(adminRoutes)

  app.get(
    '/questions/:id/help',
    { schema: { params: IdParams, querystring: CountryQuery } },
    async (request, reply) => {
      const question = await findOwn(request, request.params.id)
      const { rules } = await app.safety.current()
      rememberCountry(request, reply, rules, request.query.country)
      const marks = await listMarks(database.read, question.id)
      const found = heldFlags(marks, rules)
      if (found.length === 0) return reply.redirect(request.page.url(questionPath(question)), 303)
      const path = `/questions/${question.id}/help`
      const isRead = marks.every(({ isHeld, seenAt }) => !isHeld || seenAt)
      const standing = question.withdrawnAt ? 'taken-back' : isRead ? 'read' : 'waiting'
      const backPath = questionPath(question)
      const page = warningPage({ rules, found, country: countryOf(request, rules), path, backPath, standing })
      return reply.render('safety/warning', page)
    },
  )

  async function findOwn(request: FastifyRequest, id: number) {
    const viewer = request.signedIn()
    const question = await findAnyQuestion(database.read, id)
    if (!question) throw new NotFound()
    await openQuestion(request, question)
    if (!isAsker(viewer, question)) throw new NotFound()
    return question
  }
}

export default safety
