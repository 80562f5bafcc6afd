import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { findAccount } from '../accounts/queries.ts'
import { secondFactorsResetMail } from '../accounts/second-factor-mails.ts'
import { findStanding, resetSecondFactors } from '../accounts/second-factor-queries.ts'
import { recordEvent } from '../audit/queries.ts'
import type { FormErrors } from '../lib/form-errors.ts'
import { IdParams } from '../lib/shapes.ts'
import { queueMail } from '../notifications/queries.ts'
import { Conflict, NotFound } from '../plugins/errors.ts'
import { ResetForm } from './forms.ts'
import { accountCrumbs, accountPath } from './views.ts'

type Request = FastifyRequest<{ Params: { id: number } }>

/** For whoever has lost their phone and their recovery codes. */
const secondFactors: FastifyPluginAsyncTypebox = async (app) => {
  const { database } = app

  app.get('/admin/accounts/:id/two-factor', { schema: { params: IdParams } }, async (request, reply) =>
    show(request, reply),
  )

  const posted = { schema: { params: IdParams, body: ResetForm }, attachValidation: true }
  app.post('/admin/accounts/:id/two-factor', posted, async (request, reply) => {
    const account = await requested(request)
    const errors = request.formErrors()
    if (errors) return show(request, reply.code(422), errors)
    const event = { actorId: request.signedIn().id, subjectKind: 'account' as const, subjectId: account.id }
    await database.write(async (db) => {
      if (!(await resetSecondFactors(db, account.id))) throw new NotFound()
      await recordEvent(db, { ...event, action: 'second-factors-reset', reason: request.body.reason })
      await queueMail(db, secondFactorsResetMail(request.page, account))
    })
    return reply
      .notice('Their two-step sign-in is reset, and they are signed out everywhere.')
      .redirect(request.page.url(accountPath(account.id)), 303)
  })

  /** One's own takes a password or a code, under "My account". */
  async function requested(request: Request) {
    const { id } = request.params
    const account = await findAccount(database.read, id)
    const standing = await findStanding(database.read, id)
    if (!account || !standing?.twoFactorEnabled) throw new NotFound()
    if (request.viewer?.id === id) throw new Conflict('Change your own two-step sign-in under “My account”.')
    return account
  }

  async function show(request: Request, reply: FastifyReply, errors?: FormErrors) {
    const account = await requested(request)
    const crumbs = accountCrumbs(request.page.t, account)
    return reply.render('admin/two-factor', {
      name: account.name,
      path: accountPath(account.id),
      values: request.typed(),
      errors,
      crumbs,
    })
  }
}

export default secondFactors
