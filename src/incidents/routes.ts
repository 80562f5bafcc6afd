import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import { listStaff } from '../accounts/staff-queries.ts'
import { canSeeAnswer } from '../answers/policy.ts'
import { findAnswer, findAuthor } from '../answers/queries.ts'
import { openQuestion } from '../audiences/opening.ts'
import type { Writer } from '../database/types.ts'
import { keepTillSignedIn } from '../drafts/keeping.ts'
import { deleteDraft, findDraft } from '../drafts/queries.ts'
import { IdParams } from '../lib/shapes.ts'
import { queueMail } from '../notifications/queries.ts'
import { Forbidden, Gone, NotFound } from '../plugins/errors.ts'
import { findAnyQuestion } from '../questions/queries.ts'
import { DraftQuery, IncidentForm } from './forms.ts'
import { concernMail, reportedMail } from './mails.ts'
import { canReport } from './policy.ts'
import { createIncident } from './queries.ts'
import register from './register-routes.ts'
import { answerPath, reportPage } from './views.ts'

const REPORTS = { max: 20, timeWindow: '1 hour' }

type Reported = Awaited<ReturnType<typeof findReported>>

/** Somebody fears that an answer may do harm: it goes down at once, and staff look. */
const incidents: FastifyPluginAsyncTypebox = async (app) => {
  const { database } = app
  await app.register(register)

  app.get(
    '/answers/:id/incidents/new',
    { schema: { params: IdParams, querystring: DraftQuery } },
    async (request, reply) => {
      const reported = await findReported(request, request.params.id)
      const { draft: key } = request.query
      const draft = key ? await findDraft(database.read, key, request.signedIn().id) : undefined
      return reply.render('incidents/report', reportPage(request.page, reported, { values: draft?.fields }))
    },
  )

  app.post(
    '/answers/:id/incidents',
    { schema: { params: IdParams, body: IncidentForm }, attachValidation: true, config: { rateLimit: REPORTS } },
    async (request, reply) => {
      const address = `/answers/${request.params.id}/incidents/new`
      if (!request.viewer) return keepTillSignedIn(request, reply, { address, back: address })
      const reported = await findReported(request, request.params.id)
      const errors = request.formErrors()
      if (errors) {
        const page = reportPage(request.page, reported, { values: request.typed(), errors })
        return reply.code(422).render('incidents/report', page)
      }
      const { isHiding } = await database.write((db) => report(db, request, reported, request.body))
      return reply.render('incidents/reported', { isHiding, backPath: `/questions/${reported.question.id}` })
    },
  )
}

async function findReported(request: FastifyRequest, id: number) {
  const viewer = request.signedIn()
  const { read } = request.server.database
  const answer = await findAnswer(read, id)
  const question = answer && (await findAnyQuestion(read, answer.questionId))
  if (!question) throw new NotFound()
  await openQuestion(request, question)
  if (!canSeeAnswer(viewer, answer)) throw new Gone()
  if (!canReport(viewer, answer)) throw new Forbidden()
  return { answer, question }
}

/** Staff and the expert are told in the transaction that takes it down. */
async function report(db: Writer, request: FastifyRequest, { answer }: Reported, { body, key }: Typed) {
  const { page } = request
  const reporterId = request.signedIn().id
  const report = { answer, reporterId, body, submissionKey: key, now: new Date() }
  const { incident, isNew } = await createIncident(db, report)
  await deleteDraft(db, key, reporterId)
  if (!isNew) return incident
  for (const person of await listStaff(db)) await queueMail(db, reportedMail(page, person, incident))
  const author = incident.isHiding ? await findAuthor(db, answer.id) : undefined
  if (author) await queueMail(db, concernMail(page, author, answerPath(answer)))
  return incident
}

type Typed = { body: string; key: string }

export default incidents
