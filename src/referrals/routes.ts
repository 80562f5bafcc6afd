import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { findAsker } from '../answers/queries.ts'
import { openQuestion } from '../audiences/opening.ts'
import { recordEvent } from '../audit/queries.ts'
import { findCategory, findCategoryById, listCategoryIdsOf, listCategoryOptions } from '../categories/queries.ts'
import { findOtherHolder } from '../claims/queries.ts'
import { heldBy } from '../claims/views.ts'
import type { Writer } from '../database/types.ts'
import { mayAnswerQuestion } from '../experts/scope-queries.ts'
import { newKey } from '../lib/form-keys.ts'
import { IdParams } from '../lib/shapes.ts'
import { queueMail } from '../notifications/queries.ts'
import { Conflict, Forbidden, NotFound, OutOfScope } from '../plugins/errors.ts'
import type { Page } from '../plugins/views.ts'
import { findAnyQuestion, type Question } from '../questions/queries.ts'
import { DeclineForm, ReferralForm } from './forms.ts'
import { passedToMail, referredMail } from './mails.ts'
import { canRefer } from './policy.ts'
import { declineQuestion, type NewReferral, ReferralRefused, referQuestion } from './queries.ts'
import { type Colleague, listColleagues } from './routing-queries.ts'
import { declinePage, isAway, referralPage } from './views.ts'

const TRIES = { max: 60, timeWindow: '1 hour' }

type Request = FastifyRequest<{ Params: { id: number } }>
type Errors = Record<string, string>
type Target = { categoryId?: number; colleague?: Colleague }

