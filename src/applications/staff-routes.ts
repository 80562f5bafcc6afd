import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { isModerator } from '../accounts/policy.ts'
import type { Writer } from '../database/types.ts'
import { pageOf, positionOf } from '../lib/paging.ts'
import { IdParams } from '../lib/shapes.ts'
import { queueMail } from '../notifications/queries.ts'
import { Forbidden, NotFound } from '../plugins/errors.ts'
import acceptanceRoutes from './acceptance-routes.ts'
import { refuseApplication } from './decision-queries.ts'
import { findFile } from './file-queries.ts'
import { FileParams, MessageForm, QueueQuery, RefusalForm } from './forms.ts'
import { askedMail, refusedMail } from './mails.ts'
import { canReview } from './policy.ts'
import {
  type Application,
  addMessage,
  countApplications,
  findPeople,
  listApplications,
  type Status,
} from './queries.ts'
import { back, decidable, type Request, record, requested, showOvertaken, showReview } from './reviewing.ts'
import { filtersOf, listedWithState, QUEUE, queueCrumbs } from './staff-views.ts'

const OPEN: Status[] = ['waiting', 'asked']

/** Staff look at who applies, ask back, and decide. */
const staff: FastifyPluginAsyncTypebox = async (app) => {
  const { database } = app

  app.addHook('onRequest', async (request) => {
    if (!isModerator(request.signedIn())) throw new Forbidden()
  })

  app.get(QUEUE, { schema: { querystring: QueueQuery } }, async (request, reply) => {
    const { status, after } = request.query
    const { t } = request.page
    const [rows, counts] = await Promise.all([
      listApplications(database.read, { statuses: status ? [status] : OPEN, after: positionOf(after) }),
      countApplications(database.read),
    ])
    const page = pageOf(rows, ({ createdAt, id }) => ({ at: createdAt, id }))
    return reply.render('applications/queue', {
      applications: listedWithState(t, page.rows),
      filters: filtersOf(t, counts, status),
      status,
      next: page.next,
      isFirstPage: !after,
      crumbs: queueCrumbs(t),
    })
  })

  app.get(`${QUEUE}/:id`, { schema: { params: IdParams } }, async (request, reply) => showReview(request, reply, {}))

  /** What staff see of somebody's papers is written down before they see it. */
  app.get(`${QUEUE}/:id/files/:fileId`, { schema: { params: FileParams } }, async (request, reply) => {
    const application = await requested(request)
    if (!canReview(request.viewer, application)) throw new Forbidden()
    const file = await findFile(database.read, { applicationId: application.id, id: request.params.fileId })
    if (!file) throw new NotFound()
    await database.write((db) => record(db, request, { action: 'application-file-opened', reason: file.name }))
    return reply
      .type(file.mediaType)
      .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`)
      .header('content-security-policy', "default-src 'none'; frame-ancestors 'none'; sandbox")
      .header('cache-control', 'private, no-store')
      .send(file.content)
  })

  const question = { schema: { params: IdParams, body: MessageForm }, attachValidation: true }
  app.post(`${QUEUE}/:id/messages`, question, async (request, reply) => {
    const application = await decidable(request)
    const errors = request.formErrors()
    if (errors) return showReview(request, reply.code(422), { values: request.typed(), errors })
    const { body } = request.body
    const isAsked = await database.write((db) => ask(db, request, { application, body }))
    if (!isAsked) return showOvertaken(request, reply)
    return back(request, reply, 'They are asked by mail.')
  })

  const refusal = { schema: { params: IdParams, body: RefusalForm }, attachValidation: true }
  app.post(`${QUEUE}/:id/refusal`, refusal, async (request, reply) => {
    const application = await decidable(request)
    const errors = request.formErrors()
    if (errors) return showReview(request, reply.code(422), { values: request.typed(), errors })
    const { reason } = request.body
    const isRefused = await database.write((db) => refuse(db, request, { application, reason }))
    if (!isRefused) return showOvertaken(request, reply)
    return back(request, reply, 'It is refused, and they are told why by mail.')
  })

  await app.register(acceptanceRoutes)
}

async function ask(db: Writer, request: Request, { application, body }: { application: Application; body: string }) {
  const authorId = request.signedIn().id
  if (!(await addMessage(db, application.id, { authorId, isByStaff: true, body }))) return false
  await record(db, request, { action: 'application-asked' })
  const { applicant } = await findPeople(db, application)
  await queueMail(db, askedMail(request.page, applicant, { ...application, body }))
  return true
}

async function refuse(
  db: Writer,
  request: Request,
  { application, reason }: { application: Application; reason: string },
) {
  if (!(await refuseApplication(db, application, { deciderId: request.signedIn().id, reason }))) return false
  await record(db, request, { action: 'application-refused', reason })
  const { applicant } = await findPeople(db, application)
  await queueMail(db, refusedMail(request.page, applicant, { ...application, reason }))
  return true
}

export default staff
