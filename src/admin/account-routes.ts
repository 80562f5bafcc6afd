import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { renameAccount } from '../accounts/queries.ts'
import { listEventsAbout, recordEvent } from '../audit/queries.ts'
import { shownEvent } from '../audit/views.ts'
import { isUniqueViolation } from '../database/dialect.ts'
import type { Writer } from '../database/types.ts'
import { listCredentials } from '../experts/credential-queries.ts'
import { managed } from '../experts/credential-views.ts'
import { isTakenByPage } from '../experts/handles.ts'
import { findProfession } from '../experts/profession-queries.ts'
import { indexExpert } from '../experts/queries.ts'
import { listOwnCategories } from '../experts/scope-queries.ts'
import { verifyExpert, withdrawVerification } from '../experts/verification-queries.ts'
import { byId, pageOf, positionOf } from '../lib/paging.ts'
import { IdParams } from '../lib/shapes.ts'
import { Conflict, NotFound } from '../plugins/errors.ts'
import { monthOf } from '../reviews/views.ts'
import { AccountsQuery, ExpertForm, NameForm, RoleForm, VerificationForm } from './forms.ts'
import { changeRole, findAccountWithProfile, saveExpert, searchAccounts } from './queries.ts'
import {
  accountCrumbs,
  accountPath,
  accountsPage,
  expertFields,
  expertProfile,
  roleOptions,
  type Typed,
} from './views.ts'

type Request = FastifyRequest<{ Params: { id: number } }>
type Event = { action: string; subjectKind?: 'account' | 'expert'; reason?: string }

