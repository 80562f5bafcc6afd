import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { FormErrors } from '../lib/form-errors.ts'
import { NotFound } from '../plugins/errors.ts'
import { again, leadOn, letIn } from './entry.ts'
import { NextQuery, PasskeyForm, SecondStepForm } from './forms.ts'
import { createCodeLimit, createLimit } from './limits.ts'
import { takeLink } from './link-queries.ts'
import { listPasskeys } from './passkey-queries.ts'
import { passkeySite, signInOptions } from './passkeys.ts'
import { findAuthenticator } from './second-factor-queries.ts'
import {
  ceremonyOf,
  endPending,
  findPending,
  keepBrowserToken,
  pendingPurpose,
  pendingToken,
  rememberBrowser,
  takeCode,
  takePasskey,
} from './second-step.ts'

const DIRECTLY = 'sign-in'

type Given = { code?: string; recoveryCode?: string; passkey?: string }

/** The second step of signing in; and passkeys, which are both steps in one. */
const secondStep: FastifyPluginAsyncTypebox = async (app) => {
  const { database } = app
  const limitCodes = createCodeLimit(app, async (request) => (await findPending(request))?.accountId)
  const limitPasskeys = createLimit(app, {
    name: 'passkey',
    minutes: 15,
    byVisitor: 30,
    byTarget: 30,
    target: ({ ip }) => ip,
  })

  app.get('/sign-in/second-step', { schema: { querystring: NextQuery } }, async (request, reply) => {
    const { next } = request.query
    const pending = await findPending(request)
    if (pending) return show(request, reply, { accountId: pending.accountId, next })
    return request.viewer ? leadOn(request, reply, next) : beginAgain(request, reply, next)
  })

  const posted = { schema: { body: SecondStepForm }, attachValidation: true }
  app.post('/sign-in/second-step', posted, async (request, reply) => {
    const { next } = request.typed()
    const pending = await findPending(request)
    if (!pending) return beginAgain(request, reply, next)
    const { accountId } = pending
    const errors = request.formErrors() ?? (await limitCodes(request, reply)) ?? (await wrong(request, accountId))
    if (errors) return show(request, again(reply), { accountId, next, errors })
    await limitCodes.forgive(request)
    return finish(request, reply, { accountId, next })
  })

  app.get('/sign-in/second-step/passkey', async (request) => {
    const [pending, ceremony] = [await findPending(request), ceremonyOf(request, pendingPurpose(request))]
    if (!pending || !ceremony) throw new NotFound()
    return signInOptions(ceremony, await listPasskeys(database.read, pending.accountId))
  })

  app.get('/sign-in/passkey', async (request) => {
    const ceremony = ceremonyOf(request, DIRECTLY)
    if (!ceremony) throw new NotFound()
    return signInOptions(ceremony)
  })

  app.post('/sign-in/passkey', { schema: { body: PasskeyForm }, attachValidation: true }, async (request, reply) => {
    const values = request.typed()
    const errors = request.formErrors() ?? (await limitPasskeys(request, reply))
    const accountId = errors ? undefined : await takePasskey(request, DIRECTLY, values.passkey)
    if (accountId !== undefined) return letIn(request, endPending(reply), { accountId, next: values.next })
    const form = request.page.t('This passkey does not work here. Please try again, or sign in in another way.')
    const data = { values: { next: values.next }, errors: errors ?? { form } }
    return again(reply).render('accounts/sign-in', { ...data, hasPasskeys: passkeySite(request) !== undefined })
  })

  async function wrong(request: FastifyRequest, accountId: number): Promise<FormErrors | undefined> {
    const { t } = request.page
    const { code, recoveryCode, passkey }: Given = request.typed()
    if (passkey) {
      if ((await takePasskey(request, pendingPurpose(request), passkey)) === accountId) return undefined
      return { form: t('This passkey does not work here. Please try again, or take another way.') }
    }
    const field = recoveryCode === undefined ? 'code' : 'recoveryCode'
    const given = recoveryCode ?? code
    if (!given) return { [field]: t('Please fill this in.') }
    if (await takeCode(request, accountId, given)) return undefined
    return { [field]: t('This code does not work. Each works once, and those of the app for half a minute.') }
  }

  type Shown = { accountId: number; next?: string; errors?: FormErrors }

  async function show(request: FastifyRequest, reply: FastifyReply, { accountId, next, errors }: Shown) {
    const passkeys = await listPasskeys(database.read, accountId)
    return reply.render('accounts/second-step', {
      hasAuthenticator: (await findAuthenticator(database.read, accountId)) !== undefined,
      hasPasskey: passkeys.length > 0 && passkeySite(request) !== undefined,
      isRemembered: request.typed().remember === 'true',
      next,
      errors,
    })
  }

  /** Of two tabs one signs in. */
  async function finish(request: FastifyRequest, reply: FastifyReply, { accountId, next }: Shown) {
    const isToBeRemembered = request.typed().remember === 'true'
    const done = await database.write(async (db) => {
      if (!(await takeLink(db, 'second-step', pendingToken(request)))) return undefined
      return { browser: isToBeRemembered ? await rememberBrowser(db, accountId) : undefined }
    })
    if (!done) return beginAgain(request, reply, next)
    if (done.browser) keepBrowserToken(reply, done.browser)
    return letIn(request, endPending(reply), { accountId, next })
  }

  const beginAgain = (request: FastifyRequest, reply: FastifyReply, next?: string) =>
    endPending(reply)
      .notice('That took a while. Please sign in again.')
      .redirect(request.page.url('/sign-in', { next }), 303)
}

export default secondStep
