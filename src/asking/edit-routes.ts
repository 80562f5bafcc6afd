import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { openQuestion } from '../audiences/opening.ts'
import { recordEvent } from '../audit/queries.ts'
import { findCategoryById } from '../categories/queries.ts'
import { askedFirst, giveTicked } from '../consents/standing.ts'
import type { Writer } from '../database/types.ts'
import { takeOver } from '../drafts/keeping.ts'
import { findDraft } from '../drafts/queries.ts'
import { blurring, identityStep } from '../identity/views.ts'
import { IdParams } from '../lib/shapes.ts'
import { Forbidden, Gone, NotFound } from '../plugins/errors.ts'
import { canEditQuestion, canSeeQuestion, isAsker } from '../questions/policy.ts'
import { findAnyQuestion, type Question, updateQuestion } from '../questions/queries.ts'
import { noteIdentitySeen } from '../questions/regret-queries.ts'
import { fieldLabels, questionPath } from '../questions/views.ts'
import type { Found } from '../safety/book.ts'
import { isCrisis } from '../safety/watch.ts'
import type { Asking } from './asking.ts'
import { AskQuery, QuestionEditForm, wishOf } from './forms.ts'
import { checked, keepEdit, showForm, showOvertaken } from './pages.ts'
import { stepsFirst, stepsToEdit, walk } from './steps.ts'
import { typedQuestion, WRITTEN } from './views.ts'
import { watch } from './watching.ts'

/** An edit is no new post. */
const NO_POST = { key: '', isFromForm: true, countPost: async () => 0 }

const edits: FastifyPluginAsyncTypebox = async (app) => {
  const { database } = app

  app.get('/questions/:id/identity', { schema: { params: IdParams } }, async (request, reply) => {
    const question = await findOwn(request)
    if (!isAsker(request.viewer, question)) throw new NotFound()
    const found = identityStep(request.page, {
      action: `/questions/${question.id}/edit`,
      values: await valuesOf(question),
      labels: fieldLabels(request.page.t),
      backPath: questionPath(question),
    })
    if (!found) return reply.redirect(request.page.url(questionPath(question)), 303)
    reply.header('cache-control', 'private, no-store')
    return reply.render('identity/show', found)
  })

  app.get('/questions/:id/edit', { schema: { params: IdParams, querystring: AskQuery } }, async (request, reply) => {
    const question = await findOwn(request)
    const { draft: key } = request.query
    const draft = key ? await findDraft(database.read, key, request.signedIn().id) : undefined
    if (draft && isAsker(request.viewer, question)) await takeOver(request, draft)
    return showForm(request, reply, { values: { ...(await valuesOf(question)), ...draft?.fields }, question })
  })

  app.post(
    '/questions/:id/edit',
    { schema: { params: IdParams, body: QuestionEditForm }, attachValidation: true, preValidation: blurring(WRITTEN) },
    async (request, reply) => {
      const values = request.typed()
      const action = `/questions/${request.params.id}/edit`
      const sent: Asking = { request, reply, action, values, wish: wishOf(values), ...NO_POST }
      if (!request.viewer && request.hadSession) return keepAnyhow(sent, request.params.id)
      const question = await findOwn(request)
      if (values.action === 'change') return showForm(request, reply, { values, question })
      const { category, errors } = await checked(request, question)
      const isOwn = isAsker(request.viewer, question)
      const edited: Asking = { ...sent, question, isUnfinished: !category }
      if (isOwn && (await walk(stepsFirst, edited))) return reply
      if (!category) return showForm(request, reply.code(422), { values, errors, question })
      if (edited.wish === 'preview') return showForm(request, reply, { values, question, isPreview: true })
      if (await walk(stepsToEdit, edited)) return reply
      const { found = [] } = edited

      if (request.body.basis !== String(question.version)) return findSaved(request, reply, question.id)
      const updated = await database.write((db) => save(db, request, question, { categoryId: category.id, found }))
      if (!updated) return findSaved(request, reply, question.id)
      if (isCrisis(found)) return reply.redirect(request.page.url(`/questions/${question.id}/help`), 303)
      return sayItIsSaved(request, reply, updated)
    },
  )

  /** Signed out while they wrote: help first, then they sign in. */
  async function keepAnyhow(edited: Asking, id: number) {
    const { request, reply, values } = edited
    if (values.action !== 'change' && (await walk(stepsFirst, edited))) return reply
    const { action } = edited
    if (
      !values.allowed &&
      (await askedFirst(request, reply, { kinds: ['health-data'], action, values, found: edited.found }))
    )
      return reply
    return keepEdit(request, reply, id)
  }

  /** Pressed twice, it has been saved the first time; or somebody else has changed it meanwhile. */
  async function findSaved(request: EditRequest, reply: FastifyReply, id: number) {
    const question = await findAnyQuestion(database.read, id)
    const typed = Object.entries(typedQuestion(request.body))
    const isSaved = question && typed.every(([name, text]) => question[name as keyof Question] === text)
    const category = isSaved ? await findCategoryById(database.read, question.categoryId) : undefined
    if (!isSaved || category?.path !== request.body.category) return showOvertaken(request, reply, id)
    if (question.heldAt && isAsker(request.viewer, question))
      return reply.redirect(request.page.url(`/questions/${id}/help`), 303)
    return sayItIsSaved(request, reply, question)
  }

  async function valuesOf({ categoryId, version, title, body, ...told }: Question): Promise<Record<string, string>> {
    const { ageBand, duration, tried, imaging } = told
    const facts = Object.entries({ ageBand, duration, tried, imaging }).map(([name, fact]) => [name, fact ?? ''])
    const category = await findCategoryById(database.read, categoryId)
    return { title, body, basis: String(version), category: category?.path ?? '', ...Object.fromEntries(facts) }
  }

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

type EditRequest = FastifyRequest<{ Body: QuestionEditForm }>

type Edit = { categoryId: number; found: Found[] }

/** Undefined: somebody else has edited it meanwhile. */
async function save(db: Writer, request: EditRequest, question: Question, { categoryId, found }: Edit) {
  const { id: editorId } = request.signedIn()
  const updated = await updateQuestion(db, question, { ...typedQuestion(request.body), categoryId, editorId })
  if (!updated) return undefined
  const event = { actorId: editorId, subjectKind: 'question' as const, subjectId: question.id }
  if (!isAsker(request.viewer, question)) await recordEvent(db, { ...event, action: 'question-edited' })
  else await seeIdentity(db, request, question)
  await watch(db, request.page, { question: updated, found, now: new Date() })
  return updated
}

/** What their form leaves as it is they have looked at. */
async function seeIdentity(db: Writer, request: EditRequest, { id, isIdentityUnseen }: Question) {
  await giveTicked(db, request)
  if (isIdentityUnseen) await noteIdentitySeen(db, id)
}

const sayItIsSaved = (request: FastifyRequest, reply: FastifyReply, question: Question) =>
  reply.notice('Your changes are saved.').redirect(request.page.url(questionPath(question)), 303)

export default edits
