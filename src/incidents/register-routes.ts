import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import { isModerator } from '../accounts/policy.ts'
import { findAnswer, findAuthor } from '../answers/queries.ts'
import { mayOpen } from '../audiences/opening.ts'
import { recordEvent } from '../audit/queries.ts'
import type { Writer } from '../database/types.ts'
import { pageOf, positionOf } from '../lib/paging.ts'
import { IdParams } from '../lib/shapes.ts'
import { queueMail } from '../notifications/queries.ts'
import { Conflict, Forbidden, NotFound } from '../plugins/errors.ts'
import { findAnyQuestion } from '../questions/queries.ts'
import { OutcomeForm, RegisterQuery } from './forms.ts'
import { judgedMail, outcomeMail } from './mails.ts'
import { canDecide } from './policy.ts'
import {
  decideIncident,
  findIncident,
  findReporter,
  type ListedIncident,
  listDecidedIncidents,
  listOpenIncidents,
} from './queries.ts'
import { answerPath, incidentPage, registerCrumbs, shownIncident } from './views.ts'

const MOST_OPEN = 100
const DECIDED = 'A colleague has decided this report meanwhile.'

type Outcome = { outcome: 'upheld' | 'dismissed'; explanation: string }

const register: FastifyPluginAsyncTypebox = async (app) => {
  const { database } = app

  app.get('/moderation/incidents', { schema: { querystring: RegisterQuery } }, async (request, reply) => {
    assertModerator(request)
    const [open, rows] = await Promise.all([
      listOpenIncidents(database.read, MOST_OPEN),
      listDecidedIncidents(database.read, positionOf(request.query.after)),
    ])
    const { rows: decided, next } = pageOf(rows, ({ incident }) => ({ at: incident.createdAt, id: incident.id }))
    const crumbs = registerCrumbs(request.page.t)
    const shown = (row: ListedIncident) => shownIncident(request.page, row)
    const lists = { open: open.map(shown), decided: decided.map(shown) }
    return reply.render('incidents/list', { ...lists, next, now: new Date(), crumbs })
  })

  app.get('/moderation/incidents/:id', { schema: { params: IdParams } }, async (request, reply) => {
    const looked = await findLookedAt(request, request.params.id)
    return reply.render('incidents/show', incidentPage(request.page, looked, { values: {} }))
  })

  app.post(
    '/moderation/incidents/:id/outcome',
    { schema: { params: IdParams, body: OutcomeForm }, attachValidation: true },
    async (request, reply) => {
      const looked = await findLookedAt(request, request.params.id)
      if (looked.found.incident.decidedAt) throw new Conflict(DECIDED)
      if (!looked.canDecide) throw new Forbidden()
      const errors = request.formErrors()
      if (errors) {
        const page = incidentPage(request.page, looked, { values: request.typed(), errors })
        return reply.code(422).render('incidents/show', page)
      }
      const isDecided = await database.write((db) => decide(db, request, looked, request.body))
      if (!isDecided) throw new Conflict(DECIDED)
      return reply
        .notice('It is decided. Whoever reported it and the expert are told by mail.')
        .redirect(request.page.url('/moderation/incidents'), 303)
    },
  )
}

type Looked = Awaited<ReturnType<typeof findLookedAt>>

async function findLookedAt(request: FastifyRequest, id: number) {
  const viewer = assertModerator(request)
  const { read } = request.server.database
  const found = await findIncident(read, id)
  if (!found) throw new NotFound()
  const { incident } = found
  const answer = incident.answerId ? await findAnswer(read, incident.answerId) : undefined
  const question = answer && (await findAnyQuestion(read, answer.questionId))
  const isThere = question !== undefined && (await mayOpen(request, question))
  const isOpen = !incident.decidedAt && canDecide(viewer, incident, answer)
  return { found, answer: isThere ? answer : undefined, canDecide: isOpen, now: new Date() }
}

function assertModerator(request: FastifyRequest) {
  const viewer = request.signedIn()
  if (!isModerator(viewer)) throw new Forbidden()
  return viewer
}

/** False: somebody else was quicker. */
async function decide(db: Writer, request: FastifyRequest, { found: { incident }, answer, now }: Looked, to: Outcome) {
  const { id: decidedById } = request.signedIn()
  if (!(await decideIncident(db, incident, { ...to, decidedById, now }))) return false
  const action = `incident-${to.outcome}`
  await recordEvent(db, {
    actorId: decidedById,
    action,
    subjectKind: 'incident',
    subjectId: incident.id,
    reason: to.explanation,
  })
  const reporter = await findReporter(db, incident)
  if (reporter) await queueMail(db, outcomeMail(request.page, reporter, to))
  const author = answer && (await findAuthor(db, answer.id))
  if (author) await queueMail(db, judgedMail(request.page, author, { ...to, answerPath: answerPath(answer) }))
  return true
}

export default register
