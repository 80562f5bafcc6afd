import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { canAnswer, isModerator } from '../accounts/policy.ts'
import { canAnswerQuestion } from '../answers/policy.ts'
import { createAnswer, findAsker, findThread, type Thread } from '../answers/queries.ts'
import { addRecipient } from '../answers/recipient-queries.ts'
import { answerMail } from '../answers/views.ts'
import { mayOpen, openQuestion } from '../audiences/opening.ts'
import { findOtherHolder, type Holder, releaseClaim } from '../claims/queries.ts'
import { heldMeanwhile } from '../claims/views.ts'
import type { Writer } from '../database/types.ts'
import { keepTillSignedIn } from '../drafts/keeping.ts'
import { adoptDraft, deleteDraft, findAnswerDraft, findDraft, saveDraftAnyhow } from '../drafts/queries.ts'
import { draftFields } from '../drafts/views.ts'
import { type Expert, findVerifiedExpert } from '../experts/queries.ts'
import { newKey } from '../lib/form-keys.ts'
import { IdParams } from '../lib/shapes.ts'
import { queueMail } from '../notifications/queries.ts'
import { planOutcomes } from '../outcomes/queries.ts'
import { Conflict, Forbidden, Gone, NotFound, NotVerified } from '../plugins/errors.ts'
import type { Page } from '../plugins/views.ts'
import { findQuestion, type Question } from '../questions/queries.ts'
import { questionPath } from '../questions/views.ts'
import { findForAsker, findShownMarks } from '../safety/marks-on-page.ts'
import edits from './edit-routes.ts'
import { AnswerForm, DraftQuery, QuestionPageParams } from './forms.ts'
import { findThreadParts } from './queries.ts'
import { type Answering, answerEdit, threadPage } from './views.ts'

type Address = { params: { id: number; slug?: string }; query: { draft?: string } }

const POSTS = { max: 120, timeWindow: '1 hour' }

