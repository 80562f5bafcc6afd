import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import { openQuestion } from '../audiences/opening.ts'
import { recordEvent } from '../audit/queries.ts'
import { findCategoryById } from '../categories/queries.ts'
import { findDraft } from '../drafts/queries.ts'
import { blurring } from '../identity/views.ts'
import { IdParams } from '../lib/shapes.ts'
import { Forbidden, Gone, NotFound } from '../plugins/errors.ts'
import { canEditQuestion, canSeeQuestion, isAsker } from '../questions/policy.ts'
import { findAnyQuestion, updateQuestion } from '../questions/queries.ts'
import { questionPath } from '../questions/views.ts'
import { isCrisis } from '../safety/watch.ts'
import { AskQuery, isPreviewed, QuestionEditForm } from './forms.ts'
import { checked, keepEdit, showForm, showOvertaken } from './pages.ts'
import { type Asking, stepsFirst, stepsToEdit, walk } from './steps.ts'
import { typedQuestion, WRITTEN } from './views.ts'
import { watch } from './watching.ts'

/** An edit is no new post. */
const countPost = async () => 0

const edits: FastifyPluginAsyncTypebox = async (app) => {
  const { database } = app

  app.get('/questions/:id/edit', { schema: { params: IdParams, querystring: AskQuery } }, async (request, reply) => {
    const question = await findOwn(request)
    const { draft: key } = request.query
    const draft = key ? await findDraft(database.read, key, request.signedIn().id) : undefined
    const category = await findCategoryById(database.read, question.categoryId)
    const { title, body, ageBand, duration, tried, imaging } = question
    const facts = Object.entries({ ageBand, duration, tried, imaging }).map(([name, fact]) => [name, fact ?? ''])
    const basis = String(question.version)
    const values = {
      title,
      body,
      basis,
      category: category?.path ?? '',
      ...Object.fromEntries(facts),
      ...draft?.fields,
    }
    return showForm(request, reply, { values, question })
  })

  app.post(
    '/questions/:id/edit',
    { schema: { params: IdParams, body: QuestionEditForm }, attachValidation: true, preValidation: blurring(WRITTEN) },
    async (request, reply) => {
      if (!request.viewer && request.hadSession) return keepEdit(request, reply, request.params.id)
      const question = await findOwn(request)
      const values = request.typed()
      if (values.action === 'change') return showForm(request, reply, { values, question })
      const { category, errors } = await checked(request, question)
      if (!category) return showForm(request, reply.code(422), { values, errors, question })
      const isPreview = isPreviewed(request.body)
      const isOwn = isAsker(request.viewer, question)
      const edited: Asking = { request, reply, values, question, isPreview, key: '', isFromForm: true, countPost }
      if (isOwn && (await walk(stepsFirst, edited))) return reply
      if (isPreview) return showForm(request, reply, { values, question, isPreview })
      if (await walk(stepsToEdit, edited)) return reply
      const { found = [] } = edited

      const { id: editorId } = request.signedIn()
      if (request.body.basis !== String(question.version)) return showOvertaken(request, reply, question.id)
      const updated = await database.write(async (db) => {
        const edit = { ...typedQuestion(request.body), categoryId: category.id, editorId }
        const updated = await updateQuestion(db, question, edit)
        const event = { actorId: editorId, subjectKind: 'question' as const, subjectId: question.id }
        if (updated && !isOwn) await recordEvent(db, { ...event, action: 'question-edited' })
        if (updated) await watch(db, request.page, { question: updated, found, now: new Date() })
        return updated
      })
      if (!updated) return showOvertaken(request, reply, question.id)
      if (isCrisis(found)) return reply.redirect(request.page.url(`/questions/${question.id}/help`), 303)
      return reply.notice('Your changes are saved.').redirect(request.page.url(questionPath(updated)), 303)
    },
  )

  async function findOwn(request: FastifyRequest) {
    const viewer = request.signedIn()
    const question = await findAnyQuestion(database.read, (request.params as { id: number }).id)
    if (!question || (question.publishAt && !canSeeQuestion(viewer, question))) throw new NotFound()
    if (question.audience) await openQuestion(request, question)
    if (question.withdrawnAt && canSeeQuestion(viewer, question)) throw new Gone()
    if (!canEditQuestion(viewer, question)) throw new Forbidden()
    return question
  }
}

export default edits
