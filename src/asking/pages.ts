import type { FastifyReply, FastifyRequest } from 'fastify'
import { findNobody } from '../audiences/attendance-queries.ts'
import { findAddressable } from '../audiences/queries.ts'
import { type Category, findCategory, listCategoryOptions } from '../categories/queries.ts'
import { giveConsents } from '../consents/queries.ts'
import { leaveToKeep } from '../consents/views.ts'
import { saveDraftAnyhow } from '../drafts/queries.ts'
import { draftFields } from '../drafts/views.ts'
import { isNameOfExpert } from '../experts/queries.ts'
import { newKey } from '../lib/form-keys.ts'
import { NotFound } from '../plugins/errors.ts'
import { findAnyQuestion, type Question } from '../questions/queries.ts'
import { findTypicalWait, findWait } from '../waiting/queries.ts'
import { shownWait } from '../waiting/views.ts'
import { findReaders, listAskedOf, listMissingOf, whyNobody } from './readers.ts'
import { type QuestionDraft, questionForm } from './views.ts'

export async function showForm(request: FastifyRequest, reply: FastifyReply, draft: QuestionDraft) {
  const { read } = request.server.database
  const { viewer, page } = request
  const { expert: handle } = draft.values
  const now = new Date()
  const [categories, typicalWait, category, asked, addressee] = await Promise.all([
    listCategoryOptions(read),
    findTypicalWait(read),
    findCategory(read, draft.values.category ?? ''),
    draft.question ? listMissingOf(request, draft.question) : listAskedOf(request, draft.values),
    handle ? findAddressable(read, handle, { exceptId: viewer?.id, now }) : undefined,
  ])
  const { publishAfter } = request.server.config
  reply.header('cache-control', 'private, no-store') // its key is a secret
  const wait = category && !draft.question ? await findWait(read, category.id) : undefined
  const isConfidable = !draft.question || draft.question.audience === 'experts'
  const nobody = category && isConfidable ? await findNobody(read, category, { now, exceptId: viewer?.id }) : undefined
  const offered = { categories, typicalWait, category, asked, publishAfter, wait: shownWait(wait), nobody, addressee }
  return reply.render('asking/form', questionForm(page, { ...draft, ...offered }))
}

/** The category chosen, or what is wrong with the form. */
export async function checked(request: FastifyRequest, edited?: Question) {
  const values = request.typed()
  const { read } = request.server.database
  const category = await findCategory(read, values.category ?? '')
  const errors = request.formErrors() ?? {}
  if (values.category && !category) errors.category = request.page.t('Please choose one of the list.')
  if (values.shownAs === 'name' && (await isNamedLikeExpert(request)))
    errors.shownAs = request.page.t(
      'A verified expert here has the same name. So that nobody takes you for them, please choose a made-up name.',
    )
  const { error, readers } = await findReadersFor(request, category, edited)
  if (error) errors[edited ? 'category' : 'audience'] = error
  return Object.keys(errors).length > 0 || !readers ? { errors } : { category, readers }
}

/** Who may read what is edited stays as it was; but somebody of them is to be able to answer where it is moved to. */
async function findReadersFor(request: FastifyRequest, category?: Category, edited?: Question) {
  const { read } = request.server.database
  const { t } = request.page
  if (!category) return {}
  const now = new Date()
  if (edited) {
    const error = await whyNobody(read, t, { category, readers: edited, now, exceptId: edited.askerId ?? undefined })
    return { error, readers: edited }
  }
  const asked = { viewerId: request.viewer?.id, category, values: request.typed(), now }
  return findReaders(read, t, asked)
}

const isNamedLikeExpert = async ({ viewer, server }: FastifyRequest) =>
  viewer !== null && isNameOfExpert(server.database.read, viewer.name, viewer.id)

/** The form was posted before with another text, from an old tab perhaps: neither text is thrown away. */
export function showPostedOtherwise(request: FastifyRequest, reply: FastifyReply, values: Record<string, string>) {
  const form = request.page.t('You have posted this form before, with another text. Post it again to ask this too.')
  return showForm(request, reply.code(409), { values: { ...values, key: newKey() }, errors: { form } })
}

/** Somebody else has edited the question meanwhile: what was typed is kept, and a second press knows of that. */
export async function showOvertaken(request: FastifyRequest, reply: FastifyReply, id: number) {
  const question = await findAnyQuestion(request.server.database.read, id)
  if (!question) throw new NotFound()
  const values = { ...request.typed(), basis: String(question.version) }
  const form = request.page.t(
    'This question has been changed since you opened it. Saving puts your text in the place of that.',
  )
  return showForm(request, reply.code(409), { values, errors: { form }, question })
}

export function sayItHasGone(request: FastifyRequest, reply: FastifyReply) {
  if (!request.viewer) throw new NotFound()
  return reply.notice('This draft has been posted or deleted.').redirect(request.page.url('/account/questions'), 303)
}

/** Returns the key it is kept under. */
export function keepForLater(request: FastifyRequest, key: string) {
  const { id } = request.signedIn()
  const fields = draftFields(request.typed())
  return request.server.database.write(async (db) => {
    await giveConsents(db, { accountId: id, ...leaveToKeep(fields), now: new Date() })
    return saveDraftAnyhow(db, { key, accountId: id, fields })
  })
}

export const sayItIsKept = (request: FastifyRequest, reply: FastifyReply) =>
  reply.notice('Your draft is kept.').redirect(request.page.url('/account/questions'), 303)

/** A session that ran out while somebody wrote costs them a sign-in, not their text. */
export async function keepEdit(request: FastifyRequest, reply: FastifyReply, id: number) {
  const fields = draftFields(request.typed())
  const draft = await request.server.database.write((db) =>
    saveDraftAnyhow(db, { key: newKey(), questionId: id, fields }),
  )
  const next = `/questions/${id}/edit?${new URLSearchParams({ draft })}`
  return reply
    .notice('Please sign in again. What you wrote is kept.')
    .redirect(request.page.url('/sign-in', { next }), 303)
}
