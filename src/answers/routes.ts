import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { canAnswer } from '../accounts/policy.ts'
import { adoptDraft, deleteDraft, findAnswerDraft, findDraft, saveDraft, saveDraftAnyhow } from '../drafts/queries.ts'
import { draftFields } from '../drafts/views.ts'
import { findVerifiedExpert } from '../experts/queries.ts'
import { listSimilar } from '../finding/queries.ts'
import { newKey } from '../lib/form-keys.ts'
import { IdParams } from '../lib/shapes.ts'
import { queueMail } from '../notifications/queries.ts'
import { Conflict, Forbidden, Gone, NotFound } from '../plugins/errors.ts'
import { canSeeQuestion } from '../questions/policy.ts'
import type { Question } from '../questions/queries.ts'
import { questionPath } from '../questions/views.ts'
import { AnswerEditForm, AnswerForm, DraftQuery, QuestionPageParams } from './forms.ts'
import { canAnswerQuestion, canEditAnswer } from './policy.ts'
import { createAnswer, findAnswer, findAsker, findThread, updateAnswer } from './queries.ts'
import { answerEdit, answerMail, basisOf, threadPage } from './views.ts'

type Address = { params: { id: number; slug?: string }; query: { draft?: string } }

const POSTS = { max: 120, timeWindow: '1 hour' }

