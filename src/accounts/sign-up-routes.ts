import { randomUUID } from 'node:crypto'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Writer } from '../database/types.ts'
import { findHelpOnTheWay } from '../drafts/help.ts'
import { queueMail } from '../notifications/queries.ts'
import type { Page } from '../plugins/views.ts'
import { again, leadOn, letIn } from './entry.ts'
import { ConfirmationForm, NextQuery, SignUpForm, TokenQuery } from './forms.ts'
import { createLimit, namedAddress } from './limits.ts'
import { createLink, findLink, LINK_HOURS, type Links, signInPath, takeLink } from './link-queries.ts'
import { alreadySignedUpMail, confirmSignUpMail } from './mails.ts'
import { passwordErrors } from './passwords.ts'
import { createAccount, findAccountByEmail, normalEmail } from './queries.ts'
import { leadToMail, mailedTo, showsConfirmation } from './views.ts'

const BROWSER_COOKIE = 'sign_up'
const BROWSER_SECONDS = LINK_HOURS['sign-up'] * 3600
const INSTEAD = [
  { name: 'Sign in', path: '/sign-in' },
  { name: 'Sign up again', path: '/sign-up' },
]

/** An account is made when its address is confirmed, not before: nobody can take up an address that is not theirs. */
const signUp: FastifyPluginAsyncTypebox = async (app) => {
  const { auth, database } = app
  const limitSignUps = createLimit(app, {
    name: 'sign-up',
    minutes: 60,
    byVisitor: 30,
    byTarget: 5,
    target: namedAddress,
  })
  const limitGuesses = createLimit(app, {
    name: 'confirm-address',
    minutes: 15,
    byVisitor: 30,
    byTarget: 10,
    target: presentedToken,
  })

  app.get('/sign-up', { schema: { querystring: NextQuery } }, async (request, reply) => {
    const { next } = request.query
    if (request.viewer) return leadOn(request, reply, next)
    return reply.render('accounts/sign-up', { values: { next }, help: await findHelpOnTheWay(request, next) })
  })

  app.post('/sign-up', { schema: { body: SignUpForm }, attachValidation: true }, async (request, reply) => {
    const { page, body } = request
    const errors =
      request.formErrors() ??
      passwordErrors(page, { field: 'password', password: body.password, about: [body.name, body.email] }) ??
      (await limitSignUps(request, reply))
    if (errors) {
      const help = await findHelpOnTheWay(request, body.next)
      return again(reply).render('accounts/sign-up', { values: request.typed(), errors, help })
    }

    const { password, ...person } = body
    const email = normalEmail(body.email)
    const browser = randomUUID()
    const asked = { ...person, email, browser, passwordHash: await auth.hashPassword(password) }
    const path = await database.write((db) => mailConfirmation(db, page, asked))
    const link = showsConfirmation(request) ? path : undefined
    reply.setCookie(BROWSER_COOKIE, browser, { signed: true, maxAge: BROWSER_SECONDS })
    return leadToMail(request, reply, { purpose: 'sign-up', email, link, next: body.next })
  })

  app.get('/check-mail', async (request, reply) => {
    const mailed = mailedTo(request)
    return reply.render('accounts/check-mail', { ...mailed, help: await findHelpOnTheWay(request, mailed.next) })
  })

  app.get('/confirm-address', { schema: { querystring: TokenQuery } }, async (request, reply) => {
    const { token } = request.query
    const link = await findLink(database.read, 'sign-up', token)
    if (!link) return refuse(request, reply)
    const asksPassword = !isSameBrowser(request, link)
    const help = await findHelpOnTheWay(request, link.next)
    return reply.render('accounts/confirm-address', { values: { token }, email: link.email, asksPassword, help })
  })

  app.post('/confirm-address', { schema: { body: ConfirmationForm } }, async (request, reply) => {
    const { token, password = '' } = request.body
    const link = await findLink(database.read, 'sign-up', token)
    if (!link) return refuse(request, reply)
    if (!isSameBrowser(request, link)) {
      const errors = (await limitGuesses(request, reply)) ?? (await wrongPassword(request, password, link))
      const help = await findHelpOnTheWay(request, link.next)
      const data = { values: { token }, email: link.email, asksPassword: true, help }
      if (errors) return again(reply).render('accounts/confirm-address', { ...data, errors })
    }
    const account = await database.write(async (db) => {
      const taken = await takeLink(db, 'sign-up', token)
      return taken && createAccount(db, taken)
    })
    if (!account) return refuse(request, reply)
    reply.clearCookie(BROWSER_COOKIE).notice('Your e-mail address is confirmed. Welcome!')
    return letIn(request, reply, { accountId: account.id, next: link.next })
  })
}

/** @returns the path of the link, unless the address has an account: then its holder is told, and nobody else. */
async function mailConfirmation(db: Writer, page: Page, asked: Links['sign-up']) {
  const holder = await findAccountByEmail(db, asked.email)
  if (holder) {
    const token = await createLink(db, 'sign-in', { accountId: holder.id, next: asked.next })
    await queueMail(db, alreadySignedUpMail(page, holder, signInPath(token)))
    return undefined
  }
  const path = `/confirm-address?token=${await createLink(db, 'sign-up', asked)}`
  await queueMail(db, confirmSignUpMail(page, { email: asked.email, path }))
  return path
}

/**
 * Elsewhere the password is asked for: somebody may have signed up with an address that is not theirs, hoping that
 * its holder confirms without a thought an account they know the password of.
 */
function isSameBrowser(request: FastifyRequest, { browser }: Links['sign-up']) {
  const { valid, value } = request.unsignCookie(request.cookies[BROWSER_COOKIE] ?? '')
  return valid && value === browser
}

async function wrongPassword({ server, page }: FastifyRequest, password: string, { passwordHash }: Links['sign-up']) {
  if (await server.auth.isPassword(password, passwordHash)) return undefined
  return { password: page.t('This is not the password you chose when you signed up.') }
}

const refuse = (request: FastifyRequest, reply: FastifyReply) =>
  request.viewer ? leadOn(request, reply) : reply.code(410).render('accounts/dead-link', { ways: INSTEAD })

const presentedToken = ({ body }: FastifyRequest) => String((body as { token?: unknown }).token)

export default signUp
