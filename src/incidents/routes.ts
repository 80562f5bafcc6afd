import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import { createLimit } from '../accounts/limits.ts'
import { canSeeAnswer } from '../answers/policy.ts'
import { findAnswer } from '../answers/queries.ts'
import { refuseWithdrawn } from '../answers/requested.ts'
import { openQuestion } from '../audiences/opening.ts'
import { keepTillSignedIn } from '../drafts/keeping.ts'
import { findDraft } from '../drafts/queries.ts'
import { IdParams } from '../lib/shapes.ts'
import { Forbidden, Gone, NotFound } from '../plugins/errors.ts'
import { findAnyQuestion } from '../questions/queries.ts'
import confirmation from './confirmation-routes.ts'
import { DraftQuery, IncidentForm } from './forms.ts'
import { canReport } from './policy.ts'
import register from './register-routes.ts'
import { report } from './reporting.ts'
import { reportedPage, reportPage } from './views.ts'

const REPORTS = { max: 20, timeWindow: '1 hour' }
const DAY_MINUTES = 1_440
const BY_VISITOR = 3
/** Each pages somebody: beyond so many in a day one has to sign in. */
const BY_VISITORS = 30

/** Somebody fears that an answer may do harm: it goes down at once, and staff look. */
const incidents: FastifyPluginAsyncTypebox = async (app) => {
  const { database } = app
  const limit = createLimit(app, {
    ...{ name: 'harm-report', minutes: DAY_MINUTES, byVisitor: BY_VISITOR, byTarget: BY_VISITORS },
    target: () => 'visitors',
  })
  await app.register(register)
  await app.register(confirmation)

  app.addHook('onRequest', async (_request, reply) => {
    reply.header('cache-control', 'private, no-store')
  })

  app.get(
    '/answers/:id/incidents/new',
    { schema: { params: IdParams, querystring: DraftQuery } },
    async (request, reply) => {
      const { draft: key } = request.query
      const draft = key ? await findDraft(database.read, key, request.signedIn().id) : undefined
      const reported = await findReported(request, request.params.id)
      return reply.render('incidents/report', reportPage(request.page, reported, { values: draft?.fields }))
    },
  )

  app.post(
    '/answers/:id/incidents',
    { schema: { params: IdParams, body: IncidentForm }, attachValidation: true, config: { rateLimit: REPORTS } },
    async (request, reply) => {
      const address = `/answers/${request.params.id}/incidents/new`
      if (request.hadSession) return keepTillSignedIn(request, reply, { address, back: address })
      const reported = await findReported(request, request.params.id)
      const wrong = request.formErrors()
      const tooMany = wrong || request.viewer ? undefined : await limit(request, reply)
      const errors = wrong ?? (tooMany && { form: enough(request) })
      if (errors) {
        const page = reportPage(request.page, reported, { values: request.typed(), errors })
        return reply.code(tooMany ? 429 : 422).render('incidents/report', page)
      }
      const incident = await database.write((db) => report(db, request, reported.answer, request.body))
      return reply.render('incidents/reported', reportedPage(incident, reported.question))
    },
  )
}

const enough = ({ page }: FastifyRequest) =>
  page.t('We cannot take more reports from people who are not signed in today. Please sign in to send it.')

async function findReported(request: FastifyRequest, id: number) {
  const { read } = request.server.database
  const answer = await findAnswer(read, id)
  const question = answer && (await findAnyQuestion(read, answer.questionId))
  if (!question) throw new NotFound()
  await openQuestion(request, question)
  if (!canSeeAnswer(request.viewer, answer)) throw new Gone()
  refuseWithdrawn(answer)
  if (!canReport(request.viewer, answer)) throw new Forbidden()
  return { answer, question }
}

export default incidents
