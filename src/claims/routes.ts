import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import { canAnswer, isModerator } from '../accounts/policy.ts'
import { openQuestion } from '../audiences/opening.ts'
import { recordEvent } from '../audit/queries.ts'
import { listCategoryIdsOf } from '../categories/queries.ts'
import { saveDraftAnyhow } from '../drafts/queries.ts'
import { draftFields } from '../drafts/views.ts'
import { mayAnswerQuestion } from '../experts/scope-queries.ts'
import { IdParams } from '../lib/shapes.ts'
import { Forbidden, NotFound, OutOfScope } from '../plugins/errors.ts'
import { isAsker } from '../questions/policy.ts'
import { findAnyQuestion, type Question } from '../questions/queries.ts'
import { questionPath } from '../questions/views.ts'
import { ClaimForm } from './forms.ts'
import { ClaimRefused, claimQuestion, endOf, findHolder, hasAnswered, releaseClaim } from './queries.ts'
import { heldBy, refusedPage } from './views.ts'

const TRIES = { max: 240, timeWindow: '1 hour' }

type Request = FastifyRequest<{ Params: { id: number }; Body: ClaimForm }>

/** One expert takes a question for a time, so that no two write the same answer unknowingly. */
const claims: FastifyPluginAsyncTypebox = async (app) => {
  const { database, config } = app
  const options = { schema: { params: IdParams, body: ClaimForm }, config: { rateLimit: TRIES } }

  app.post('/questions/:id/claim', options, async (request, reply) => {
    const question = await findClaimable(request)
    await keepText(request)
    const now = new Date()
    const claim = { questionId: question.id, expertId: request.signedIn().id, now, hours: config.claimHours }
    const taken = await database.write((db) => claimQuestion(db, claim)).catch(whyRefused)
    if (taken !== true) {
      const refusal = await reasonOf(request, question, taken || undefined)
      return reply.code(409).render('claims/refused', refusedPage(question, refusal))
    }
    if (request.headers.accept?.startsWith('application/json'))
      return reply.header('claimed-until', endOf(now, config.claimHours).toISOString()).code(204).send()
    return reply
      .notice('This question is yours for now. Others see that it is being answered.')
      .redirect(request.page.url(`${questionPath(question)}#your-answer`), 303)
  })

  app.delete('/questions/:id/claim', options, async (request, reply) => {
    const { id: expertId } = request.signedIn()
    const question = await findShown(request)
    await keepText(request)
    const isReleased = await database.write((db) => releaseClaim(db, { questionId: question.id, expertId }))
    if (!isReleased) await endForHolder(request, question)
    return reply
      .notice('The question is free for others again.')
      .redirect(request.page.url(backTo(request, question)), 303)
  })

  async function findShown(request: Request) {
    const question = await findAnyQuestion(database.read, request.params.id)
    if (!question) throw new NotFound()
    request.signedIn()
    await openQuestion(request, question)
    return question
  }

  async function findClaimable(request: Request) {
    const viewer = request.signedIn()
    const question = await findShown(request)
    if (isAsker(viewer, question) || !canAnswer(viewer)) throw new Forbidden()
    const categoryIds = await listCategoryIdsOf(database.read, question.id)
    if (!(await mayAnswerQuestion(database.read, viewer.id, { questionId: question.id, categoryIds })))
      throw new OutOfScope()
    return question
  }

  /** What has been written so far, where the button stands in its form. */
  async function keepText(request: Request) {
    const { key, body } = request.body
    if (!key || !body) return
    const draft = {
      key,
      accountId: request.signedIn().id,
      questionId: request.params.id,
      fields: draftFields({ body }),
    }
    await database.write((db) => saveDraftAnyhow(db, draft))
  }

  async function reasonOf({ page, viewer }: Request, { id }: Question, refusal?: ClaimRefused['reason']) {
    const { t } = page
    const plain = (reason: string) => ({ reason, canAnswerAlongside: false })
    if (refusal === 'full') return plain(t('You have as many questions in hand as you wished to take at once.'))
    if (refusal === 'away') return plain(t('You are on leave, so nothing is put before you.'))
    const [question, holder, isAnswered] = await Promise.all([
      findAnyQuestion(database.read, id),
      findHolder(database.read, id, new Date()),
      hasAnswered(database.read, { questionId: id, expertId: viewer!.id }),
    ])
    if (isAnswered)
      return plain(t('You have answered this question already. If you have more to say, edit your answer.'))
    if (holder) return { reason: heldBy(page, holder), canAnswerAlongside: true }
    if (question?.status === 'closed') return plain(t('This question is closed. It takes no more answers.'))
    return plain(t('Somebody else was quicker. Please look again.'))
  }

  /** Staff do it for somebody who cannot, which is written down. */
  async function endForHolder(request: Request, { id }: Question) {
    const viewer = request.signedIn()
    const holder = await findHolder(database.read, id, new Date())
    if (!holder) return
    if (!isModerator(viewer)) throw new Forbidden()
    await database.write(async (db) => {
      if (await releaseClaim(db, { questionId: id, expertId: holder.expertId }))
        await recordEvent(db, { actorId: viewer.id, action: 'claim-ended', subjectKind: 'question', subjectId: id })
    })
  }
}

function whyRefused(error: unknown) {
  if (error instanceof ClaimRefused) return error.reason
  throw error
}

const backTo = ({ page: { refererPath } }: Request, question: Question) =>
  refererPath.startsWith('/desk') ? refererPath : questionPath(question)

export default claims
