import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { findAuthor } from '../answers/queries.ts'
import { type AnswerInThread, refuseWithdrawn, requestedAnswer } from '../answers/requested.ts'
import { answerPath, basisOf } from '../answers/views.ts'
import { categoryIdsOf } from '../categories/trail.ts'
import type { Writer } from '../database/types.ts'
import { keepTillSignedIn } from '../drafts/keeping.ts'
import { findDraft } from '../drafts/queries.ts'
import { type Expert, findVerifiedExpert } from '../experts/queries.ts'
import { mayAnswerQuestion } from '../experts/scope-queries.ts'
import { IdParams } from '../lib/shapes.ts'
import { queueMail } from '../notifications/queries.ts'
import { Forbidden } from '../plugins/errors.ts'
import { CountersignForm, DraftQuery } from './forms.ts'
import { countersignedMail } from './mails.ts'
import { canCountersign } from './policy.ts'
import { deleteCountersign, findCountersign, saveCountersign } from './queries.ts'
import { countersignPage, countersignPath } from './views.ts'

const TRIES = { max: 120, timeWindow: '1 hour' }

/** What a second expert says of an answer: one each, which they can change or take back. */
const countersigns: FastifyPluginAsyncTypebox = async (app) => {
  const { database } = app
  const address = '/answers/:id/countersign'

  app.get(address, { schema: { params: IdParams, querystring: DraftQuery } }, async (request, reply) => {
    const { draft: key } = request.query
    const { id } = request.signedIn()
    const place = await findPermitted(request)
    const draft = key ? await findDraft(database.read, key, id) : undefined
    return showForm(request, reply, place, { values: draft?.fields })
  })

  app.post(
    address,
    { schema: { params: IdParams, body: CountersignForm }, attachValidation: true, config: { rateLimit: TRIES } },
    async (request, reply) => {
      if (!request.viewer) return keepFor(request, reply)
      const place = await findPermitted(request)
      const expert = (await findVerifiedExpert(database.read, request.viewer.id))!
      const errors = wrongIn(request)
      const values = request.typed()
      if (errors) return showForm(request, reply.code(422), place, { values, errors })

      const isSaved =
        request.body.basis === basisOf(place.answer) &&
        (await database.write((db) => countersign(db, request, { ...place, expert })))
      if (!isSaved) {
        const form = request.page.t('The answer has been changed since you opened it. Please read it again.')
        return showForm(request, reply.code(409), await findPermitted(request), { values, errors: { form } })
      }
      return reply
        .notice('What you think of the answer stands beside it.')
        .redirect(request.page.url(answerPath(place.question, place.answer.id)), 303)
    },
  )

  /** Also for whoever could not give one any more. */
  app.delete(address, { schema: { params: IdParams } }, async (request, reply) => {
    const { id, needsSecondFactor } = request.signedIn()
    if (needsSecondFactor) throw new Forbidden()
    const { answer, question } = await requestedAnswer(request)
    await database.write((db) => deleteCountersign(db, answer, id))
    return reply
      .notice('Your countersign is taken back.')
      .redirect(request.page.url(answerPath(question, answer.id)), 303)
  })

  async function showForm(request: FastifyRequest, reply: FastifyReply, place: AnswerInThread, form: Form) {
    const given = await findCountersign(database.read, { answerId: place.answer.id, expertId: request.signedIn().id })
    return reply.render('countersigns/form', countersignPage(request.page, place, { ...form, given }))
  }

  async function findPermitted(request: FastifyRequest) {
    const viewer = request.signedIn()
    const place = await requestedAnswer(request)
    refuseWithdrawn(place.answer)
    const where = { questionId: place.question.id, categoryIds: categoryIdsOf(place) }
    const isInScope = await mayAnswerQuestion(database.read, viewer.id, where)
    if (!canCountersign(viewer, { ...place, isInScope })) throw new Forbidden()
    return place
  }
}

type Form = { values?: Record<string, string>; errors?: Record<string, string> }
type Request = FastifyRequest<{ Body: CountersignForm; Params: { id: number } }>

/** Whoever does not simply agree says why. */
function wrongIn(request: Request) {
  const errors = request.formErrors()
  if (errors) return errors
  const { stance, reason } = request.body
  if (stance === 'agrees' || reason) return undefined
  return { reason: request.page.t('Please say why: readers decide by it.') }
}

async function countersign(
  db: Writer,
  { body, page }: Request,
  { answer, expert }: AnswerInThread & { expert: Expert },
) {
  const before = await findCountersign(db, { answerId: answer.id, expertId: expert.accountId })
  const said = { stance: body.stance, reason: body.reason ?? null }
  const saved = await saveCountersign(db, answer, { ...said, expert, now: new Date() })
  if (!saved) return false
  const isNews = before?.stance !== said.stance || before.reason !== said.reason
  const author = isNews ? await findAuthor(db, answer.id) : undefined
  const path = `/questions/${answer.questionId}#answer-${answer.id}`
  if (author)
    await queueMail(db, countersignedMail(page, { reader: author, path, stance: said.stance, by: expert.name }))
  return true
}

function keepFor(request: Request, reply: FastifyReply) {
  const back = countersignPath(request.params.id)
  return keepTillSignedIn(request, reply, { address: back, back })
}

export default countersigns
