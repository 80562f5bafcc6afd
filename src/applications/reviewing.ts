import type { FastifyReply, FastifyRequest } from 'fastify'
import { listEventsAbout, recordEvent } from '../audit/queries.ts'
import { listTree } from '../categories/queries.ts'
import type { Writer } from '../database/types.ts'
import { listProfessions } from '../experts/profession-queries.ts'
import { listOwnCategories } from '../experts/scope-queries.ts'
import { placesOf } from '../experts/scope-views.ts'
import { Forbidden, NotFound } from '../plugins/errors.ts'
import { listFiles } from './file-queries.ts'
import { OTHER } from './forms.ts'
import { canReview, isOpen } from './policy.ts'
import { findApplication, findPeople, listEarlier, listMessages, listWanted } from './queries.ts'
import { acceptanceValues, QUEUE, reviewPage } from './staff-views.ts'
import type { Values } from './views.ts'

export type Request = FastifyRequest<{ Params: { id: number } }>
type Typed = { values?: Values; errors?: Values; categoryIds?: number[]; problem?: string }

/** The application of the address. */
export async function requested(request: Request) {
  const application = await findApplication(request.server.database.read, request.params.id)
  if (!application || application.status === 'draft') throw new NotFound()
  return application
}

/** Nobody else's business, but never one's own; that it has been decided meanwhile is told later. */
export async function decidable(request: Request) {
  const application = await requested(request)
  if (!canReview(request.viewer, application)) throw new Forbidden()
  return application
}

/** Somebody else was quicker. */
export const showOvertaken = (request: Request, reply: FastifyReply) =>
  showReview(request, reply.code(409), {
    values: request.typed(),
    problem: request.page.t('Somebody else has decided on this meanwhile, or it was withdrawn. Nothing was changed.'),
  })

export async function showReview(
  request: Request,
  reply: FastifyReply,
  { values, errors, categoryIds, problem }: Typed,
) {
  const { read } = request.server.database
  const application = await requested(request)
  const { id, accountId } = application
  const [people, wanted, own, messages, files, earlier, events] = await Promise.all([
    findPeople(read, application),
    listWanted(read, id),
    listOwnCategories(read, accountId),
    listMessages(read, id),
    listFiles(read, id),
    listEarlier(read, application),
    listEventsAbout(read, { subjectKind: 'application', subjectId: id }),
  ])
  const isChosen = isOpen(application) && !application.credentialId
  const choices = isChosen ? await choicesFor(request, categoryIds ?? [...wanted, ...own].map(idOf)) : NO_CHOICES
  const page = reviewPage(request.page, {
    ...{ application, people, wanted, messages, files, earlier, events, errors, problem, ...choices },
    values: { ...acceptanceValues(application), ...values },
  })
  return reply.header('cache-control', 'private, no-store').render('applications/review', page)
}

const NO_CHOICES = { professionOptions: [], places: [] }
const idOf = ({ id }: { id: number }) => id

async function choicesFor({ page: { t }, server }: Request, chosen: number[]) {
  const { read } = server.database
  const [professions, tree] = [await listProfessions(read), await listTree(read)]
  const listed = professions.map(({ id, name }) => ({ value: String(id), label: name }))
  const none = { value: OTHER, label: t('None of the list: limited by the categories alone') }
  return { professionOptions: [...listed, none], places: placesOf(tree, chosen) }
}

export const record = (db: Writer, request: Request, event: { action: string; reason?: string }) =>
  recordEvent(db, {
    ...event,
    actorId: request.signedIn().id,
    subjectKind: 'application',
    subjectId: request.params.id,
  })

export const back = (request: Request, reply: FastifyReply, notice: string) =>
  reply.notice(notice).redirect(request.page.url(`${QUEUE}/${request.params.id}`), 303)
