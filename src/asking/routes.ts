import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { findCategory, findCategoryById, listCategoryOptions } from '../categories/queries.ts'
import { adoptDraft, deleteDraft, findDraft, saveDraftAnyhow } from '../drafts/queries.ts'
import { draftFields } from '../drafts/views.ts'
import { isNameOfExpert } from '../experts/queries.ts'
import { loadSuggestions } from '../finding/results.ts'
import { searchedIn } from '../finding/views.ts'
import { newKey } from '../lib/form-keys.ts'
import { newPseudonym } from '../lib/pseudonyms.ts'
import { IdParams } from '../lib/shapes.ts'
import { recordEvent } from '../moderation/queries.ts'
import { Forbidden, NotFound } from '../plugins/errors.ts'
import { canEditQuestion, isAsker } from '../questions/policy.ts'
import { createQuestion, findAnyQuestion, findTypicalWait, updateQuestion } from '../questions/queries.ts'
import { questionPath } from '../questions/views.ts'
import { AskQuery, QuestionEditForm, QuestionForm } from './forms.ts'
import { type QuestionDraft, questionForm, typedQuestion } from './views.ts'

const HOUR_MS = 3_600_000
const POSTS_BY_ACCOUNT = 20
/** Many people may share one internet address. */
const POSTS_BY_VISITOR = 60

