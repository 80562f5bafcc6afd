import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { FormErrors } from '../lib/form-errors.ts'
import { safePath } from '../lib/urls.ts'
import { queueMail } from '../notifications/queries.ts'
import { NotFound } from '../plugins/errors.ts'
import { bareCode, newSealedSecret, setUpOf, stepOf } from './authenticators.ts'
import { again, leadOn } from './entry.ts'
import { CodeForm, NextQuery, ProofForm, SetUpQuery } from './forms.ts'
import { createCodeLimit } from './limits.ts'
import { listPasskeys } from './passkey-queries.ts'
import { passkeySite } from './passkeys.ts'
import { createProof } from './proofs.ts'
import {
  authenticatorAddedMail,
  authenticatorRemovedMail,
  recoveryCodesRenewedMail,
  twoFactorOffMail,
} from './second-factor-mails.ts'
import * as queries from './second-factor-queries.ts'
import { askedOf, assertAllowed, HOME, isRequiredOf, removals, showCodes, showRemoval } from './second-factor-views.ts'

type Query = FastifyRequest<{ Querystring: { next?: string } }>

/** Setting up, changing and turning off the second step of one's own account. */
const secondFactors: FastifyPluginAsyncTypebox = async (app) => {
  const { database, config } = app
  const prove = createProof(app)
  const limitCodes = createCodeLimit(app, ({ viewer }) => viewer?.id)

  app.get(HOME, { schema: { querystring: SetUpQuery } }, async (request, reply) => {
    const { id } = request.signedIn()
    return reply.render('accounts/two-factor', {
      authenticator: await queries.findAuthenticator(database.read, id),
      passkeys: await listPasskeys(database.read, id),
      recoveryCodes: await queries.countRecoveryCodes(database.read, id),
      isRequired: isRequiredOf(request),
      canHavePasskeys: passkeySite(request) !== undefined,
      next: request.query.next && safePath(request.query.next),
      canWait: request.query.later !== undefined,
    })
  })

  // --- the authenticator ------------------------------------------------------------------------------------------

  app.get(`${HOME}/authenticator`, { schema: { querystring: NextQuery } }, showAuthenticator)

  app.post(`${HOME}/authenticator`, { schema: { body: ProofForm }, attachValidation: true }, async (request, reply) => {
    const { id } = request.signedIn()
    const asked = await askedOf(request)
    const { password, next } = request.typed()
    const errors = request.formErrors() ?? (asked.isAsked ? await prove(request, reply, password) : undefined)
    if (errors) return again(reply).render('accounts/new-authenticator', { asked, next, errors })
    const secret = await newSealedSecret(config.secret)
    await database.write((db) => queries.beginAuthenticator(db, id, secret))
    return reply.redirect(request.page.url(`${HOME}/authenticator`, { next }), 303)
  })

  const code = { schema: { body: CodeForm }, attachValidation: true }
  app.post(`${HOME}/authenticator/confirmation`, code, async (request, reply) => {
    const viewer = request.signedIn()
    const { next } = request.typed()
    const pending = await queries.findPendingAuthenticator(database.read, viewer.id, new Date())
    if (!pending) return reply.redirect(request.page.url(`${HOME}/authenticator`, { next }), 303)
    const errors = request.formErrors() ?? (await limitCodes(request, reply))
    if (errors) return showPending(request, again(reply), { sealed: pending.secret, next, errors })
    const step = await stepOf(bareCode(request.body.code), { sealed: pending.secret, key: config.secret }, new Date())
    if (step === undefined) {
      const wrong = request.page.t('This is not the code the app shows now. Is the clock of your phone right?')
      return showPending(request, again(reply), { sealed: pending.secret, next, errors: { code: wrong } })
    }
    await limitCodes.forgive(request)
    const done = await database.write(async (db) => {
      const isConfirmed = await queries.confirmAuthenticator(db, { accountId: viewer.id, secret: pending.secret, step })
      if (!isConfirmed) return undefined
      await queries.endOtherAccess(db, { accountId: viewer.id, sessionId: viewer.sessionId })
      await queueMail(db, authenticatorAddedMail(request.page, viewer))
      return { codes: await queries.addRecoveryCodes(db, viewer.id) }
    })
    if (!done) return reply.redirect(request.page.url(`${HOME}/authenticator`, { next }), 303)
    if (done.codes) return showCodes(reply, { codes: done.codes, next })
    return leadOn(request, reply.notice('Your authenticator app is set up.'), safePath(next, HOME))
  })

  // --- recovery codes ---------------------------------------------------------------------------------------------

  app.get(`${HOME}/recovery-codes`, async (request, reply) => {
    withSecondFactor(request)
    return showRemoval(request, reply, removals(request.page.t).recoveryCodes)
  })

  app.post(
    `${HOME}/recovery-codes`,
    { schema: { body: ProofForm }, attachValidation: true },
    async (request, reply) => {
      const viewer = withSecondFactor(request)
      const errors = await refusal(request, reply)
      if (errors) return showRemoval(request, again(reply), removals(request.page.t).recoveryCodes, errors)
      const codes = await database.write(async (db) => {
        await queueMail(db, recoveryCodesRenewedMail(request.page, viewer))
        return queries.renewRecoveryCodes(db, viewer.id)
      })
      return showCodes(reply, { codes })
    },
  )

  // --- removal ----------------------------------------------------------------------------------------------------

  app.get(`${HOME}/authenticator/removal`, async (request, reply) => {
    withSecondFactor(request)
    return showRemoval(request, reply, removals(request.page.t).authenticator)
  })

  const proof = { schema: { body: ProofForm }, attachValidation: true }
  app.post(`${HOME}/authenticator/removal`, proof, async (request, reply) => {
    const viewer = withSecondFactor(request)
    const errors = await refusal(request, reply)
    if (errors) return showRemoval(request, again(reply), removals(request.page.t).authenticator, errors)
    await database.write(async (db) => {
      assertAllowed(request, await queries.deleteAuthenticator(db, viewer.id))
      await queries.endOtherAccess(db, { accountId: viewer.id, sessionId: viewer.sessionId })
      await queueMail(db, authenticatorRemovedMail(request.page, viewer))
    })
    return leadOn(request, reply.notice('The authenticator app is removed.'), HOME)
  })

  app.get(`${HOME}/removal`, async (request, reply) => {
    withSecondFactor(request)
    return showRemoval(request, reply, removals(request.page.t).everything)
  })

  app.post(`${HOME}/removal`, proof, async (request, reply) => {
    const viewer = withSecondFactor(request)
    assertAllowed(request, false)
    const errors = await refusal(request, reply)
    if (errors) return showRemoval(request, again(reply), removals(request.page.t).everything, errors)
    await database.write(async (db) => {
      await queries.deleteSecondFactors(db, viewer.id)
      await queries.endOtherAccess(db, { accountId: viewer.id, sessionId: viewer.sessionId })
      await queueMail(db, twoFactorOffMail(request.page, viewer))
    })
    return leadOn(request, reply.notice('Two-step sign-in is turned off.'), HOME)
  })

  const refusal = async (request: FastifyRequest, reply: FastifyReply) =>
    request.formErrors() ?? (await prove(request, reply, request.typed().password))

  async function showAuthenticator(request: Query, reply: FastifyReply) {
    const { id } = request.signedIn()
    const { next } = request.query
    const pending = await queries.findPendingAuthenticator(database.read, id, new Date())
    if (pending) return showPending(request, reply, { sealed: pending.secret, next })
    return reply.render('accounts/new-authenticator', { asked: await askedOf(request), next })
  }

  type Pending = { sealed: string; next?: string; errors?: FormErrors }

  async function showPending(request: FastifyRequest, reply: FastifyReply, { sealed, next, errors }: Pending) {
    const { siteName, url } = request.page
    const setUp = await setUpOf({ sealed, key: config.secret }, { siteName, email: request.signedIn().email })
    if (!setUp) return reply.redirect(url(HOME, { next }), 303)
    return reply.render('accounts/authenticator', { ...setUp, next, errors })
  }
}

/** @throws where there is nothing to remove, nor to recover */
function withSecondFactor(request: FastifyRequest) {
  const viewer = request.signedIn()
  if (!viewer.twoFactorEnabled) throw new NotFound()
  return viewer
}

export default secondFactors
