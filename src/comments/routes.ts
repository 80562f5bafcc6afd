import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { mayOpen } from '../audiences/opening.ts'
import type { Writer } from '../database/types.ts'
import { keepTillSignedIn } from '../drafts/keeping.ts'
import { adoptDraft, deleteDraft, findDraft, saveDraftAnyhow } from '../drafts/queries.ts'
import { blurring, identityStep } from '../identity/views.ts'
import { IdParams } from '../lib/shapes.ts'
import { queueMail } from '../notifications/queries.ts'
import { Gone, NotFound } from '../plugins/errors.ts'
import { questionPath } from '../questions/views.ts'
import type { Found } from '../safety/book.ts'
import { foundOrWarned } from '../safety/warning.ts'
import { isCrisis, raiseAlarm } from '../safety/watch.ts'
import { CommentForm, DraftQuery } from './forms.ts'
import { commentMail, listReaders } from './mails.ts'
import { PLACES, type Place } from './places.ts'
import { type Comment, createComment, hideComment, type Refusal } from './queries.ts'
import { commentPage, NOTICES } from './views.ts'
import withdrawal from './withdrawal-routes.ts'

const POSTS = { max: 60, timeWindow: '1 hour' }

type Typed = { body: string; key: string; found: Found[] }

const WHY_HELD = 'A moderator reads it first.'

/** What is said beside the answers: questions to the asker, their replies, follow-ups, and words among colleagues. */
const routes: FastifyPluginAsyncTypebox = async (app) => {
  const { database } = app
  await app.register(withdrawal)

  for (const [address, find] of PLACES) {
    const findPlace = async (request: FastifyRequest, id: number) => {
      const place = await find(database.read, request.signedIn(), id, app.config.followUpDays)
      const canSee = await mayOpen(request, place.thread.question)
      if (!canSee && place.thread.question.audience) throw new NotFound()
      return { ...place, canSee }
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
        if (!request.viewer) return keepTillSignedIn(request, reply, { address: `${at}/new`, back: `${at}/new` })
        const place = await findPlace(request, id)
        const values = request.typed()
        const errors = request.formErrors()
        if (errors) return reply.code(422).render('comments/form', commentPage(request.page, place, { values, errors }))
        if (request.body.action === 'change')
          return reply.render('comments/form', commentPage(request.page, place, { values }))
        const found = await foundUrgent(request, reply, place, at)
        if (!found) return reply
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

/** What an asker says may be urgent too; undefined: they are told so first. */
function foundUrgent(request: FastifyRequest, reply: FastifyReply, { thread, comment }: Place, action: string) {
  if (!comment.isByAsker) return []
  const values = request.typed()
  return foundOrWarned(request, reply, { text: values.body!, action, values, backPath: questionPath(thread.question) })
}

/** Marks what may be urgent. True: whoever wrote it may be in danger, so that nobody else sees it till staff have. */
async function isHeldBack(db: Writer, request: FastifyRequest, comment: Comment, found: Found[]) {
  const { id: commentId, questionId } = comment
  await raiseAlarm(db, { site: request.page, questionId, commentId, found, now: new Date() })
  return isCrisis(found) && (await hideComment(db, comment, { hiddenById: null, hiddenReason: WHY_HELD }))
}

/** Says it and tells whom it is for; or says why not, and keeps the text. */
async function post(db: Writer, request: FastifyRequest, place: Place, { body, key, found }: Typed) {
  const { comment: writer, isOutOfScope, until, purpose } = place
  const values = { ...writer, body, submissionKey: key }
  const made = isOutOfScope ? 'out-of-scope' : await createComment(db, values, { now: new Date(), until })
  if (typeof made === 'string') {
    await saveDraftAnyhow(db, draftOf(place, { body, key }))
    return made
  }
  await deleteDraft(db, key, writer.authorId)
  if (!made.isNew) return made
  if (await isHeldBack(db, request, made.comment, found)) return made
  for (const reader of await listReaders(db, place, made.comment))
    if (reader.accountId !== writer.authorId)
      await queueMail(db, commentMail(request.page, purpose, { reader, comment: made.comment }))
  return made
}

const draftOf = (
  { address, comment: { authorId, questionId } }: Place,
  { body, key }: Pick<Typed, 'body' | 'key'>,
) => ({
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
