import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import { canEditAnswer } from '../answers/policy.ts'
import { type Answer, findAnswer, findThread } from '../answers/queries.ts'
import { basisOf } from '../answers/views.ts'
import { openQuestion } from '../audiences/opening.ts'
import { keepTillSignedIn } from '../drafts/keeping.ts'
import { findDraft } from '../drafts/queries.ts'
import { IdParams } from '../lib/shapes.ts'
import { Forbidden, NotFound } from '../plugins/errors.ts'
import { questionPath } from '../questions/views.ts'
import { type Edit, saveEdit } from './edits.ts'
import { AnswerEditForm, EditQuery } from './forms.ts'
import { answerEdit } from './views.ts'

const EDITS = { max: 120, timeWindow: '1 hour' }

const edits: FastifyPluginAsyncTypebox = async (app) => {
  const { database } = app

  app.get('/answers/:id/edit', { schema: { params: IdParams, querystring: EditQuery } }, async (request, reply) => {
    const { answer, thread } = await findEditable(request, request.params.id)
    const { draft: key, reviewed: isReviewed } = request.query
    const draft = key ? await findDraft(database.read, key, request.viewer?.id) : undefined
    const values = isReviewed ? { isReviewed } : draft?.fields
    return reply.render('answering/edit', answerEdit(request.page, thread, answer, { values }))
  })

  app.post(
    '/answers/:id/edit',
    { schema: { params: IdParams, body: AnswerEditForm }, attachValidation: true, config: { rateLimit: EDITS } },
    async (request, reply) => {
      const { id } = request.params
      if (!request.viewer) return keepTillSignedIn(request, reply, { back: `/answers/${id}/edit` })
      const { answer, thread } = await findEditable(request, id)
      const values = request.typed()
      const page = (status: number, rest: { errors?: Record<string, string>; isPreview?: boolean }) =>
        reply.code(status).render('answering/edit', answerEdit(request.page, thread, answer, { values, ...rest }))
      const errors = wrongIn(request, answer)
      if (errors) return page(422, { errors })
      const { basis, action } = request.body
      if (action === 'preview') return page(200, { isPreview: true })

      const edit = editIn(request)
      const isSaved =
        basis === basisOf(answer) && (await database.write((db) => saveEdit(db, request.page, answer, edit)))
      if (!isSaved) {
        const errors = {
          body: request.page.t('This answer has been changed since you opened it. Saving puts your text in its place.'),
        }
        const current = (await findAnswer(database.read, id)) ?? answer
        const kept = { ...values, basis: basisOf(current) }
        return reply
          .code(409)
          .render('answering/edit', answerEdit(request.page, thread, current, { values: kept, errors }))
      }
      return reply
        .notice('Your changes are saved.')
        .redirect(request.page.url(`${questionPath(thread.question)}#answer-${id}`), 303)
    },
  )

  async function findEditable(request: FastifyRequest, id: number) {
    const viewer = request.signedIn()
    const answer = await findAnswer(database.read, id)
    const thread = answer && (await findThread(database.read, answer.questionId))
    if (!thread) throw new NotFound()
    await openQuestion(request, thread.question)
    if (!canEditAnswer(viewer, answer)) throw new Forbidden()
    return { answer, thread }
  }
}

type Request = FastifyRequest<{ Body: AnswerEditForm }>

function wrongIn(request: Request, answer: Answer) {
  const errors = request.formErrors()
  if (errors) return errors
  const { body, correction, action } = request.body
  if (!correction || body !== answer.body || action === 'preview') return undefined
  return { body: request.page.t('A correction changes something. Please put the text right here.') }
}

function editIn(request: Request): Edit {
  const { body, correction, isReviewed } = request.body
  const { id, name } = request.signedIn()
  const { reviewMonths } = request.server.config
  return { body, correction, isReviewed: isReviewed === 'true', editor: { id, name }, reviewMonths }
}

export default edits
