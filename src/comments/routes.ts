import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { mayOpen } from '../audiences/opening.ts'
import { hasConsent } from '../consents/queries.ts'
import { askedFirst } from '../consents/standing.ts'
import { keepTillSignedIn, takeOver } from '../drafts/keeping.ts'
import { adoptDraft, findDraft } from '../drafts/queries.ts'
import { blurring, identityStep } from '../identity/views.ts'
import { IdParams } from '../lib/shapes.ts'
import { Gone } from '../plugins/errors.ts'
import { questionPath } from '../questions/views.ts'
import { isCrisis } from '../safety/watch.ts'
import { commentPage, NOTICES } from './form-views.ts'
import { CommentForm, DraftQuery } from './forms.ts'
import held from './held-routes.ts'
import { PLACES, type Place } from './places.ts'
import { post } from './posting.ts'
import type { Refusal } from './queries.ts'
import { askedUnsigned, foundUrgent, helpedUnsigned, storing } from './urgency.ts'
import withdrawal from './withdrawal-routes.ts'

const POSTS = { max: 60, timeWindow: '1 hour' }

/** What is said beside the answers: questions to the asker, their replies, follow-ups, and words among colleagues. */
const routes: FastifyPluginAsyncTypebox = async (app) => {
  const { database } = app
  await app.register(withdrawal)
  await app.register(held)

  for (const [address, find] of PLACES) {
    const findPlace = async (request: FastifyRequest, id: number) => {
      const place = await find(database.read, request.signedIn(), id, app.config.followUpDays)
      const canSee = await mayOpen(request, place.thread.question)
      const { isByAsker, authorId } = place.comment
      const isAllowed = isByAsker && authorId ? await hasConsent(database.read, authorId, 'health-data') : undefined
      return { ...place, canSee, isAllowed }
    }

    app.get(`${address}/new`, { schema: { params: IdParams, querystring: DraftQuery } }, async (request, reply) => {
      const place = await findPlace(request, request.params.id)
      if (!place.canSee) throw new Gone()
      const values = await findTyped(request, place, request.query.draft)
      return reply.render('comments/form', commentPage(request.page, place, { values }))
    })

    app.post(
      address,
      {
        schema: { params: IdParams, body: CommentForm },
        attachValidation: true,
        preValidation: blurring(['body']),
        config: { rateLimit: POSTS },
      },
      async (request, reply) => {
        const { id } = request.params
        const at = address.replace(':id', String(id))
        if (!request.viewer) {
          if ((await helpedUnsigned(request, reply, at)) || (await askedUnsigned(request, reply, at))) return reply
          return keepTillSignedIn(request, reply, { address: `${at}/new`, back: `${at}/new` })
        }
        const place = await findPlace(request, id)
        const values = request.typed()
        if (values.action === 'change')
          return reply.render('comments/form', commentPage(request.page, place, { values }))
        const found = await foundUrgent(request, reply, place)
        if (!found) return reply
        const errors = request.formErrors()
        if (errors) return reply.code(422).render('comments/form', commentPage(request.page, place, { values, errors }))
        if (place.comment.isByAsker && (await askedFirst(request, reply, { ...storing(request, place), found })))
          return reply
        const step =
          place.comment.isByAsker && !isCrisis(found)
            ? identityStep(request.page, stepOf(request, place, at))
            : undefined
        if (step) return reply.render('identity/show', step)
        const made = await database.write((db) => post(db, request, place, { ...request.body, found }))
        if (typeof made === 'string') return refuse(reply, place, values, made)
        const { question } = place.thread
        if (isCrisis(found)) return reply.redirect(request.page.url(`/questions/${question.id}/help`), 303)
        const path = `${questionPath(question)}#comment-${made.comment.id}`
        return reply.notice(NOTICES[place.purpose]).redirect(request.page.url(path), 303)
      },
    )
  }

  /** What they wrote before they had signed in again, or before it was refused. */
  async function findTyped(request: FastifyRequest, { address, comment }: Place, key?: string) {
    const viewer = request.signedIn()
    const draft = key ? await findDraft(database.read, key, viewer.id) : undefined
    if (draft?.address !== `${address}/new`) return undefined
    if (comment.isByAsker) await takeOver(request, draft)
    else if (draft.accountId === null) await database.write((db) => adoptDraft(db, draft.key, viewer.id))
    return { ...draft.fields, key: draft.key }
  }
}

const stepOf = (request: FastifyRequest, { thread }: Place, action: string) => ({
  action,
  values: request.typed(),
  labels: { body: request.page.t('What you wrote') },
  backPath: questionPath(thread.question),
})

type Values = Record<string, string>

const refuse = (reply: FastifyReply, place: Place, values: Values, refusal: Refusal | 'out-of-scope') =>
  reply.code(409).render('comments/form', commentPage(reply.request.page, place, { values, refusal }))

export default routes
