import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { queueMail } from '../notifications/queries.ts'
import { Conflict } from '../plugins/errors.ts'
import { type Farewell, takeAlong } from '../privacy/erasure-queries.ts'
import { blurStaying, listTelltales } from '../privacy/staying.ts'
import { again, leadOn } from './entry.ts'
import { ClosureForm, ClosureTokenForm, TokenQuery } from './forms.ts'
import { createLimit, ownAccount } from './limits.ts'
import { createLink, findLink, takeLink } from './link-queries.ts'
import { accountClosedMail, closeAccountMail } from './mails.ts'
import { ownPasswordErrors } from './passwords.ts'
import { type Account, closeAccount, findAccount, findPasswordHash, isExpert, isOnlyAdministrator } from './queries.ts'

const INSTEAD = [{ name: 'My account', path: '/account' }]

/** Closing one's account, proven by the password or by a link that was mailed. */
const closure: FastifyPluginAsyncTypebox = async (app) => {
  const { database } = app
  const limit = createLimit(app, { name: 'closure', minutes: 60, byVisitor: 30, byTarget: 10, target: ownAccount })

  app.get('/account/closure', async (request, reply) => {
    const viewer = request.signedIn()
    return reply.render('accounts/closure', { values: {}, ...(await standingOf(request, viewer)) })
  })

  app.post('/account/closure', { schema: { body: ClosureForm }, attachValidation: true }, async (request, reply) => {
    const viewer = request.signedIn()
    const errors =
      request.formErrors() ?? (await limit(request, reply)) ?? (await ownPasswordErrors(request, request.body.password))
    if (errors)
      return again(reply).render('accounts/closure', {
        ...(await standingOf(request, viewer)),
        values: request.typed(),
        errors,
      })
    return close(request, reply, { account: viewer, farewell: farewellOf(request.body) })
  })

  app.post('/account/closure/links', async (request, reply) => {
    const viewer = request.signedIn()
    const errors = await limit(request, reply)
    if (errors)
      return again(reply).render('accounts/closure', { ...(await standingOf(request, viewer)), values: {}, errors })
    await database.write(async (db) => {
      const token = await createLink(db, 'close-account', { accountId: viewer.id })
      await queueMail(db, closeAccountMail(request.page, viewer, `/account/closure/confirmation?token=${token}`))
    })
    return leadOn(request, reply.notice('We have mailed you a link to close your account.'))
  })

  app.get('/account/closure/confirmation', { schema: { querystring: TokenQuery } }, async (request, reply) => {
    const { token = '' } = request.query
    const link = await findLink(database.read, 'close-account', token)
    const account = link && (await findAccount(database.read, link.accountId))
    if (!account) return reply.code(410).render('accounts/dead-link', { ways: INSTEAD })
    const { isExpert, telltales } = await standingOf(request, account)
    const page = { token, email: account.email, values: {}, isExpert, telltales }
    return reply.render('accounts/confirm-closure', page)
  })

  app.post('/account/closure/confirmation', { schema: { body: ClosureTokenForm } }, async (request, reply) => {
    const link = await database.write((db) => takeLink(db, 'close-account', request.body.token))
    const account = link && (await findAccount(database.read, link.accountId))
    if (!account) return reply.code(410).render('accounts/dead-link', { ways: INSTEAD })
    return close(request, reply, { account, farewell: farewellOf(request.body) })
  })

  const standingOf = async (request: FastifyRequest, account: Account) => ({
    hasPassword: (await findPasswordHash(database.read, account.id)) !== undefined,
    isExpert: await isExpert(database.read, account.id),
    telltales: await listTelltales(request, account),
  })
}

type Chosen = { texts?: 'anonymous' | 'removed'; signature?: 'kept' | 'removed' }

const farewellOf = ({ texts = 'anonymous', signature }: Chosen): Farewell => ({
  texts,
  isNameKept: signature !== 'removed',
})

type Closing = { account: Account; farewell: Farewell }

async function close(request: FastifyRequest, reply: FastifyReply, { account, farewell }: Closing) {
  await request.server.database.write(async (db) => {
    if (await isOnlyAdministrator(db, account.id))
      throw new Conflict('You are the only administrator. Make somebody else one first.')
    const now = new Date()
    if (farewell.texts === 'anonymous') await blurStaying(db, request, account, now)
    await takeAlong(db, account, farewell, { now, site: request.page })
    await closeAccount(db, account)
    await queueMail(db, accountClosedMail(request.page, account))
  })
  if (request.viewer?.id === account.id) reply.endSession()
  return reply.notice('Your account is closed.').redirect(request.page.url('/'), 303)
}

export default closure
