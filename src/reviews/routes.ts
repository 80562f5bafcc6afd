import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { canAnswer, isModerator } from '../accounts/policy.ts'
import { type AnswerInThread, refuseWithdrawn, requestedAnswer } from '../answers/requested.ts'
import { answerPath } from '../answers/views.ts'
import { categoryIdsOf } from '../categories/trail.ts'
import { keepTillSignedIn } from '../drafts/keeping.ts'
import { findDraft } from '../drafts/queries.ts'
import { findVerifiedExpert } from '../experts/queries.ts'
import { mayAnswerQuestion } from '../experts/scope-queries.ts'
import { pageOf, positionOf } from '../lib/paging.ts'
import { IdParams } from '../lib/shapes.ts'
import { Forbidden } from '../plugins/errors.ts'
import { DeskQuery, DraftQuery, PageQuery, ReviewForm } from './forms.ts'
import { canReview } from './policy.ts'
import { countOverdue, listOverdue, listReviews, type OverdueAnswer, reviewAnswer } from './queries.ts'
import { deskReviews, moderationReviews, reviewBasis, reviewForm } from './views.ts'

const TRIES = { max: 240, timeWindow: '1 hour' }

/** Every answer is looked at again after some time: does it still hold? */
const reviews: FastifyPluginAsyncTypebox = async (app) => {
  const { database, config } = app
  const address = '/answers/:id/review'

  app.get(address, { schema: { params: IdParams, querystring: DraftQuery } }, async (request, reply) => {
    const { draft: key } = request.query
    const { id } = request.signedIn()
    const place = await findPermitted(request)
    const draft = key ? await findDraft(database.read, key, id) : undefined
    return showForm(request, reply, place, { values: draft?.fields ?? {} })
  })

  app.post(
    address,
    { schema: { params: IdParams, body: ReviewForm }, attachValidation: true, config: { rateLimit: TRIES } },
    async (request, reply) => {
      const { viewer, params } = request
      const path = `/answers/${params.id}/review`
      if (!viewer) return keepTillSignedIn(request, reply, { address: path, back: path })
      const place = await findPermitted(request)
      const values = request.typed()
      const errors = request.formErrors()
      if (errors) return showForm(request, reply.code(422), place, { values, errors })

      const expert = (await findVerifiedExpert(database.read, viewer.id))!
      const { note, basis } = request.body
      const review = { expert, note, now: new Date(), reviewMonths: config.reviewMonths }
      const isSaved =
        basis === reviewBasis(place.answer) && (await database.write((db) => reviewAnswer(db, place.answer, review)))
      if (!isSaved) {
        const form = request.page.t('The answer has been changed or checked since you opened it. Please read it again.')
        return showForm(request, reply.code(409), await findPermitted(request), { values, errors: { form } })
      }
      return reply
        .notice('Thank you. The page says that you have checked the answer.')
        .redirect(request.page.url(answerPath(place.question, place.answer.id)), 303)
    },
  )

  app.get('/desk/reviews', { schema: { querystring: DeskQuery } }, async (request, reply) => {
    const viewer = request.signedIn()
    if (!canAnswer(viewer)) throw new Forbidden()
    const { after, show = 'mine' } = request.query
    const whose = show === 'mine' ? { by: viewer.id } : { for: viewer.id }
    const rows = await listOverdue(database.read, { ...whose, now: new Date(), after: positionOf(after) })
    return reply.render(
      'reviews/desk',
      deskReviews(request.page, { ...pageOf(rows, position), show, isFirstPage: !after }),
    )
  })

  app.get('/moderation/reviews', { schema: { querystring: PageQuery } }, async (request, reply) => {
    const viewer = request.signedIn()
    if (!isModerator(viewer)) throw new Forbidden()
    const { after } = request.query
    const now = new Date()
    const [rows, count] = await Promise.all([
      listOverdue(database.read, { now, after: positionOf(after) }),
      countOverdue(database.read, { now }),
    ])
    const list = { ...pageOf(rows, position), count, isFirstPage: !after, canReview: canAnswer(viewer) }
    return reply.render('reviews/moderation', moderationReviews(request.page, list))
  })

  async function showForm(request: FastifyRequest, reply: FastifyReply, place: AnswerInThread, form: Form) {
    const earlier = await listReviews(database.read, place.answer.id)
    return reply.render('reviews/form', reviewForm(request.page, place, { ...form, earlier }))
  }

  async function findPermitted(request: FastifyRequest) {
    const viewer = request.signedIn()
    const place = await requestedAnswer(request)
    refuseWithdrawn(place.answer)
    const where = { questionId: place.question.id, categoryIds: categoryIdsOf(place) }
    const isInScope = await mayAnswerQuestion(database.read, viewer.id, where)
    if (!canReview(viewer, { ...place, isInScope })) throw new Forbidden()
    return place
  }
}

type Form = { values: Record<string, string>; errors?: Record<string, string> }

const position = ({ reviewBy, id }: OverdueAnswer) => ({ at: reviewBy!, id })

export default reviews
