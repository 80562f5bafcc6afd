import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import { findHelpOnTheWay } from '../drafts/help.ts'
import type { FormErrors } from '../lib/form-errors.ts'
import { queueMail } from '../notifications/queries.ts'
import { admit, again, endOwnSession, leadOn } from './entry.ts'
import { LinkForm, NextQuery, SignInForm, TokenForm, TokenQuery } from './forms.ts'
import { createLimit, namedAddress } from './limits.ts'
import { createLink, findLink, signInPath, takeLink } from './link-queries.ts'
import { noAccountMail, signInMail } from './mails.ts'
import { passkeySite } from './passkeys.ts'
import { findAccount, findAccountByEmail } from './queries.ts'
import { leadToMail } from './views.ts'

const INSTEAD = [{ name: 'Get another link', path: '/sign-in' }]

/** No answer tells whether an address has an account: what is shown, what it costs and that a mail goes out is the same. */
const signIn: FastifyPluginAsyncTypebox = async (app) => {
  const { auth, database } = app
  // fewer by one visitor than for one account, so that no single stranger locks somebody out
  const limitGuesses = createLimit(app, {
    name: 'sign-in',
    minutes: 15,
    byVisitor: 30,
    byTarget: 40,
    target: namedAddress,
  })
  const limitMails = createLimit(app, {
    name: 'sign-in mail',
    minutes: 60,
    byVisitor: 30,
    byTarget: 5,
    target: namedAddress,
  })

  app.get('/sign-in', { schema: { querystring: NextQuery } }, async (request, reply) => {
    const { next } = request.query
    if (request.viewer) return leadOn(request, reply, next)
    return reply.render('accounts/sign-in', await signInPage(request, { next }))
  })

  app.post('/sign-in', { schema: { body: SignInForm }, attachValidation: true }, async (request, reply) => {
    const values = request.typed()
    const errors = request.formErrors() ?? (await limitGuesses(request, reply))
    if (errors) return again(reply).render('accounts/sign-in', await signInPage(request, values, errors))
    const { email, password, next } = request.body
    const account = await auth.findHolder({ email, password })
    if (account) return admit(request, reply, { accountId: account.id, next })
    const form = request.page.t(
      'E-mail address and password do not match. New here? Then first open the link we mailed you.',
    )
    return reply.code(422).render('accounts/sign-in', await signInPage(request, values, { form }))
  })

  app.post('/sign-in/links', { schema: { body: LinkForm }, attachValidation: true }, async (request, reply) => {
    const errors = request.formErrors() ?? (await limitMails(request, reply))
    const values = request.typed()
    if (errors) return again(reply).render('accounts/sign-in', await signInPage(request, values, errors))
    const { email, next } = request.body
    await database.write(async (db) => {
      const account = await findAccountByEmail(db, email)
      if (!account) return queueMail(db, noAccountMail(request.page, email))
      const token = await createLink(db, 'sign-in', { accountId: account.id, next })
      return queueMail(db, signInMail(request.page, account, signInPath(token)))
    })
    return leadToMail(request, reply, { purpose: 'sign-in', email, next })
  })

  app.get('/sign-in/link', { schema: { querystring: TokenQuery } }, async (request, reply) => {
    const { token = '' } = request.query
    const link = await findLink(database.read, 'sign-in', token)
    const account = link && (await findAccount(database.read, link.accountId))
    if (request.viewer && (!account || account.id === request.viewer.id)) return leadOn(request, reply, link?.next)
    if (!account) return reply.code(410).render('accounts/dead-link', { ways: INSTEAD })
    const help = await findHelpOnTheWay(request, link?.next)
    return reply.render('accounts/sign-in-link', { token, email: account.email, help })
  })

  app.post('/sign-in/link', { schema: { body: TokenForm } }, async (request, reply) => {
    const link = await database.write((db) => takeLink(db, 'sign-in', request.body.token))
    const account = link && (await findAccount(database.read, link.accountId))
    if (!account) return reply.code(410).render('accounts/dead-link', { ways: INSTEAD })
    return admit(request, reply, { accountId: account.id, next: link.next })
  })

  app.post('/sign-out', async (request, reply) => {
    await endOwnSession(request)
    return reply.endSession().notice('You are signed out.').redirect(request.page.url('/'), 303)
  })
}

const signInPage = async (
  request: FastifyRequest,
  values: Record<string, string | undefined>,
  errors?: FormErrors,
) => ({
  values,
  errors,
  hasPasskeys: passkeySite(request) !== undefined,
  help: await findHelpOnTheWay(request, values.next),
})

export default signIn
