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
import { countryOf, countryOptions, rememberCountry, warningPage } from './views.ts'

/** Where to get help, for whoever may need it faster than anybody here can give it. */
const safety: FastifyPluginAsyncTypebox = async (app) => {
  const { database } = app
  await app.register(reviewRoutes)
  await app.register(adminRoutes)

  app.get('/ask/younger', { schema: { querystring: CountryQuery } }, async (request, reply) => {
    const { rules } = await app.safety.current()
    rememberCountry(request, reply, rules, request.query.country)
    const country = countryOf(request, rules)
    reply.header('cache-control', 'private, no-store')
    return reply.render('safety/younger', { country, countryOptions: countryOptions(rules) })
  })

  app.get(
    '/questions/:id/help',
    { schema: { params: IdParams, querystring: CountryQuery } },
    async (request, reply) => {
      const question = await findOwn(request, request.params.id)
      const { rules } = await app.safety.current()
      rememberCountry(request, reply, rules, request.query.country)
      const marks = await listMarks(database.read, question.id)
      const flags = [...new Set(marks.filter(({ isHeld }) => isHeld).map(({ flag }) => flag))]
      const found = flags
        .filter((flag) => flag in rules.flags)
        .map((flag) => foundAs(flag, rules.flags[flag]!.severity))
      if (found.length === 0) return reply.redirect(request.page.url(questionPath(question)), 303)
      const path = `/questions/${question.id}/help`
      const page = warningPage({
        rules,
        found,
        country: countryOf(request, rules),
        path,
        backPath: questionPath(question),
      })
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

const foundAs = (flag: string, severity: 'emergency' | 'urgent' | 'crisis') => ({
  flag,
  severity,
  pattern: '',
  places: [],
})

export default safety
