import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { createLimit } from '../accounts/limits.ts'
import { canSeeAnswer } from '../answers/policy.ts'
import { type Answer, findAnswer } from '../answers/queries.ts'
import { refuseWithdrawn } from '../answers/requested.ts'
import { openQuestion } from '../audiences/opening.ts'
import { findDraft } from '../drafts/queries.ts'
import { IdParams } from '../lib/shapes.ts'
import { Forbidden, Gone, NotFound } from '../plugins/errors.ts'
import { findAnyQuestion } from '../questions/queries.ts'
import confirmation from './confirmation-routes.ts'
import { findOpenAbout, isHiddenByReport } from './decision-queries.ts'
import { DraftQuery, IncidentForm, ThanksQuery } from './forms.ts'
import { visitorKey } from './links.ts'
import { canReport } from './policy.ts'
import { findSubmitted } from './queries.ts'
import register from './register-routes.ts'
import { report } from './reporting.ts'
import { wouldHide } from './trust-queries.ts'
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
      return showForm(request, reply, { values: { ...draft?.fields } })
    },
  )

  app.post(
    '/answers/:id/incidents',
    { schema: { params: IdParams, body: IncidentForm }, attachValidation: true, config: { rateLimit: REPORTS } },
    async (request, reply) => {
      const values = request.typed()
      if (values.key && (await findSubmitted(database.read, values.key))) return thank(request, reply, values.key)
      if (request.hadSession && !values.unsigned) return showSignedOut(request, reply)
      const { answer } = await findReported(request)
      const errors = request.formErrors()
      if (errors) return showForm(request, reply.code(422), { values, errors })
      if (!request.viewer && (await limit(request, reply)))
        return showForm(request, reply, { values, errors: { form: request.page.t(ENOUGH) } })
      await database.write((db) => report(db, request, answer, request.body))
      return thank(request, reply, request.body.key)
    },
  )

  app.get('/incidents/thanks', { schema: { querystring: ThanksQuery } }, async (request, reply) => {
    const incident = await findSubmitted(database.read, request.query.report)
    if (!incident) throw new NotFound()
    const answer = incident.answerId ? await findAnswer(database.read, incident.answerId) : undefined
    return reply.render('incidents/reported', reportedPage(incident, answer))
  })

  async function showForm(request: Request, reply: FastifyReply, form: Form) {
    const reported = await findReported(request)
    const key = visitorKey(app.config.secret, request.ip)
    const thinking = { answer: reported.answer, reporterId: request.viewer?.id, visitorKey: key, now: new Date() }
    const isHiding = !reported.isAdding && (await wouldHide(database.read, thinking))
    return reply.render('incidents/report', reportPage(request.page, { ...reported, isHiding }, form))
  }

  /** What somebody fears is not kept anywhere before they send it: they send it without an account, or sign in beside it. */
  const showSignedOut = (request: Request, reply: FastifyReply) => {
    const form = request.page.t(SIGNED_OUT)
    const values = { ...request.typed(), unsigned: 'yes' }
    return showForm(request, reply.code(422), { values, errors: { form } })
  }
}

type Request = FastifyRequest<{ Params: { id: number } }>
type Form = { values: Record<string, string>; errors?: Record<string, string> }

const notice = (text: string) => text
const ENOUGH = notice('We cannot take more reports from people who are not signed in today. Please sign in to send it.')
const SIGNED_OUT = notice(
  'You have been signed out. Send your report like this, without your account, or sign in in another tab and then send it here.',
)

const thank = (request: FastifyRequest, reply: FastifyReply, key: string) =>
  reply.redirect(request.page.url('/incidents/thanks', { report: key }), 303)

async function findReported(request: Request) {
  const { read } = request.server.database
  const answer = await findAnswer(read, request.params.id)
  const question = answer && (await findAnyQuestion(read, answer.questionId))
  if (!question) throw new NotFound()
  await openQuestion(request, question)
  const canSee = canSeeAnswer(request.viewer, answer)
  if (!canSee && !(await isBeingChecked(request, answer))) throw new Gone()
  refuseWithdrawn(answer)
  if (!canReport(request.viewer, answer)) throw new Forbidden()
  return { answer, question, isAdding: !canSee }
}

/** Hidden by a report that is open: whoever has other worries adds them, without reading it again. */
const isBeingChecked = async ({ server }: FastifyRequest, answer: Answer) =>
  isHiddenByReport(answer) && (await findOpenAbout(server.database.read, answer.id)) !== undefined

export default incidents
