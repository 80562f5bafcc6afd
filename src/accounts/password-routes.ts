import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { queueMail } from '../notifications/queries.ts'
import { admit, again, leadOn } from './entry.ts'
import { LinkForm, NextQuery, PasswordForm, ResetForm, TokenQuery } from './forms.ts'
import { createLimit, namedAddress, ownAccount } from './limits.ts'
import { createLink, findLink, takeLink } from './link-queries.ts'
import { noAccountMail, passwordChangedMail, resetPasswordMail } from './mails.ts'
import { ownPasswordErrors, passwordErrors } from './passwords.ts'
import { findAccount, findAccountByEmail, findPasswordHash, replacePassword } from './queries.ts'
import { leadToMail } from './views.ts'

const INSTEAD = [{ name: 'Get another link', path: '/forgot-password' }]

const passwords: FastifyPluginAsyncTypebox = async (app) => {
  const { auth, database } = app
  const limitMails = createLimit(app, {
    name: 'password mail',
    minutes: 60,
    byVisitor: 30,
    byTarget: 5,
    target: namedAddress,
  })
  const limitGuesses = createLimit(app, {
    name: 'password',
    minutes: 15,
    byVisitor: 30,
    byTarget: 10,
    target: ownAccount,
  })

  app.get('/forgot-password', { schema: { querystring: NextQuery } }, async (request, reply) => {
    const { next } = request.query
    return reply.render('accounts/forgot-password', { values: { next, email: request.viewer?.email } })
  })

  app.post('/forgot-password', { schema: { body: LinkForm }, attachValidation: true }, async (request, reply) => {
    const errors = request.formErrors() ?? (await limitMails(request, reply))
    if (errors) return again(reply).render('accounts/forgot-password', { values: request.typed(), errors })
    const { email, next } = request.body
    await database.write(async (db) => {
      const account = await findAccountByEmail(db, email)
      if (!account) return queueMail(db, noAccountMail(request.page, email))
      const token = await createLink(db, 'reset-password', { accountId: account.id, next })
      return queueMail(db, resetPasswordMail(request.page, account, `/reset-password?token=${token}`))
    })
    return leadToMail(request, reply, { purpose: 'reset-password', email })
  })

  app.get('/reset-password', { schema: { querystring: TokenQuery } }, async (request, reply) => {
    const { token } = request.query
    const account = await findHolder(token)
    if (!account) return reply.code(410).render('accounts/dead-link', { ways: INSTEAD })
    return reply.render('accounts/reset-password', { values: { token, email: account.email } })
  })

  app.post('/reset-password', { schema: { body: ResetForm }, attachValidation: true }, async (request, reply) => {
    const { page, body } = request
    const { token } = request.typed()
    const account = await findHolder(token)
    if (!account) return reply.code(410).render('accounts/dead-link', { ways: INSTEAD })
    const about = [account.name, account.email]
    const errors = request.formErrors() ?? passwordErrors(page, { field: 'password', password: body.password, about })
    const values = { token, email: account.email }
    if (errors) return reply.code(422).render('accounts/reset-password', { values, errors })

    const hash = await auth.hashPassword(body.password)
    const link = await database.write(async (db) => {
      const taken = await takeLink(db, 'reset-password', token)
      if (taken) await replacePassword(db, account.id, hash)
      if (taken) await queueMail(db, passwordChangedMail(page, account))
      return taken
    })
    if (!link) return reply.code(410).render('accounts/dead-link', { ways: INSTEAD })
    return admit(request, reply.notice('Your new password is saved.'), { accountId: account.id, next: link.next })
  })

  app.get('/account/password', async (request, reply) => {
    const { id } = request.signedIn()
    const hasPassword = (await findPasswordHash(database.read, id)) !== undefined
    return reply.render('accounts/password', { values: {}, hasPassword })
  })

  app.post('/account/password', { schema: { body: PasswordForm }, attachValidation: true }, async (request, reply) => {
    const viewer = request.signedIn()
    const { page, body } = request
    const errors =
      request.formErrors() ??
      passwordErrors(page, { field: 'newPassword', password: body.newPassword, about: [viewer.name, viewer.email] }) ??
      (await limitGuesses(request, reply)) ??
      (await ownPasswordErrors(request, body.password))
    if (errors) return again(reply).render('accounts/password', { values: {}, errors, hasPassword: true })

    const hash = await auth.hashPassword(body.newPassword)
    await database.write(async (db) => {
      await replacePassword(db, viewer.id, hash)
      await queueMail(db, passwordChangedMail(page, viewer))
    })
    const token = await auth.openSession(viewer.id, request.headers['user-agent'])
    reply.startSession(token).notice('Your password is changed. All other devices are signed out.')
    return leadOn(request, reply)
  })

  async function findHolder(token: string | undefined) {
    const link = await findLink(database.read, 'reset-password', token)
    return link && findAccount(database.read, link.accountId)
  }
}

export default passwords
