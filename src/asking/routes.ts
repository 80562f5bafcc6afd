import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { findCategory, findCategoryById, listCategoryOptions } from '../categories/queries.ts'
import { adoptDraft, deleteDraft, findDraft, saveDraft } from '../drafts/queries.ts'
import { draftFields, newKey } from '../drafts/views.ts'
import { newPseudonym } from '../lib/pseudonyms.ts'
import { IdParams } from '../lib/shapes.ts'
import { Forbidden, NotFound } from '../plugins/errors.ts'
import { canEditQuestion } from '../questions/policy.ts'
import { createQuestion, findQuestion, findTypicalWait, updateQuestion } from '../questions/queries.ts'
import { questionPath } from '../questions/views.ts'
import { AskQuery, QuestionEditForm, QuestionForm } from './forms.ts'
import { type QuestionDraft, questionForm, typedQuestion } from './views.ts'

const POSTS = { max: 30, timeWindow: '1 hour' }

const asking: FastifyPluginAsyncTypebox = async (app) => {
  const { database } = app

  app.get('/ask', { schema: { querystring: AskQuery } }, async (request, reply) => {
    const { draft: key, ...typed } = request.query
    if (!key) return showForm(request, reply, { values: { ...typed, key: newKey() } })
    const { viewer } = request
    const draft = await findDraft(database.read, key, viewer?.id)
    if (!draft || draft.questionId) throw new NotFound()
    if (viewer && !draft.accountId) await database.write((db) => adoptDraft(db, key, viewer.id))
    return showForm(request, reply, { values: { ...draft.fields, key }, isDraft: true })
  })

  app.post(
    '/ask',
    { schema: { body: QuestionForm }, attachValidation: true, config: { rateLimit: POSTS } },
    async (request, reply) => {
      const { viewer } = request
      const values = request.typed()
      if (viewer && values.action === 'draft' && values.key) return keepForLater(request, reply, values.key)

      const { category, errors } = await checked(request)
      if (!category) return showForm(request, reply.code(422), { values, errors })
      const { key, shownAs, action } = request.body
      if (action === 'preview') return showForm(request, reply, { values, isPreview: true })
      if (!viewer) return keepTillSignedIn(request, reply, key)

      const isPseudonym = shownAs !== 'name'
      const question = await database.write(async (db) => {
        const created = await createQuestion(db, {
          ...typedQuestion(request.body),
          categoryId: category.id,
          askerId: viewer.id,
          askerName: isPseudonym ? newPseudonym() : viewer.name,
          isPseudonym,
          submissionKey: key,
        })
        await deleteDraft(db, key, viewer.id)
        return created
      })
      return reply
        .notice('Your question is posted. We will write to you when an expert answers.')
        .redirect(request.page.url(questionPath(question)), 303)
    },
  )

  app.get('/questions/:id/edit', { schema: { params: IdParams } }, async (request, reply) => {
    const question = await findOwn(request)
    const category = await findCategoryById(database.read, question.categoryId)
    const { title, body, ageBand, duration, tried, imaging } = question
    const facts = Object.entries({ ageBand, duration, tried, imaging }).map(([name, fact]) => [name, fact ?? ''])
    const values = { title, body, category: category?.path ?? '', ...Object.fromEntries(facts) }
    return showForm(request, reply, { values, question })
  })

  app.post(
    '/questions/:id/edit',
    { schema: { params: IdParams, body: QuestionEditForm }, attachValidation: true },
    async (request, reply) => {
      const question = await findOwn(request)
      const values = request.typed()
      const { category, errors } = await checked(request)
      if (!category) return showForm(request, reply.code(422), { values, errors, question })
      if (request.body.action === 'preview') return showForm(request, reply, { values, question, isPreview: true })

      const edited = { ...typedQuestion(request.body), categoryId: category.id, editorId: request.signedIn().id }
      const path = await database.write(async (db) => {
        await updateQuestion(db, question, edited)
        return questionPath((await findQuestion(db, question.id))!)
      })
      return reply.notice('Your changes are saved.').redirect(request.page.url(path), 303)
    },
  )

  async function showForm(request: FastifyRequest, reply: FastifyReply, draft: QuestionDraft) {
    const [categories, typicalWait, category] = await Promise.all([
      listCategoryOptions(database.read),
      findTypicalWait(database.read),
      findCategory(database.read, draft.values.category ?? ''),
    ])
    return reply.render('asking/form', questionForm(request.page, { ...draft, categories, typicalWait, category }))
  }

  /** The category chosen, or what is wrong with the form. */
  async function checked(request: FastifyRequest) {
    const values = request.typed()
    const category = await findCategory(database.read, values.category ?? '')
    const errors = request.formErrors() ?? {}
    if (values.category && !category) errors.category = request.page.t('Please choose one of the list.')
    return Object.keys(errors).length > 0 ? { errors } : { category }
  }

  async function findOwn(request: FastifyRequest) {
    const viewer = request.signedIn()
    const question = await findQuestion(database.read, (request.params as { id: number }).id)
    if (!question) throw new NotFound()
    if (!canEditQuestion(viewer, question)) throw new Forbidden()
    return question
  }

  async function keepForLater(request: FastifyRequest, reply: FastifyReply, key: string) {
    const { id } = request.signedIn()
    await database.write((db) => saveDraft(db, { key, accountId: id, fields: draftFields(request.typed()) }))
    return reply.notice('Your draft is kept.').redirect(request.page.url('/account/questions'), 303)
  }

  /** Whoever is not signed in does that now; the key in `next` brings them back to what they wrote. */
  async function keepTillSignedIn(request: FastifyRequest, reply: FastifyReply, key: string) {
    await database.write((db) => saveDraft(db, { key, fields: draftFields(request.typed()) }))
    const next = `/ask?${new URLSearchParams({ draft: key })}`
    return reply
      .notice('Your question is kept. It is posted once you have signed up or signed in.')
      .redirect(request.page.url('/sign-up', { next }), 303)
  }
}

export default asking