const answers: FastifyPluginAsyncTypebox = async (app) => {
  const { database } = app

  const address = { schema: { params: QuestionPageParams, querystring: DraftQuery } }
  app.get('/questions/:id', address, async (request, reply) => showThread(request, reply, request))
  app.get('/questions/:id/:slug', address, async (request, reply) => showThread(request, reply, request))

  app.post(
    '/questions/:id/answers',
    { schema: { params: IdParams, body: AnswerForm }, attachValidation: true, config: { rateLimit: POSTS } },
    async (request, reply) => {
      const thread = await findThread(database.read, request.params.id)
      if (!thread) throw new NotFound()
      const { question } = thread
      const { viewer } = request
      if (!viewer) return keepTillSignedIn(request, reply, { questionId: question.id, back: backTo(question) })
      const expert = await findVerifiedExpert(database.read, viewer.id)
      if (!expert || question.askerId === viewer.id) throw new Forbidden()

      const values = request.typed()
      const errors = request.formErrors()
      const page = (status: number, answering: { errors?: Record<string, string>; isPreview?: boolean }) =>
        reply.code(status).render('questions/show', threadPage(request.page, thread, { values, ...answering }))
      if (errors && !canSeeQuestion(viewer, question)) throw new Gone()
      if (errors) return page(422, { errors })
      const { key, body, action } = request.body
      if (action === 'preview' && canAnswerQuestion(viewer, thread)) return page(200, { isPreview: true })

      const isHidden = !canSeeQuestion(viewer, question)
      const made = await database.write(async (db) => {
        const made = isHidden
          ? undefined
          : await createAnswer(db, {
              questionId: question.id,
              expertId: viewer.id,
              expertName: expert.name,
              expertProfession: expert.profession,
              expertCredentials: expert.credentials,
              body,
              submissionKey: key,
            })
        if (!made) await saveDraftAnyhow(db, { key, accountId: viewer.id, questionId: question.id, fields: { body } })
        if (made?.answer.body === body) await deleteDraft(db, key, viewer.id)
        const asker = made?.isNew ? await findAsker(db, question.id) : undefined
        if (asker) await queueMail(db, answerMail(request.page, { asker, expert, question }))
        return made
      })
      if (!made)
        throw new Conflict(
          'This question was closed or taken down while you were writing. Your text is kept in your drafts.',
        )
      if (made.answer.body !== body) {
        const error = request.page.t('You have answered this question already. Saving puts this text in its place.')
        return reply
          .code(409)
          .render('answers/edit', answerEdit(request.page, thread, made.answer, { values, errors: { body: error } }))
      }
      return reply
        .notice('Your answer is published.')
        .redirect(request.page.url(`${questionPath(question)}#answer-${made.answer.id}`), 303)
    },
  )

  app.get('/answers/:id/edit', { schema: { params: IdParams, querystring: DraftQuery } }, async (request, reply) => {
    const { answer, thread } = await findEditable(request, request.params.id)
    const { draft: key } = request.query
    const draft = key ? await findDraft(database.read, key, request.viewer?.id) : undefined
    return reply.render('answers/edit', answerEdit(request.page, thread, answer, { values: draft?.fields }))
  })

  app.post(
    '/answers/:id/edit',
    { schema: { params: IdParams, body: AnswerEditForm }, attachValidation: true, config: { rateLimit: POSTS } },
    async (request, reply) => {
      const { id } = request.params
      if (!request.viewer) return keepTillSignedIn(request, reply, { back: `/answers/${id}/edit` })
      const { answer, thread } = await findEditable(request, id)
      const values = request.typed()
      const page = (status: number, rest: { errors?: Record<string, string>; isPreview?: boolean }) =>
        reply.code(status).render('answers/edit', answerEdit(request.page, thread, answer, { values, ...rest }))
      const errors = request.formErrors()
      if (errors) return page(422, { errors })
      const { body, basis, action } = request.body
      if (action === 'preview') return page(200, { isPreview: true })

      const edit = { body, editorId: request.viewer.id }
      const isSaved = basis === basisOf(answer) && (await database.write((db) => updateAnswer(db, answer, edit)))
      if (!isSaved) {
        const errors = {
          body: request.page.t('This answer has been changed since you opened it. Saving puts your text in its place.'),
        }
        const current = (await findAnswer(database.read, id)) ?? answer
        const kept = { ...values, basis: basisOf(current) }
        return reply
          .code(409)
          .render('answers/edit', answerEdit(request.page, thread, current, { values: kept, errors }))
      }
      return reply
        .notice('Your changes are saved.')
        .redirect(request.page.url(`${questionPath(thread.question)}#answer-${id}`), 303)
    },
  )

  async function showThread(request: FastifyRequest, reply: FastifyReply, { params, query }: Address) {
    const [thread, similar] = await Promise.all([
      findThread(database.read, params.id),
      listSimilar(database.read, params.id),
    ])
    if (!thread) throw new NotFound()
    if (!canSeeQuestion(request.viewer, thread.question)) throw new Gone()
    if (params.slug !== thread.question.slug)
      return reply.redirect(request.page.url(questionPath(thread.question), query), 301)

    const draft = canAnswer(request.viewer)
      ? await findOwnDraft(request.signedIn().id, params.id, query.draft)
      : undefined
    return reply.render('questions/show', threadPage(request.page, thread, { draft, similar }))
  }

  /** The answer somebody is writing; with its key where they wrote it before they had signed in again. */
  async function findOwnDraft(accountId: number, questionId: number, key?: string) {
    const draft = key
      ? await findDraft(database.read, key, accountId)
      : await findAnswerDraft(database.read, accountId, questionId)
    if (!draft || draft.questionId !== questionId) return undefined
    if (draft.accountId === null) await database.write((db) => adoptDraft(db, draft.key, accountId))
    return draft
  }

  async function findEditable(request: FastifyRequest, id: number) {
    const viewer = request.signedIn()
    const answer = await findAnswer(database.read, id)
    const thread = answer && (await findThread(database.read, answer.questionId))
    if (!thread) throw new NotFound()
    if (!canSeeQuestion(viewer, thread.question)) throw new Gone()
    if (!canEditAnswer(viewer, answer)) throw new Forbidden()
    return { answer, thread }
  }

  /** A session that ran out while somebody wrote costs them a sign-in, not their text. */
  async function keepTillSignedIn(
    request: FastifyRequest,
    reply: FastifyReply,
    { questionId, back }: { questionId?: number; back: string },
  ) {
    const key = newKey()
    await database.write((db) => saveDraft(db, { key, questionId, fields: draftFields(request.typed()) }))
    return reply
      .notice('Please sign in again. What you wrote is kept.')
      .redirect(request.page.url('/sign-in', { next: `${back}?${new URLSearchParams({ draft: key })}` }), 303)
  }
}

/** What a hidden question is about, its address does not tell either. */
const backTo = (question: Question) => (question.hiddenAt ? `/questions/${question.id}` : questionPath(question))

export default answers