const accounts: FastifyPluginAsyncTypebox = async (app) => {
  const { database } = app

  app.get('/admin/accounts', { schema: { querystring: AccountsQuery } }, async (request, reply) => {
    const { q, show, after } = request.query
    const found = await searchAccounts(database.read, { q, show, after: positionOf(after) })
    const page = pageOf(found, byId)
    return reply.render('admin/accounts', accountsPage(request.page, { ...page, q, show, isFirstPage: !after }))
  })

  app.get('/admin/accounts/:id', { schema: { params: IdParams } }, async (request, reply) =>
    showAccount(request, reply),
  )

  app.post(
    '/admin/accounts/:id/role',
    { schema: { params: IdParams, body: RoleForm }, attachValidation: true },
    async (request, reply) => {
      const { account, expert } = await requested(request)
      const errors = request.formErrors()
      if (errors) return showAccount(request, reply.code(422), errors)
      const { role } = request.body
      if (role === 'expert' && !expert?.verifiedAt) return leadToVerification(request, reply, expert !== null)
      if (role === account.role) return back(request, reply, 'The role is as it was.')
      const isChanged = await database.write(async (db) => {
        if (!(await changeRole(db, account.id, role))) return false
        await record(request, db, { action: 'role-changed', reason: `${account.role} → ${role}` })
        if (role === 'member') await withdraw(request, db)
        return true
      })
      if (isChanged) return back(request, reply, 'The role is changed.')
      const refusal = request.page.t('Somebody has to run this place: make another administrator first.')
      return showAccount(request, reply.code(422), { role: refusal })
    },
  )

  app.post(
    '/admin/accounts/:id/name',
    { schema: { params: IdParams, body: NameForm }, attachValidation: true },
    async (request, reply) => {
      const { account } = await requested(request)
      const errors = request.formErrors()
      if (errors) return showAccount(request, reply.code(422), errors)
      const { name } = request.body
      if (name === account.name) return back(request, reply, 'The name is as it was.')
      await database.write(async (db) => {
        await renameAccount(db, account.id, name)
        await indexExpert(db, account.id)
        await record(request, db, { action: 'account-renamed', reason: `${account.name} → ${name}` })
      })
      return back(
        request,
        reply,
        'The name is changed. What they have already posted keeps the name it was posted under.',
      )
    },
  )

  app.get('/admin/accounts/:id/expert', { schema: { params: IdParams } }, async (request, reply) => {
    const { account, expert } = await requested(request)
    return showExpertForm(request, reply, { values: expertFields(account.name, expert) })
  })

  app.post(
    '/admin/accounts/:id/expert',
    { schema: { params: IdParams, body: ExpertForm }, attachValidation: true },
    async (request, reply) => {
      const { account } = await requested(request)
      const values = request.typed()
      const errors = request.formErrors()
      if (errors) return showExpertForm(request, reply.code(422), { values, errors })
      const profile = expertProfile(request.body)
      if (isTakenByPage(profile.handle)) return showTaken(request, reply, values)
      try {
        await database.write(async (db) => {
          await saveExpert(db, account.id, profile)
          await record(request, db, { action: 'expert-edited', subjectKind: 'expert' })
        })
      } catch (error) {
        if (!isUniqueViolation(error)) throw error
        return showTaken(request, reply, values)
      }
      return back(request, reply, 'The profile is saved.')
    },
  )

  const verification = { schema: { params: IdParams, body: VerificationForm } }
  app.post('/admin/accounts/:id/verification', verification, async (request, reply) => {
    const { account, expert } = await requested(request)
    if (!expert) throw new Conflict(request.page.t('There is no profile to verify yet.'))
    if (expert.verifiedUntil && expert.verifiedUntil <= new Date())
      throw new Conflict('One of their registrations has lapsed. Check it again first.')
    if ((request.body.name ?? account.name) !== account.name)
      throw new Conflict('They have changed their name since you looked. Check it before you verify them.')
    await database.write(async (db) => {
      const isVerified = await verifyExpert(db, account.id, request.signedIn().id)
      if (isVerified) await record(request, db, { action: 'expert-verified', subjectKind: 'expert' })
    })
    return back(request, reply, 'They are verified and may answer now.')
  })

  app.delete('/admin/accounts/:id/verification', { schema: { params: IdParams } }, async (request, reply) => {
    await requested(request)
    await database.write((db) => withdraw(request, db))
    return back(request, reply, 'They are no longer verified and cannot answer. Their answers stay.')
  })

  async function requested(request: Request) {
    const found = await findAccountWithProfile(database.read, request.params.id)
    if (!found) throw new NotFound()
    return found
  }

  async function withdraw(request: Request, db: Writer) {
    const isWithdrawn = await withdrawVerification(db, request.params.id)
    if (isWithdrawn) await record(request, db, { action: 'expert-unverified', subjectKind: 'expert' })
  }

  function showTaken(request: Request, reply: FastifyReply, values: Typed['values']) {
    const handle = request.page.t('Another page has this address already.')
    return showExpertForm(request, reply.code(422), { values, errors: { handle } })
  }

  /** What was checked about an expert, and where they may answer. */
  async function standingOf({ accountId, professionId }: { accountId: number; professionId: number | null }) {
    const [credentials, own, profession] = await Promise.all([
      listCredentials(database.read, accountId),
      listOwnCategories(database.read, accountId),
      professionId === null ? undefined : findProfession(database.read, professionId),
    ])
    return { credentials: managed(credentials), own, profession: profession?.name }
  }

  /** Nobody is an expert by their role alone. */
  function leadToVerification(request: Request, reply: FastifyReply, hasProfile: boolean) {
    if (hasProfile) return back(request, reply, 'Check their credentials and verify them: that makes them an expert.')
    return reply
      .notice('An expert has a profile. Fill it in, then verify them: that makes them an expert.')
      .redirect(request.page.url(`${accountPath(request.params.id)}/expert`), 303)
  }

  async function showAccount(request: Request, reply: FastifyReply, errors?: Record<string, string>) {
    const { account, expert } = await requested(request)
    const about = (subjectKind: 'account' | 'expert') =>
      listEventsAbout(database.read, { subjectKind, subjectId: account.id })
    const events = (await Promise.all([about('account'), about('expert')])).flat()
    events.sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime())
    return reply.render('admin/account', {
      account,
      since: monthOf(request.page, account.createdAt),
      expert,
      standing: expert ? await standingOf(expert) : undefined,
      events: events.map((event) => shownEvent(request.page, event)),
      roleOptions: roleOptions(request.page.t),
      role: request.typed().role ?? account.role,
      typedName: request.typed().name ?? account.name,
      errors,
      crumbs: accountCrumbs(request.page.t, account),
    })
  }

  async function showExpertForm(request: Request, reply: FastifyReply, typed: Typed) {
    const { account } = await requested(request)
    const crumbs = accountCrumbs(request.page.t, account)
    return reply.render('admin/expert', { ...typed, path: accountPath(account.id), crumbs })
  }

  const record = (request: Request, db: Writer, { subjectKind = 'account', ...event }: Event) =>
    recordEvent(db, { ...event, subjectKind, subjectId: request.params.id, actorId: request.signedIn().id })

  const back = (request: Request, reply: FastifyReply, notice: string) =>
    reply.notice(notice).redirect(request.page.url(accountPath(request.params.id)), 303)
}

export default accounts
