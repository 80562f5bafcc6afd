import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { isAdministrator, isModerator } from '../accounts/policy.ts'
import { findAccount } from '../accounts/queries.ts'
import { recordEvent } from '../audit/queries.ts'
import type { Writer } from '../database/types.ts'
import { IdParams } from '../lib/shapes.ts'
import { Conflict, Forbidden, NotFound } from '../plugins/errors.ts'
import type { Viewer } from '../plugins/sessions.ts'
import { checkedProblems } from './credential-checks.ts'
import {
  addCredential,
  type Credential,
  DUE_DAYS,
  findCredential,
  listCredentials,
  listCredentialsDue,
  removeCredential,
  updateCredential,
} from './credential-queries.ts'
import {
  checkedToday,
  credentialValues,
  dayOf,
  dueCrumbs,
  managed,
  managedCrumbs,
  managedPath,
} from './credential-views.ts'
import { CredentialForm, CredentialQuery } from './forms.ts'
import { findProfile } from './queries.ts'

type Request = FastifyRequest<{ Params: { id: number } }>
type Typed = { values: Record<string, string>; errors?: Record<string, string> }

const MOST_DUE = 200

/** Staff keep what was checked about experts, and look again in time. */
const credentials: FastifyPluginAsyncTypebox = async (app) => {
  const { database } = app

  app.addHook('onRequest', async (request) => {
    if (!isModerator(request.signedIn())) throw new Forbidden()
  })

  app.get('/moderation/credentials', async ({ page }, reply) => {
    const now = new Date()
    const due = await listCredentialsDue(database.read, { days: DUE_DAYS, now, limit: MOST_DUE })
    const rows = due.map((credential) => ({ ...credential, hasLapsed: credential.checkAgainAt <= now }))
    return reply.render('experts/due', { credentials: rows, crumbs: dueCrumbs(page.t) })
  })

  app.get('/moderation/experts/:id/credentials', { schema: { params: IdParams } }, async (request, reply) =>
    showAll(request, reply, { values: checkedToday() }),
  )

  const added = { schema: { params: IdParams, body: CredentialForm }, attachValidation: true }
  app.post('/moderation/experts/:id/credentials', added, async (request, reply) => {
    const { id: expertId } = request.params
    assertManages(request.signedIn(), expertId)
    await requestedExpert(expertId)
    const errors = checkedProblems(request)
    if (errors) return showAll(request, reply.code(422), { values: request.typed(), errors })
    const checked = { ...checkedIn(request.body), checkedById: request.signedIn().id }
    await database.write(async (db) => {
      await addCredential(db, expertId, checked)
      await record(request, db, { action: 'credential-added', expertId, reason: checked.issuer })
    })
    return back(request, reply.notice('The registration is entered.'), expertId)
  })

  app.get(
    '/moderation/credentials/:id',
    { schema: { params: IdParams, querystring: CredentialQuery } },
    async (request, reply) => {
      const credential = await requested(request)
      const isAgain = request.query.again !== undefined
      return showForm(request, reply, { credential, isAgain, values: credentialValues(credential, isAgain) })
    },
  )

  const edited = {
    schema: { params: IdParams, body: CredentialForm, querystring: CredentialQuery },
    attachValidation: true,
  }
  app.post('/moderation/credentials/:id', edited, async (request, reply) => {
    const credential = await requested(request)
    const isAgain = request.query.again !== undefined
    const errors = checkedProblems(request, isAgain ? undefined : dayOf(credential.checkAgainAt))
    if (errors) return showForm(request, reply.code(422), { credential, isAgain, values: request.typed(), errors })
    const { expertId } = credential
    const checked = { ...checkedIn(request.body), checkedById: request.signedIn().id }
    const action = dayOf(checked.checkedAt) > dayOf(credential.checkedAt) ? 'credential-renewed' : 'credential-edited'
    await database.write(async (db) => {
      await updateCredential(db, credential, checked)
      await record(request, db, { action, expertId, reason: checked.issuer })
    })
    return back(request, reply.notice('The registration is saved.'), expertId)
  })

  app.delete('/moderation/credentials/:id', { schema: { params: IdParams } }, async (request, reply) => {
    const { id, expertId, issuer } = await requested(request)
    const isRemoved = await database.write(async (db) => {
      if (!(await removeCredential(db, { id, expertId }))) return false
      await record(request, db, { action: 'credential-removed', expertId, reason: issuer })
      return true
    })
    if (!isRemoved) throw new Conflict(ONLY_ONE)
    return back(request, reply.notice('The registration is removed.'), expertId)
  })

  async function requestedExpert(id: number) {
    const [account, profile] = [await findAccount(database.read, id), await findProfile(database.read, id)]
    if (!account || !profile) throw new NotFound()
    return { accountId: id, name: account.name, handle: profile.handle }
  }

  async function requested(request: Request) {
    const credential = await findCredential(database.read, request.params.id)
    if (!credential) throw new NotFound()
    assertManages(request.signedIn(), credential.expertId)
    return credential
  }

  async function showAll(request: Request, reply: FastifyReply, typed: Typed) {
    const expert = await requestedExpert(request.params.id)
    const credentials = managed(await listCredentials(database.read, expert.accountId))
    const canManage = manages(request.signedIn(), expert.accountId)
    const crumbs = managedCrumbs(request.page.t, expert)
    return reply.render('experts/managed', { ...typed, expert, credentials, canManage, crumbs })
  }

  async function showForm(
    request: Request,
    reply: FastifyReply,
    form: Typed & { credential: Credential; isAgain: boolean },
  ) {
    const expert = await requestedExpert(form.credential.expertId)
    const crumbs = [...managedCrumbs(request.page.t, expert), { name: form.credential.issuer }]
    return reply.render('experts/credential-form', { ...form, listPath: managedPath(expert.accountId), crumbs })
  }
}

const ONLY_ONE =
  'This is their only registration: without it they would be verified for ever. Enter another first, or withdraw their verification.'

/** Nobody vouches for themselves, but for administrators: they may be all there is. */
const manages = (viewer: Viewer, expertId: number) => viewer.id !== expertId || isAdministrator(viewer)

function assertManages(viewer: Viewer, expertId: number) {
  if (!manages(viewer, expertId)) throw new Forbidden()
}

const checkedIn = ({ checkedOn, checkAgainOn, registerUrl = '', ...names }: CredentialForm) => ({
  ...names,
  registerUrl: registerUrl || null,
  checkedAt: new Date(checkedOn),
  checkAgainAt: new Date(checkAgainOn),
})

type Event = { action: string; expertId: number; reason: string }

const record = (request: Request, db: Writer, { expertId, ...event }: Event) =>
  recordEvent(db, { ...event, actorId: request.signedIn().id, subjectKind: 'expert', subjectId: expertId })

const back = (request: Request, reply: FastifyReply, expertId: number) =>
  reply.redirect(request.page.url(managedPath(expertId)), 303)

export default credentials
