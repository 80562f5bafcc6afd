import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { listStaff } from '../accounts/staff-queries.ts'
import { recordEvent } from '../audit/queries.ts'
import type { Writer } from '../database/types.ts'
import { IdParams } from '../lib/shapes.ts'
import { queueMail } from '../notifications/queries.ts'
import { Conflict, NotFound } from '../plugins/errors.ts'
import { uploadProblem } from './checks.ts'
import { withdrawApplication } from './decision-queries.ts'
import { addFiles, listFiles } from './file-queries.ts'
import { ReplyForm } from './forms.ts'
import { answeredMail, withdrawnMail } from './mails.ts'
import { isApplicant, isOpen } from './policy.ts'
import { type Application, addMessage, findApplication, listMessages, listWanted } from './queries.ts'
import { UPLOADS } from './sending.ts'
import { readForm } from './uploads.ts'
import { applicationPage, applicationPath, type Values } from './views.ts'

type Request = FastifyRequest<{ Params: { id: number } }>
type Typed = { values: Values; errors?: Values }

const DECIDED = 'This has been decided meanwhile. Nothing was changed.'

/** What became of one's own application, and what is said about it. */
const own: FastifyPluginAsyncTypebox = async (app) => {
  const { database } = app
  const address = '/experts/applications/:id'

  app.get(address, { schema: { params: IdParams } }, async (request, reply) => {
    const application = await requested(request)
    if (application.status === 'draft') return reply.redirect(request.page.url(formPath(application)), 303)
    return show(request, reply, application, { values: {} })
  })

  const message = { schema: { params: IdParams, body: ReplyForm }, attachValidation: true }
  app.post(`${address}/messages`, { ...message, preValidation: readForm, config: UPLOADS }, async (request, reply) => {
    const application = await requested(request)
    const values = request.typed()
    const errors = request.formErrors()
    if (errors) return show(request, reply.code(422), application, { values, errors })
    const { body, isEmpty } = { body: values.body, isEmpty: request.uploads.files.length === 0 }
    const refused = uploadProblem(request, [])
    if (!body && isEmpty) {
      const needed = request.page.t('Please write something, or choose a file.')
      return show(request, reply.code(422), application, {
        values,
        errors: refused ? { files: refused } : { body: needed },
      })
    }
    const left = await database.write((db) => answer(db, request, { application, body }))
    if (!left)
      return show(request, reply.code(409), await requested(request), {
        values,
        errors: { body: request.page.t(DECIDED) },
      })
    const problem = uploadProblem(request, left)
    if (problem)
      return show(request, reply.code(422), await requested(request), { values: {}, errors: { files: problem } })
    return reply.notice('It is with our staff.').redirect(request.page.url(applicationPath(application)), 303)
  })

  app.delete(address, { schema: { params: IdParams } }, async (request, reply) => {
    const application = await requested(request)
    const isWithdrawn = await database.write((db) => withdraw(db, request, application))
    if (!isWithdrawn) throw new Conflict(DECIDED)
    return reply.notice('Your application is withdrawn.').redirect(request.page.url(applicationPath(application)), 303)
  })

  async function requested(request: Request) {
    const viewer = request.signedIn()
    const application = await findApplication(database.read, request.params.id)
    if (!application || !isApplicant(viewer, application)) throw new NotFound()
    return application
  }

  async function show(request: Request, reply: FastifyReply, application: Application, typed: Typed) {
    const [wanted, messages, files] = await Promise.all([
      listWanted(database.read, application.id),
      listMessages(database.read, application.id),
      listFiles(database.read, application.id),
    ])
    const page = applicationPage(request.page, { application, wanted, messages, files })
    return reply.header('cache-control', 'private, no-store').render('applications/show', { ...page, ...typed })
  }
}

type Answer = { application: Application; body?: string }

/** Undefined: it has been decided meanwhile. Otherwise the files there was no room for. */
async function answer(db: Writer, request: Request, { application, body }: Answer) {
  const { id: authorId } = request.signedIn()
  const { t } = request.page
  const text = body ?? t('More files')
  if (!(await addMessage(db, application.id, { authorId, isByStaff: false, body: text }))) return undefined
  await record(db, request, 'application-answered')
  if (application.status === 'asked')
    for (const person of await listStaff(db))
      if (person.accountId !== authorId) await queueMail(db, answeredMail(request.page, person, application))
  return addFiles(db, application.id, request.uploads.files)
}

async function withdraw(db: Writer, request: Request, application: Application) {
  if (!isOpen(application) || !(await withdrawApplication(db, application))) return false
  await record(db, request, 'application-withdrawn')
  await queueMail(db, withdrawnMail(request.page, request.signedIn(), application))
  return true
}

const record = (db: Writer, request: Request, action: string) =>
  recordEvent(db, { actorId: request.signedIn().id, action, subjectKind: 'application', subjectId: request.params.id })

const formPath = ({ credentialId }: Application) =>
  credentialId ? `/experts/credentials/${credentialId}/renewal` : '/experts/apply'

export default own