/** An expert passes a question on, or says that it is not for them. */
const referrals: FastifyPluginAsyncTypebox = async (app) => {
  const { database } = app
  const params = { params: IdParams }

  app.get('/questions/:id/referral', { schema: params }, async (request, reply) => {
    const question = await findReferable(request)
    return showForm(request, reply, question, { values: { key: newKey() } })
  })

  app.post(
    '/questions/:id/referral',
    { schema: { ...params, body: ReferralForm }, attachValidation: true, config: { rateLimit: TRIES } },
    async (request, reply) => {
      const question = await findReferable(request)
      const values = request.typed()
      const target = await findTarget(request, question)
      const errors = request.formErrors() ?? target.errors
      if (errors) return showForm(request, reply.code(422), question, { values, errors })
      const { kind, reason, key } = request.body
      const expert = { accountId: request.signedIn().id, name: request.signedIn().name }
      const referral = { kind, expert, reason, submissionKey: key, now: new Date() }
      const isDone = await database
        .write((db) => refer(db, request.page, { question, referral, target }))
        .catch((error) => whyRefused(error))
      if (isDone === undefined) {
        const form = await reasonOf(request, question)
        return showForm(request, reply.code(409), question, { values, errors: { form } })
      }
      return reply.notice('Thank you. The asker is told.').redirect(request.page.url('/desk'), 303)
    },
  )

  app.get('/questions/:id/decline', { schema: params }, async (request, reply) => {
    const question = await findReferable(request)
    return reply.render('referrals/decline', declinePage(request.page, question, { values: {} }))
  })

  app.post(
    '/questions/:id/decline',
    { schema: { ...params, body: DeclineForm }, attachValidation: true, config: { rateLimit: TRIES } },
    async (request, reply) => {
      const question = await findReferable(request)
      const errors = request.formErrors()
      const values = request.typed()
      if (errors)
        return reply.code(422).render('referrals/decline', declinePage(request.page, question, { values, errors }))
      const decline = { questionId: question.id, expertId: request.signedIn().id, reason: request.body.reason }
      await database.write((db) => declineQuestion(db, { ...decline, now: new Date() }))
      return reply.notice('It will not be put before you again.').redirect(request.page.url('/desk'), 303)
    },
  )

  async function findReferable(request: Request) {
    const viewer = request.signedIn()
    const question = await findAnyQuestion(database.read, request.params.id)
    if (!question) throw new NotFound()
    await openQuestion(request, question)
    if (question.status === 'closed') throw new Conflict('This question is closed.')
    if (!canRefer(viewer, question)) throw new Forbidden()
    const categoryIds = await listCategoryIdsOf(database.read, question.id)
    if (!(await mayAnswerQuestion(database.read, viewer.id, { questionId: question.id, categoryIds })))
      throw new OutOfScope()
    return question
  }

  async function findColleagues(request: Request, question: Question) {
    const categoryIds = await listCategoryIdsOf(database.read, question.id)
    const passing = { questionId: question.id, categoryIds, exceptId: request.signedIn().id, now: new Date() }
    return listColleagues(database.read, passing)
  }

  /** Where it is to go, or what is wrong with that. */
  async function findTarget(request: Request, question: Question): Promise<Target & { errors?: Errors }> {
    const { t } = request.page
    const { kind, category: path, expert: handle } = request.typed()
    if (question.audience !== null && kind !== 'in-person') return { errors: { kind: t(IN_CONFIDENCE) } }
    if (kind === 'category') {
      const category = path === undefined ? undefined : await findCategory(database.read, path)
      if (!category) return { errors: { category: t('Please choose a category.') } }
      if (category.id === question.categoryId) return { errors: { category: t('It is in this category already.') } }
      return { categoryId: category.id }
    }
    if (kind !== 'expert') return {}
    const colleague = (await findColleagues(request, question)).find((colleague) => colleague.handle === handle)
    if (!colleague) return { errors: { expert: t('Please choose a colleague.') } }
    if (isAway(colleague, new Date()))
      return { errors: { expert: t('They are on leave. Please choose somebody else.') } }
    return { colleague }
  }

  type Typed = { values: Record<string, string>; errors?: Errors }

  async function showForm(request: Request, reply: FastifyReply, question: Question, typed: Typed) {
    const [categories, colleagues, category] = await Promise.all([
      listCategoryOptions(database.read),
      findColleagues(request, question),
      findCategoryById(database.read, question.categoryId),
    ])
    const choices = { categories, colleagues, current: category!.path, now: new Date() }
    return reply.render('referrals/new', referralPage(request.page, question, typed, choices))
  }

  async function reasonOf(request: Request, { id: questionId }: Question) {
    const other = { questionId, expertId: request.signedIn().id, now: new Date() }
    const holder = await findOtherHolder(database.read, other)
    return holder
      ? heldBy(request.page, holder)
      : request.page.t('It was changed, closed or moved while you were writing. Please look at it again.')
  }
}

const IN_CONFIDENCE =
  'This was asked in confidence, so it stays with those it was asked of. You can advise to see somebody in person.'

type Referring = { question: Question; referral: Omit<NewReferral, 'categoryId' | 'toExpertId'>; target: Target }

/** What follows from it happens with it or not at all. */
async function refer(db: Writer, page: Page, { question, referral, target: { categoryId, colleague } }: Referring) {
  const { kind, expert } = referral
  const isNew = await referQuestion(db, question, { ...referral, categoryId, toExpertId: colleague?.accountId })
  if (!isNew) return false
  const event = { actorId: expert.accountId, subjectKind: 'question' as const, subjectId: question.id }
  await recordEvent(db, { ...event, action: `question-referred-${kind}`, reason: referral.reason })
  const [asker, news] = [await findAsker(db, question.id), { questionId: question.id, expertName: expert.name }]
  if (asker) await queueMail(db, referredMail(page, { ...news, reader: asker, kind }))
  if (colleague && colleague.accountId !== question.askerId)
    await queueMail(db, passedToMail(page, { ...news, reader: colleague }))
  return true
}

function whyRefused(error: unknown) {
  if (error instanceof ReferralRefused) return undefined
  throw error
}

export default referrals
