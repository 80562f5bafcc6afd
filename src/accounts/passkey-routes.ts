import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { FormErrors } from '../lib/form-errors.ts'
import { safePath } from '../lib/urls.ts'
import { queueMail } from '../notifications/queries.ts'
import { NotFound } from '../plugins/errors.ts'
import { again, leadOn } from './entry.ts'
import { NewPasskeyForm, NextQuery, PasskeyParams, ProofForm } from './forms.ts'
import { createPasskey, deletePasskey, findPasskey, listPasskeys } from './passkey-queries.ts'
import { checkRegistration, passkeySite, readAnswer, registrationOptions } from './passkeys.ts'
import { createProof } from './proofs.ts'
import { passkeyAddedMail, passkeyRemovedMail } from './second-factor-mails.ts'
import { addRecoveryCodes, endOtherAccess } from './second-factor-queries.ts'
import { askedOf, assertAllowed, HOME, passkeyRemoval, showCodes, showRemoval } from './second-factor-views.ts'
import { ceremonyOf } from './second-step.ts'

type Request = FastifyRequest<{ Params: { id: number } }>

const passkeys: FastifyPluginAsyncTypebox = async (app) => {
  const { database, config } = app
  const prove = createProof(app)

  app.get(`${HOME}/passkeys/new`, { schema: { querystring: NextQuery } }, async (request, reply) => {
    request.signedIn()
    return show(request, reply, { next: request.query.next })
  })

  app.get(`${HOME}/passkeys/options`, async (request) => {
    const viewer = request.signedIn()
    const ceremony = ceremonyOf(request, purposeOf(viewer.sessionId))
    if (!ceremony) throw new NotFound()
    return registrationOptions(ceremony, viewer, await listPasskeys(database.read, viewer.id), config.siteName)
  })

  app.post(`${HOME}/passkeys`, { schema: { body: NewPasskeyForm }, attachValidation: true }, async (request, reply) => {
    const viewer = request.signedIn()
    const { isAsked } = await askedOf(request)
    const { password, next } = request.typed()
    const errors = request.formErrors() ?? (isAsked ? await prove(request, reply, password) : undefined)
    if (errors) return show(request, again(reply), { next, errors })
    const [answer, ceremony] = [readAnswer(request.body.passkey), ceremonyOf(request, purposeOf(viewer.sessionId))]
    const passkey = answer && ceremony && (await checkRegistration(answer, ceremony))
    if (!passkey) return refuse(request, reply)
    const { name } = request.body
    const done = await database.write(async (db) => {
      if (!(await createPasskey(db, { ...passkey, name, accountId: viewer.id }))) return undefined
      await endOtherAccess(db, { accountId: viewer.id, sessionId: viewer.sessionId })
      await queueMail(db, passkeyAddedMail(request.page, viewer, name))
      return { codes: await addRecoveryCodes(db, viewer.id) }
    })
    if (!done) return refuse(request, reply)
    if (done.codes) return showCodes(reply, { codes: done.codes, next })
    return leadOn(request, reply.notice('Your passkey is added.'), safePath(next, HOME))
  })

  app.get(`${HOME}/passkeys/:id/removal`, { schema: { params: PasskeyParams } }, async (request, reply) =>
    showRemoval(request, reply, passkeyRemoval(request.page.t, await requested(request))),
  )

  app.post(
    `${HOME}/passkeys/:id/removal`,
    { schema: { params: PasskeyParams, body: ProofForm }, attachValidation: true },
    async (request, reply) => {
      const viewer = request.signedIn()
      const passkey = await requested(request)
      const errors = request.formErrors() ?? (await prove(request, reply, request.typed().password))
      if (errors) return showRemoval(request, again(reply), passkeyRemoval(request.page.t, passkey), errors)
      await database.write(async (db) => {
        assertAllowed(request, await deletePasskey(db, viewer.id, passkey.id))
        await endOtherAccess(db, { accountId: viewer.id, sessionId: viewer.sessionId })
        await queueMail(db, passkeyRemovedMail(request.page, viewer, passkey.name))
      })
      return leadOn(request, reply.notice('The passkey is removed.'), HOME)
    },
  )

  async function requested(request: Request) {
    const passkey = await findPasskey(database.read, request.signedIn().id, request.params.id)
    if (!passkey) throw new NotFound()
    return passkey
  }

  async function show(
    request: FastifyRequest,
    reply: FastifyReply,
    { next, errors }: { next?: string; errors?: FormErrors },
  ) {
    return reply.render('accounts/new-passkey', {
      values: { name: request.typed().name },
      asked: await askedOf(request),
      isPossible: passkeySite(request) !== undefined,
      next,
      errors,
    })
  }

  function refuse(request: FastifyRequest, reply: FastifyReply) {
    const form = request.page.t('This passkey could not be added. Please try again, or with another device.')
    return show(request, again(reply), { next: request.typed().next, errors: { form } })
  }
}

/** What one session was asked, no other answers. */
const purposeOf = (sessionId: number) => `registration ${sessionId}`

export default passkeys
