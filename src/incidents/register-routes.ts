import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Static } from 'typebox'
import { isModerator } from '../accounts/policy.ts'
import { findAnswer } from '../answers/queries.ts'
import { basisOf } from '../answers/views.ts'
import { mayOpen } from '../audiences/opening.ts'
import type { Writer } from '../database/types.ts'
import { pageOf, positionOf } from '../lib/paging.ts'
import { IdParams } from '../lib/shapes.ts'
import { Conflict, Forbidden, NotFound } from '../plugins/errors.ts'
import type { Page } from '../plugins/views.ts'
import { lockQuestion } from '../questions/concealment-queries.ts'
import { findAnyQuestion } from '../questions/queries.ts'
import { decide } from './deciding.ts'
import { isHiddenOtherwise, listAlso } from './decision-queries.ts'
import { OutcomeForm, RegisterQuery } from './forms.ts'
import { canDecide } from './policy.ts'
import { findIncident, type ListedIncident, listDecidedIncidents, listOpenIncidents, listOthers } from './queries.ts'
import { findReportedText, isChangedSince } from './reported-queries.ts'
import { incidentPage, registerCrumbs, shownIncident } from './views.ts'

const MOST_OPEN = 100
const DECIDED = 'A colleague has decided this report meanwhile.'

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
      const errors = request.formErrors() ?? wrongIn(request.page, looked, request.body)
      if (errors) return showAgain(request, reply.code(422), looked, errors)
      const made = await database.write((db) => make(db, request, looked, request.body))
      if (made === 'decided') throw new Conflict(DECIDED)
      if (made === 'overtaken') return showOvertaken(request, reply)
      return reply
        .notice(
          'It is decided. Whoever reported it, the expert and everybody who was sent the answer are told by mail.',
        )
        .redirect(request.page.url('/moderation/incidents'), 303)
    },
  )

  async function showOvertaken(request: Request, reply: FastifyReply) {
    const form = request.page.t('The answer has been changed since you opened it. Please read it again.')
    return showAgain(request, reply.code(409), await findLookedAt(request, request.params.id), { form })
  }
}

type Request = FastifyRequest<{ Params: { id: number } }>
type Looked = Awaited<ReturnType<typeof findLookedAt>>

async function findLookedAt(request: FastifyRequest, id: number) {
  const viewer = assertModerator(request)
  const { read } = request.server.database
  const found = await findIncident(read, id)
  if (!found) throw new NotFound()
  const { incident } = found
  const answer = incident.answerId ? await findAnswer(read, incident.answerId) : undefined
  const question = answer && (await findAnyQuestion(read, answer.questionId))
  const isReadable = question !== undefined && (await mayOpen(request, question))
  const isChanged = isReadable && isChangedSince(incident, answer!)
  return {
    found,
    answer: isReadable ? answer : undefined,
    reportedText: isChanged ? await findReportedText(read, incident, answer!) : undefined,
    others: await listOthers(read, incident),
    canDecide: !incident.decidedAt && canDecide(viewer, incident, answer),
    now: new Date(),
  }
}

const showAgain = (request: FastifyRequest, reply: FastifyReply, looked: Looked, errors: Record<string, string>) =>
  reply.render('incidents/show', incidentPage(request.page, looked, { values: request.typed(), errors }))

function assertModerator(request: FastifyRequest) {
  const viewer = request.signedIn()
  if (!isModerator(viewer)) throw new Forbidden()
  return viewer
}

type Typed = Static<typeof OutcomeForm>
type Errors = Record<string, string>

/** What only the answer tells. */
function wrongIn({ t }: Page, { found, answer }: Looked, { outcome, notice }: Typed): Errors | undefined {
  if (outcome === 'dismissed' || !answer) return undefined
  const canBePutRight = isChangedSince(found.incident, answer) && !answer.withdrawnAt
  if (outcome === 'corrected' && !canBePutRight)
    return { outcome: t('Its expert has not changed it since it was reported.') }
  if (outcome === 'withdrawn' && isHiddenOtherwise(answer))
    return {
      outcome: t('Our staff have hidden this answer for another reason. Show it again before you take it back.'),
    }
  return notice ? undefined : { notice: t('Please fill this in.') }
}

async function make(db: Writer, request: FastifyRequest, { found, ...looked }: Looked, typed: Typed) {
  const { basis, also: isForAll, others = '', ...to } = typed
  const { incident } = found
  if (looked.answer) await lockQuestion(db, looked.answer.questionId)
  const answer = looked.answer && (await findAnswer(db, looked.answer.id))
  if (answer && basisOf(answer) !== basis) return 'overtaken'
  const { id, name } = request.signedIn()
  const decision = { ...to, by: { id, name }, now: looked.now }
  const open = isForAll ? await listAlso(db, incident, others.split(',').map(Number)) : []
  const also = open.filter(({ reporterId }) => reporterId !== id)
  return (await decide(db, request.page, { incident, answer, also }, decision)) ? 'made' : 'decided'
}

export default register
