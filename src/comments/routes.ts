import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Writer } from '../database/types.ts'
import { keepTillSignedIn } from '../drafts/keeping.ts'
import { adoptDraft, deleteDraft, findDraft, saveDraftAnyhow } from '../drafts/queries.ts'
import { blurring, identityStep } from '../identity/views.ts'
import { IdParams } from '../lib/shapes.ts'
import { queueMail } from '../notifications/queries.ts'
import { Gone } from '../plugins/errors.ts'
import { canSeeQuestion } from '../questions/policy.ts'
import { questionPath } from '../questions/views.ts'
import { CommentForm, DraftQuery } from './forms.ts'
import { commentMail, listReaders } from './mails.ts'
import { PLACES, type Place } from './places.ts'
import { createComment, type Refusal } from './queries.ts'
import { commentPage, NOTICES } from './views.ts'
import withdrawal from './withdrawal-routes.ts'

const POSTS = { max: 60, timeWindow: '1 hour' }

type Typed = { body: string; key: string }

/** What is said beside the answers: questions to the asker, their replies, follow-ups, and words among colleagues. */
const routes: FastifyPluginAsyncTypebox = async (app) => {
  const { database } = app
  await app.register(withdrawal)

  for (const [address, find] of PLACES) {
    const findPlace = (request: FastifyRequest, id: number) =>
      find(database.read, request.signedIn(), id, app.config.followUpDays)

    app.get(`${address}/new`, { schema: { params: IdParams, querystring: DraftQuery } }, async (request, reply) => {
      const place = await findPlace(request, request.params.id)
      if (!canSeeQuestion(request.viewer, place.thread.question)) throw new Gone()
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
        if (!request.viewer) return keepTillSignedIn(request, reply, { address: `${at}/new`, back: `${at}/new` })
        const place = await findPlace(request, id)
        const values = request.typed()
        const errors = request.formErrors()
        if (errors) return reply.code(422).render('comments/form', commentPage(request.page, place, { values, errors }))
        if (request.body.action === 'change')
          return reply.render('comments/form', commentPage(request.page, place, { values }))
        const found = place.comment.isByAsker ? identityStep(request.page, stepOf(request, place, at)) : undefined
        if (found) return reply.render('identity/show', found)
        const made = await database.write((db) => post(db, request, place, request.body))
        if (typeof made === 'string') return refuse(reply, place, values, made)
        const path = `${questionPath(place.thread.question)}#comment-${made.comment.id}`
        return reply.notice(NOTICES[place.purpose]).redirect(request.page.url(path), 303)
      },
    )
  }

  /** What they wrote before they had signed in again, or before it was refused. */
  async function findTyped(request: FastifyRequest, { address }: Place, key?: string) {
    const viewer = request.signedIn()
    const draft = key ? await findDraft(database.read, key, viewer.id) : undefined
    if (draft?.address !== `${address}/new`) return undefined
    if (draft.accountId === null) await database.write((db) => adoptDraft(db, draft.key, viewer.id))
    return { ...draft.fields, key: draft.key }
  }
}

const stepOf = (request: FastifyRequest, { thread }: Place, action: string) => ({
  action,
  values: request.typed(),
  labels: { body: request.page.t('What you wrote') },
  backPath: questionPath(thread.question),
})

/** Says it and tells whom it is for; or says why not, and keeps the text. */
async function post(db: Writer, request: FastifyRequest, place: Place, { body, key }: Typed) {
  const { comment: writer, isOutOfScope, until, purpose } = place
  const values = { ...writer, body, submissionKey: key }
  const made = isOutOfScope ? 'out-of-scope' : await createComment(db, values, { now: new Date(), until })
  if (typeof made === 'string') {
    await saveDraftAnyhow(db, draftOf(place, { body, key }))
    return made
  }
  await deleteDraft(db, key, writer.authorId)
  if (!made.isNew) return made
  for (const reader of await listReaders(db, place, made.comment))
    if (reader.accountId !== writer.authorId)
      await queueMail(db, commentMail(request.page, purpose, { reader, comment: made.comment }))
  return made
}

const draftOf = ({ address, comment: { authorId, questionId } }: Place, { body, key }: Typed) => ({
  key,
  accountId: authorId,
  questionId,
  address: `${address}/new`,
  fields: { body },
})

type Values = Record<string, string>

const refuse = (reply: FastifyReply, place: Place, values: Values, refusal: Refusal | 'out-of-scope') =>
  reply.code(409).render('comments/form', commentPage(reply.request.page, place, { values, refusal }))

export default routes