const asking: FastifyPluginAsyncTypebox = async (app) => {
  const { database, finder, tally } = app

  app.get('/ask', { schema: { querystring: AskQuery } }, async (request, reply) => {
    const { draft: key, ...typed } = request.query
    if (!key) return showNewForm(request, reply, typed)
    const { viewer } = request
    const draft = await findDraft(database.read, key, viewer?.id)
    if (!draft || draft.questionId) return sayItHasGone(request, reply)
    if (viewer && !draft.accountId) await database.write((db) => adoptDraft(db, key, viewer.id))
    return showForm(request, reply, { values: { ...draft.fields, key }, isDraft: true })
  })

  app.post('/ask', { schema: { body: QuestionForm }, attachValidation: true }, async (request, reply) => {
    const { viewer } = request
    const values = request.typed()
    if (viewer && values.action === 'draft') return keepForLater(request, reply, values.key ?? newKey())

    const { category, errors } = await checked(request)
    if (!category) return showForm(request, reply.code(422), { values, errors })
    const { key = newKey(), shownAs, considered, action } = request.body
    if (action === 'preview') return showForm(request, reply, { values, isPreview: true })
    const isFromForm = request.body.key !== undefined
    const suggestions = considered || !isFromForm ? [] : await findSuggestions(request.body)
    if (suggestions.length > 0)
      return showForm(request, reply, { values: { ...values, considered: 'yes' }, suggestions, isHeld: true })
    const wait = await countPost(request)
    if (wait > 0) return showTooOften(request, reply, { values, wait })
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
      const isThis = created.askerId === viewer.id && created.body === request.body.body
      if (isThis) await deleteDraft(db, key, viewer.id)
      return isThis ? created : undefined
    })
    if (!question) return showPostedOtherwise(request, reply, values)
    return reply
      .notice('Your question is posted. We will write to you when an expert answers.')
      .redirect(request.page.url(questionPath(question)), 303)
  })

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
    { schema: { params: IdParams, body: QuestionEditForm }, attachValidation: true },
    async (request, reply) => {
      if (!request.viewer && request.hadSession) return keepEdit(request, reply, request.params.id)
      const question = await findOwn(request)
      const values = request.typed()
      const { category, errors } = await checked(request)
      if (!category) return showForm(request, reply.code(422), { values, errors, question })
      if (request.body.action === 'preview') return showForm(request, reply, { values, question, isPreview: true })

      const { id: editorId } = request.signedIn()
      if (request.body.basis !== String(question.version)) return showOvertaken(request, reply, question.id)
      const updated = await database.write(async (db) => {
        const edit = { ...typedQuestion(request.body), categoryId: category.id, editorId }
        const updated = await updateQuestion(db, question, edit)
        const event = { actorId: editorId, subjectKind: 'question' as const, subjectId: question.id }
        if (updated && !isAsker(request.viewer, question))
          await recordEvent(db, { ...event, action: 'question-edited' })
        return updated
      })
      if (!updated) return showOvertaken(request, reply, question.id)
      return reply.notice('Your changes are saved.').redirect(request.page.url(questionPath(updated)), 303)
    },
  )

  /** Somebody comes with a sentence, perhaps from a search: what they looked for is worth knowing, and what is answered. */
  async function showNewForm(request: FastifyRequest, reply: FastifyReply, typed: Record<string, string>) {
    const searched = searchedIn(request.page.refererPath)
    if (searched) tally.note(searched, { isAsked: true })
    const suggestions = typed.title ? await findSuggestions({ title: typed.title }) : []
    return showForm(request, reply, { values: { ...typed, key: newKey() }, suggestions })
  }

  const findSuggestions = async ({ title, body }: { title: string; body?: string }) =>
    loadSuggestions(database.read, await finder.suggest(title, body))

  const countByVisitor = app.createRateLimit({ timeWindow: HOUR_MS, max: POSTS_BY_VISITOR })
  const countByAccount = app.createRateLimit({
    timeWindow: HOUR_MS,
    max: POSTS_BY_ACCOUNT,
    keyGenerator: ({ viewer }) => String(viewer?.id),
  })

  /** Only what would be posted or kept counts, not previews or mistakes. Returns the seconds to wait, mostly none. */
  async function countPost(request: FastifyRequest) {
    const limit = await (request.viewer ? countByAccount(request) : countByVisitor(request))
    return !limit.isAllowed && limit.isExceeded ? limit.ttlInSeconds : 0
  }

  type TooOften = { values: Record<string, string>; wait: number }

  function showTooOften(request: FastifyRequest, reply: FastifyReply, { values, wait }: TooOften) {
    const minutes = Math.ceil(wait / 60)
    const form = request.page.t(
      'You have posted a lot within an hour. Please try again in {minutes, plural, one {# minute} other {# minutes}}.',
      { minutes },
    )
    return showForm(request, reply.code(429).header('retry-after', wait), { values, errors: { form } })
  }

  /** The form was posted before with another text, from an old tab perhaps: neither text is thrown away. */
  function showPostedOtherwise(request: FastifyRequest, reply: FastifyReply, values: Record<string, string>) {
    const form = request.page.t('You have posted this form before, with another text. Post it again to ask this too.')
    return showForm(request, reply.code(409), { values: { ...values, key: newKey() }, errors: { form } })
  }

  /** Somebody else has edited the question meanwhile: what was typed is kept, and a second press knows of that. */
  async function showOvertaken(request: FastifyRequest, reply: FastifyReply, id: number) {
    const question = await findAnyQuestion(database.read, id)
    if (!question) throw new NotFound()
    const values = { ...request.typed(), basis: String(question.version) }
    const form = request.page.t(
      'This question has been changed since you opened it. Saving puts your text in the place of that.',
    )
    return showForm(request, reply.code(409), { values, errors: { form }, question })
  }

  function sayItHasGone(request: FastifyRequest, reply: FastifyReply) {
    if (!request.viewer) throw new NotFound()
    return reply.notice('This draft has been posted or deleted.').redirect(request.page.url('/account/questions'), 303)
  }

  async function showForm(request: FastifyRequest, reply: FastifyReply, draft: QuestionDraft) {
    const [categories, typicalWait, category] = await Promise.all([
      listCategoryOptions(database.read),
      findTypicalWait(database.read),
      findCategory(database.read, draft.values.category ?? ''),
    ])
    reply.header('cache-control', 'private, no-store') // its key is a secret
    return reply.render('asking/form', questionForm(request.page, { ...draft, categories, typicalWait, category }))
  }

  /** The category chosen, or what is wrong with the form. */
  async function checked(request: FastifyRequest) {
    const values = request.typed()
    const category = await findCategory(database.read, values.category ?? '')
    const errors = request.formErrors() ?? {}
    if (values.category && !category) errors.category = request.page.t('Please choose one of the list.')
    if (values.shownAs === 'name' && (await isNamedLikeExpert(request)))
      errors.shownAs = request.page.t(
        'A verified expert here has the same name. So that nobody takes you for them, please choose a made-up name.',
      )
    return Object.keys(errors).length > 0 ? { errors } : { category }
  }

  const isNamedLikeExpert = async ({ viewer }: FastifyRequest) =>
    viewer !== null && isNameOfExpert(database.read, viewer.name, viewer.id)

  async function findOwn(request: FastifyRequest) {
    const viewer = request.signedIn()
    const question = await findAnyQuestion(database.read, (request.params as { id: number }).id)
    if (!question) throw new NotFound()
    if (!canEditQuestion(viewer, question)) throw new Forbidden()
    return question
  }

  async function keepForLater(request: FastifyRequest, reply: FastifyReply, key: string) {
    const { id } = request.signedIn()
    await database.write((db) => saveDraftAnyhow(db, { key, accountId: id, fields: draftFields(request.typed()) }))
    return reply.notice('Your draft is kept.').redirect(request.page.url('/account/questions'), 303)
  }

  /** Whoever is not signed in does that now; the key in `next` brings them back to what they wrote. */
  async function keepTillSignedIn(request: FastifyRequest, reply: FastifyReply, key: string) {
    const fields = draftFields(request.typed())
    const draft = await database.write((db) => saveDraftAnyhow(db, { key, fields }))
    const next = `/ask?${new URLSearchParams({ draft })}`
    return reply
      .notice('Your question is kept. You can post it once you have signed up or signed in.')
      .redirect(request.page.url('/sign-up', { next }), 303)
  }

  /** A session that ran out while somebody wrote costs them a sign-in, not their text. */
  async function keepEdit(request: FastifyRequest, reply: FastifyReply, id: number) {
    const fields = draftFields(request.typed())
    const draft = await database.write((db) => saveDraftAnyhow(db, { key: newKey(), questionId: id, fields }))
    const next = `/questions/${id}/edit?${new URLSearchParams({ draft })}`
    return reply
      .notice('Please sign in again. What you wrote is kept.')
      .redirect(request.page.url('/sign-in', { next }), 303)
  }
}

export default asking
