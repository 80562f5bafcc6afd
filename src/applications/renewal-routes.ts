import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { recordEvent } from '../audit/queries.ts'
import type { Writer } from '../database/types.ts'
import { addressProblem } from '../experts/credential-checks.ts'
import { type Credential, findCredential, listCredentials } from '../experts/credential-queries.ts'
import { findProfile } from '../experts/queries.ts'
import { newKey } from '../lib/form-keys.ts'
import { IdParams } from '../lib/shapes.ts'
import { queueMail } from '../notifications/queries.ts'
import { Conflict, Forbidden, NotFound } from '../plugins/errors.ts'
import { uploadProblem } from './checks.ts'
import type { Evidence } from './evidence.ts'
import { listFiles } from './file-queries.ts'
import { RenewalForm } from './forms.ts'
import { receivedMail } from './mails.ts'
import { type Application, addMessage, listUndecided, sendDraft } from './queries.ts'
import { keepDraft, tellStaff, UPLOADS } from './sending.ts'
import { readForm } from './uploads.ts'
import { applicationPath, shownFile, type Values } from './views.ts'

type Request = FastifyRequest<{ Params: { id: number } }>
type Typed = { values: Values; errors?: Values }

/** An expert's own credentials, and what they hand in when one is to be checked again. */
const renewals: FastifyPluginAsyncTypebox = async (app) => {
  const { database } = app
  const address = '/experts/credentials/:id/renewal'

  app.get('/experts/credentials', async (request, reply) => {
    const { id } = request.signedIn()
    if (!(await findProfile(database.read, id))) throw new Forbidden()
    const [credentials, underWay] = await Promise.all([
      listCredentials(database.read, id),
      listUndecided(database.read, id),
    ])
    const now = new Date()
    const rows = credentials.map((credential) => {
      const renewal = underWay.find(({ credentialId }) => credentialId === credential.id)
      const isSent = renewal && renewal.status !== 'draft'
      return {
        ...credential,
        hasLapsed: credential.checkAgainAt <= now,
        renewalPath: isSent ? applicationPath(renewal) : undefined,
      }
    })
    return reply.render('applications/credentials', { credentials: rows, crumbs: crumbsIn(request) })
  })

  app.get(address, { schema: { params: IdParams } }, async (request, reply) => {
    const { credential, renewal } = await requested(request)
    if (renewal && renewal.status !== 'draft') return toPage(request, reply, renewal)
    const { number, registerUrl } = renewal ?? credential
    return showForm(request, reply, { values: { number, registerUrl: registerUrl ?? '' } })
  })

  const sent = { schema: { params: IdParams, body: RenewalForm }, attachValidation: true, preValidation: readForm }
  app.post(address, { ...sent, config: UPLOADS }, async (request, reply) => {
    const { credential } = await requested(request)
    const values = request.typed()
    const { application, left } = await database.write((db) => keep(db, request, credential))
    if (!application) throw new Conflict('Somebody else has sent this form. Please open it anew.')
    if (application.status !== 'draft') return toPage(request, reply, application)
    const errors = problemsOf(request, left)
    if (errors) return showForm(request, reply.code(422), { values, errors })
    await database.write((db) => send(db, request, application))
    return toPage(request, reply.notice('It is with our staff. We will write to you.'), application)
  })

  async function keep(db: Writer, request: Request, { id: credentialId, expertId, issuer }: Credential) {
    const { number = '', registerUrl = '', key = newKey() } = request.typed()
    const { profession, credentials, country, biography, interests, professionId } = (await findProfile(db, expertId))!
    const known = {
      profession,
      credentials,
      country: country ?? '',
      biography: biography ?? '',
      interests,
      professionId,
    }
    const fields = { ...known, issuer, number, registerUrl }
    return keepDraft(db, request, { accountId: expertId, submissionKey: key, credentialId, fields, categoryIds: [] })
  }

  /** One's own. */
  async function requested(request: Request) {
    const { id } = request.signedIn()
    const credential = await findCredential(database.read, request.params.id)
    if (credential?.expertId !== id) throw new NotFound()
    const underWay = await listUndecided(database.read, id)
    return { credential, renewal: underWay.find(({ credentialId }) => credentialId === credential.id) }
  }

  async function showForm(request: Request, reply: FastifyReply, { values, errors }: Typed) {
    const { credential, renewal } = await requested(request)
    const files = renewal ? await listFiles(database.read, renewal.id) : []
    const key = values.key ?? renewal?.submissionKey ?? newKey()
    return reply.header('cache-control', 'private, no-store').render('applications/renewal', {
      action: request.page.path.split('?')[0]!,
      issuer: credential.issuer,
      values: { ...values, key },
      errors,
      files: files.map(shownFile),
      crumbs: [...crumbsIn(request), { name: request.page.t('Renewal') }],
    })
  }
}

async function send(db: Writer, request: Request, renewal: Application) {
  if (!(await sendDraft(db, renewal.id))) return
  const viewer = request.signedIn()
  const { remark } = request.typed()
  if (remark) await addMessage(db, renewal.id, { authorId: viewer.id, isByStaff: false, body: remark })
  const event = { actorId: viewer.id, subjectKind: 'application' as const, subjectId: renewal.id }
  await recordEvent(db, { ...event, action: 'renewal-sent' })
  await queueMail(db, receivedMail(request.page, viewer, renewal))
  await tellStaff(db, request.page, renewal)
}

function problemsOf(request: Request, left: Evidence[]) {
  const errors = { ...request.formErrors(), ...addressProblem(request) }
  const files = uploadProblem(request, left)
  if (files) errors.files = files
  return Object.keys(errors).length > 0 ? errors : undefined
}

const toPage = (request: Request, reply: FastifyReply, renewal: Application) =>
  reply.redirect(request.page.url(applicationPath(renewal)), 303)

const crumbsIn = ({ page: { t } }: FastifyRequest) => [
  { name: t('Experts'), path: '/experts' },
  { name: t('My credentials'), path: '/experts/credentials' },
]

export default renewals
