import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Answer } from '../answers/queries.ts'
import { type AnswerInThread, requestedAnswer } from '../answers/requested.ts'
import { answerPath, basisOf } from '../answers/views.ts'
import { recordEvent } from '../audit/queries.ts'
import type { Writer } from '../database/types.ts'
import { keepTillSignedIn } from '../drafts/keeping.ts'
import { findDraft } from '../drafts/queries.ts'
import { IdParams } from '../lib/shapes.ts'
import { Forbidden, NotFound } from '../plugins/errors.ts'
import { DraftQuery, RestorationForm, WithdrawalForm } from './forms.ts'
import { tellEverybody } from './mails.ts'
import { canRestore, canWithdraw } from './policy.ts'
import { findWithdrawal, findWithdrawnText, restoreAnswer, withdrawAnswer } from './queries.ts'
import { recallForm, restorationPath, withdrawalPath, withdrawnText } from './views.ts'

type Request = FastifyRequest<{ Params: { id: number }; Body: { reason: string } }>

/** An answer that should not be followed any more is taken back, and everybody who was sent it hears of that. */
const recalls: FastifyPluginAsyncTypebox = async (app) => {
  const { database } = app
  const params = { params: IdParams }

  for (const [pathTo, find] of [
    [withdrawalPath, findWithdrawable],
    [restorationPath, findRestorable],
  ] as const)
    app.get(pathTo(':id'), { schema: { ...params, querystring: DraftQuery } }, async (request, reply) => {
      const { draft: key } = request.query
      const { id } = request.signedIn()
      const place = await find(request)
      const draft = key ? await findDraft(database.read, key, id) : undefined
      return showForm(request, reply, place, { values: draft?.fields ?? {} })
    })

  app.post(
    withdrawalPath(':id'),
    { schema: { ...params, body: WithdrawalForm }, attachValidation: true },
    async (request, reply) => {
      if (!request.viewer) return keepFor(request, reply, withdrawalPath(request.params.id))
      const place = await findWithdrawable(request)
      const errors = request.formErrors()
      if (errors) return showForm(request, reply.code(422), place, { values: request.typed(), errors })
      const isDone =
        request.body.basis === basisOf(place.answer) &&
        (await database.write((db) => withdraw(db, request, place.answer)))
      if (!isDone) return showOvertaken(request, reply)
      return back(request, reply.notice('The answer is withdrawn. Everybody who was sent it is told by mail.'), place)
    },
  )

  app.post(
    restorationPath(':id'),
    { schema: { ...params, body: RestorationForm }, attachValidation: true },
    async (request, reply) => {
      if (!request.viewer) return keepFor(request, reply, restorationPath(request.params.id))
      const place = await findRestorable(request)
      const errors = request.formErrors()
      if (errors) return showForm(request, reply.code(422), place, { values: request.typed(), errors })
      await database.write((db) => restore(db, request, place.answer))
      return back(request, reply.notice('The answer stands again. Everybody who was sent it is told by mail.'), place)
    },
  )

  /** Marked as withdrawn, and kept from search engines: whoever followed it can see what they should not go by. */
  app.get('/answers/:id/withdrawn-text', { schema: params }, async (request, reply) => {
    const place = await requestedAnswer(request)
    const withdrawal = place.answer.withdrawnAt ? await findWithdrawal(database.read, place.answer.id) : undefined
    if (!withdrawal) throw new NotFound()
    const body = await findWithdrawnText(database.read, place.answer)
    return reply.render('recalls/text', withdrawnText(request.page, place, { withdrawal, body }))
  })

  async function findWithdrawable(request: FastifyRequest) {
    const place = await requestedAnswer(request)
    if (!canWithdraw(request.signedIn(), place.answer)) throw new Forbidden()
    return place
  }

  async function findRestorable(request: FastifyRequest) {
    const place = await requestedAnswer(request)
    const withdrawal = await findWithdrawal(database.read, place.answer.id)
    if (!canRestore(request.signedIn(), place.answer, withdrawal)) throw new Forbidden()
    return place
  }

  async function showOvertaken(request: Request, reply: FastifyReply) {
    const form = request.page.t('The answer has been changed since you opened it. Please read it again.')
    const place = await findWithdrawable(request)
    return showForm(request, reply.code(409), place, { values: request.typed(), errors: { form } })
  }
}

type Form = { values: Record<string, string>; errors?: Record<string, string> }

const showForm = (request: FastifyRequest, reply: FastifyReply, place: AnswerInThread, form: Form) =>
  reply.render('recalls/form', recallForm(request.page, place, form))

const back = (request: FastifyRequest, reply: FastifyReply, { answer, question }: AnswerInThread) =>
  reply.redirect(request.page.url(answerPath(question, answer.id)), 303)

const keepFor = (request: FastifyRequest, reply: FastifyReply, address: string) =>
  keepTillSignedIn(request, reply, { address, back: address })

async function withdraw(db: Writer, request: Request, answer: Answer) {
  const { isByStaff, ...recall } = recallBy(request, answer)
  if (!(await withdrawAnswer(db, answer, recall))) return false
  if (isByStaff) await record(db, 'answer-withdrawn', { answer, ...recall })
  await tellEverybody(db, request.page, { kind: 'withdrawn', answer, byId: recall.byId, isByStaff })
  return true
}

/** Somebody else has restored it meanwhile: it stands either way. */
async function restore(db: Writer, request: Request, answer: Answer) {
  const { isByStaff, ...recall } = recallBy(request, answer)
  if (!(await restoreAnswer(db, answer, recall))) return
  if (isByStaff) await record(db, 'answer-restored', { answer, ...recall })
  await tellEverybody(db, request.page, { kind: 'restored', answer, byId: recall.byId, isByStaff })
}

function recallBy(request: Request, { expertId, expertName }: Answer) {
  const { id, name } = request.signedIn()
  const isByStaff = id !== expertId
  return { byId: id, byName: isByStaff ? name : expertName, isByStaff, reason: request.body.reason, now: new Date() }
}

type Recorded = { answer: Answer; byId: number; reason: string }

const record = (db: Writer, action: string, { answer, byId, reason }: Recorded) =>
  recordEvent(db, { actorId: byId, action, subjectKind: 'answer', subjectId: answer.id, reason })

export default recalls