/** The page of a question, with everything that stands on it, and the answer an expert writes there. */
const answering: FastifyPluginAsyncTypebox = async (app) => {
  const { database } = app
  const { reviewMonths } = app.config
  await app.register(edits)

  const address = { schema: { params: QuestionPageParams, querystring: DraftQuery } }
  app.get('/questions/:id', address, async (request, reply) => showThread(request, reply, request))
  app.get('/questions/:id/:slug', address, async (request, reply) => showThread(request, reply, request))

  app.post(
    '/questions/:id/answers',
    { schema: { params: IdParams, body: AnswerForm }, attachValidation: true, config: { rateLimit: POSTS } },
    async (request, reply) => {
      const { viewer } = request
      if (!viewer) return keepAnyhow(request, reply, request.params.id)
      const thread = await findThread(database.read, request.params.id)
      if (!thread) throw new NotFound()
      const { question } = thread
      const expert = await findVerifiedExpert(database.read, viewer.id)
      if (question.askerId === viewer.id) throw new Forbidden()
      if (!expert) return refuseUnverified(request, question.id)

      const values = request.typed()
      const errors = request.formErrors()
      const canSee = await mayOpen(request, question)
      if (errors && !canSee) throw new Gone()
      if (errors) return render(request, reply.code(422), thread, { values, errors })
      const { key, body, action } = request.body
      const parts = await findParts(request, thread)
      if (action === 'preview' && canAnswerQuestion(viewer, thread))
        return render(request, reply, thread, { values, isPreview: true })

      const isPermitted = canAnswer(viewer) && parts.isInScope && canSee
      const knows = request.body.alongside || hasAnswered(thread, viewer.id)
      const { made, holder } = await database.write(async (db) => {
        const claim = { questionId: question.id, expertId: viewer.id, now: new Date() }
        const holder = knows ? undefined : await findOtherHolder(db, claim)
        const made =
          isPermitted && !holder
            ? await publish(db, request.page, { question, expert, body, submissionKey: key, reviewMonths })
            : undefined
        if (!made) await saveDraftAnyhow(db, { key, accountId: viewer.id, questionId: question.id, fields: { body } })
        if (made?.answer.body === body) await deleteDraft(db, key, viewer.id)
        return { made, holder }
      })
      if (viewer.needsSecondFactor) throw new Forbidden()
      if (holder && isPermitted) return showHeld(request, reply, thread, holder)
      if (!made) throw new Conflict(parts.isInScope ? GONE_MEANWHILE : OUT_OF_SCOPE)
      if (made.answer.body !== body) {
        const error = request.page.t('You have answered this question already. Saving puts this text in its place.')
        return reply
          .code(409)
          .render('answering/edit', answerEdit(request.page, thread, made.answer, { values, errors: { body: error } }))
      }
      return reply
        .notice('Your answer is published.')
        .redirect(request.page.url(`${questionPath(question)}#answer-${made.answer.id}`), 303)
    },
  )

  /** Nobody knows yet who writes: what is not for everybody is to them as if it were not there. */
  async function keepAnyhow(request: FastifyRequest, reply: FastifyReply, id: number) {
    const question = await findQuestion(database.read, id)
    if (question) return keepTillSignedIn(request, reply, { questionId: id, back: questionPath(question) })
    return keepTillSignedIn(request, reply, { address: `/questions/${id}`, back: `/questions/${id}` })
  }

  /** Perhaps they were verified when they began to write. */
  async function refuseUnverified(request: FastifyRequest, questionId: number): Promise<never> {
    const { id: accountId, handle } = request.signedIn()
    const { key: typedKey, body } = request.typed()
    const key = typedKey && !request.formErrors() ? typedKey : newKey()
    if (!handle || !body) throw new Forbidden()
    await database.write((db) => saveDraftAnyhow(db, { key, accountId, questionId, fields: draftFields({ body }) }))
    throw new NotVerified()
  }

  async function showThread(request: FastifyRequest, reply: FastifyReply, { params, query }: Address) {
    const thread = await findThread(database.read, params.id)
    if (!thread) throw new NotFound()
    const { question } = thread
    const isLedOn = params.slug !== (question.hiddenAt ? undefined : question.slug)
    await openQuestion(request, question, !isLedOn)
    if (isLedOn) return leadOn(request, reply, questionPath(question))

    const draft = canAnswer(request.viewer)
      ? await findOwnDraft(request.signedIn().id, params.id, query.draft)
      : undefined
    return render(request, reply, thread, { draft })
  }

  async function render(request: FastifyRequest, reply: FastifyReply, thread: Thread, answering: Answering) {
    const parts = await findParts(request, thread)
    return reply.render('answering/show', threadPage(request.page, thread, parts, answering))
  }

  /** Somebody else has taken it, perhaps from them while they wrote: they decide whether to answer beside them. */
  async function showHeld(request: FastifyRequest, reply: FastifyReply, { question }: Thread, holder: Holder) {
    const thread = await findThread(database.read, question.id)
    const errors = { alongside: heldMeanwhile(request.page, holder) }
    return render(request, reply.code(409), thread!, { values: request.typed(), errors })
  }

  async function findParts(request: FastifyRequest, thread: Thread) {
    const { viewer } = request
    const somebody = { id: viewer?.id, isExpert: canAnswer(viewer), isModerator: isModerator(viewer) }
    const [parts, marks, forAsker] = await Promise.all([
      findThreadParts(database.read, thread, { ...somebody, followUpDays: app.config.followUpDays }),
      findShownMarks(request, thread.question),
      findForAsker(request, thread.question),
    ])
    return { ...parts, marks, forAsker }
  }

  /** The answer somebody is writing; with its key where they wrote it before they had signed in again. */
  async function findOwnDraft(accountId: number, questionId: number, key?: string) {
    const draft = key
      ? await findDraft(database.read, key, accountId)
      : await findAnswerDraft(database.read, accountId, questionId)
    if (!draft) return undefined
    const { address } = draft
    const isOfIt = address === null ? draft.questionId === questionId : address === `/questions/${questionId}`
    if (!isOfIt) return undefined
    if (draft.accountId === null) await database.write((db) => adoptDraft(db, draft.key, accountId))
    return draft
  }
}

/** Where it is may change: it is published, or taken down. No browser is to remember it. */
const leadOn = ({ page, query }: FastifyRequest, reply: FastifyReply, path: string) =>
  reply.header('cache-control', 'private, no-store').redirect(page.url(path, query as Record<string, string>), 301)

const hasAnswered = ({ answers }: Thread, expertId: number) =>
  answers.some(({ answer }) => answer.expertId === expertId)

const GONE_MEANWHILE =
  'This question was closed or taken down while you were writing. Your text is kept in your drafts.'
const OUT_OF_SCOPE =
  'This category is outside what you may answer. Your text is kept in your drafts. You can apply for more categories from your account page, or leave a comment for your colleagues.'

type Publication = { question: Question; expert: Expert; body: string; submissionKey: string; reviewMonths: number }

/** What follows from a new answer happens with it or not at all. */
async function publish(db: Writer, page: Page, { question, expert, ...written }: Publication) {
  const made = await createAnswer(db, {
    questionId: question.id,
    expertId: expert.accountId,
    expertName: expert.name,
    expertProfession: expert.profession,
    expertCredentials: expert.credentials,
    ...written,
  })
  await releaseClaim(db, { questionId: question.id, expertId: expert.accountId })
  const asker = made?.isNew ? await findAsker(db, question.id) : undefined
  if (!made || !asker) return made
  await queueMail(db, answerMail(page, { asker, expert, question }))
  await addRecipient(db, made.answer.id, asker.accountId)
  if (question.audience) return made
  await planOutcomes(db, { questionId: question.id, accountId: asker.accountId, answeredAt: made.answer.createdAt })
  return made
}

export default answering
