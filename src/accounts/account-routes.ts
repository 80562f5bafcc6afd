import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { Writer } from '../database/types.ts'
import { queueMail } from '../notifications/queries.ts'
import { isAskingStopped } from '../outcomes/queries.ts'
import { Forbidden } from '../plugins/errors.ts'
import type { Viewer } from '../plugins/sessions.ts'
import type { Page } from '../plugins/views.ts'
import { again, leadOn } from './entry.ts'
import { AddressForm, NameForm, SessionParams, TokenForm, TokenQuery } from './forms.ts'
import { createLimit, ownAccount } from './limits.ts'
import { createLink, findLink, signInPath, takeLink } from './link-queries.ts'
import { addressChangedMail, addressChangingMail, alreadySignedUpMail, confirmAddressMail } from './mails.ts'
import { ownPasswordErrors } from './passwords.ts'
import { canRename } from './policy.ts'
import * as queries from './queries.ts'
import { countRecoveryCodes } from './second-factor-queries.ts'
import { listedSession } from './views.ts'

/** No session has it. */
const NONE = 0
const INSTEAD = [{ name: 'My account', path: '/account' }]

/** What everybody may see and change of their own account. */
const account: FastifyPluginAsyncTypebox = async (app) => {
  const { database } = app
  const limitChanges = createLimit(app, {
    name: 'address',
    minutes: 60,
    byVisitor: 30,
    byTarget: 10,
    target: ownAccount,
  })

  app.get('/account', async (request, reply) => {
    const { id, sessionId } = request.signedIn()
    const sessions = await queries.listSessions(database.read, id)
    const hasPassword = (await queries.findPasswordHash(database.read, id)) !== undefined
    return reply.render('accounts/show', {
      hasPassword,
      recoveryCodes: await countRecoveryCodes(database.read, id),
      isAskingStopped: await isAskingStopped(database.read, id),
      sessions: sessions.map((session) => listedSession(request.page.t, session, sessionId)),
    })
  })

  app.get('/account/name', async (request, reply) => {
    const viewer = request.signedIn()
    return reply.render('accounts/name', { values: { name: viewer.name }, canRename: canRename(viewer) })
  })

  app.post('/account/name', { schema: { body: NameForm }, attachValidation: true }, async (request, reply) => {
    const { id } = request.signedIn()
    const errors = request.formErrors()
    if (errors) return reply.code(422).render('accounts/name', { values: request.typed(), errors, canRename: true })
    const isRenamed = await database.write((db) => queries.renameMember(db, id, request.body.name))
    if (!isRenamed) throw new Forbidden()
    return leadOn(request, reply.notice('Your name is changed.'))
  })

  app.get('/account/address', async (request, reply) => {
    const { id } = request.signedIn()
    const hasPassword = (await queries.findPasswordHash(database.read, id)) !== undefined
    return reply.render('accounts/address', { values: {}, hasPassword })
  })

  app.post('/account/address', { schema: { body: AddressForm }, attachValidation: true }, async (request, reply) => {
    const viewer = request.signedIn()
    const { page, body } = request
    const errors =
      request.formErrors() ??
      (await limitChanges(request, reply)) ??
      (await ownPasswordErrors(request, body.password)) ??
      sameAddress(page, viewer, body)
    if (errors) return again(reply).render('accounts/address', { values: request.typed(), errors, hasPassword: true })
    await database.write((db) => mailBothAddresses(db, page, viewer, queries.normalEmail(body.email)))
    return leadOn(request, reply.notice('We have sent an e-mail to the new address. Open the link in it.'))
  })

  app.get('/account/address/confirmation', { schema: { querystring: TokenQuery } }, async (request, reply) => {
    const { token = '' } = request.query
    const link = await findLink(database.read, 'change-address', token)
    if (!link) return reply.code(410).render('accounts/dead-link', { ways: INSTEAD })
    return reply.render('accounts/confirm-new-address', { token, email: link.email })
  })

  app.post('/account/address/confirmation', { schema: { body: TokenForm } }, async (request, reply) => {
    const isChanged = await database.write((db) => useAddressLink(db, request.page, request.body.token))
    if (!isChanged) return reply.code(410).render('accounts/dead-link', { ways: INSTEAD })
    return leadOn(request, reply.notice('Your e-mail address is changed.'))
  })

  app.delete('/account/sessions', async (request, reply) => {
    const { id: accountId, sessionId } = request.signedIn()
    await database.write((db) => queries.deleteOtherSessions(db, { accountId, sessionId }))
    return leadOn(request, reply.notice('All other devices are signed out.'))
  })

  app.delete('/account/sessions/:id', { schema: { params: SessionParams } }, async (request, reply) => {
    const { id: accountId } = request.signedIn()
    await database.write((db) => queries.deleteSession(db, { accountId, sessionId: request.params.id }))
    return leadOn(request, reply.notice('That device is signed out.'))
  })
}

function sameAddress({ t }: Page, viewer: { email: string }, { email }: { email: string }) {
  return queries.normalEmail(email) === viewer.email ? { email: t('This is your e-mail address already.') } : undefined
}

/** Whoever asks sees the same, whether or not the new address has an account. */
async function mailBothAddresses(db: Writer, page: Page, viewer: Viewer, email: string) {
  await queueMail(db, addressChangingMail(page, viewer, email))
  const holder = await queries.findAccountByEmail(db, email)
  if (holder) {
    const token = await createLink(db, 'sign-in', { accountId: holder.id })
    return queueMail(db, alreadySignedUpMail(page, holder, signInPath(token)))
  }
  const token = await createLink(db, 'change-address', { accountId: viewer.id, email, sessionId: viewer.sessionId })
  const path = `/account/address/confirmation?token=${token}`
  return queueMail(db, confirmAddressMail(page, { id: viewer.id, email, path }))
}

/** Only the device that asked for it stays signed in. */
async function useAddressLink(db: Writer, page: Page, token: string) {
  const link = await takeLink(db, 'change-address', token)
  const before = link && (await queries.findAccount(db, link.accountId))
  if (!before || !(await queries.changeAddress(db, before.id, link.email))) return false
  await queries.deleteOtherSessions(db, { accountId: before.id, sessionId: link.sessionId ?? NONE })
  await queueMail(db, addressChangedMail(page, before, link.email))
  return true
}

export default account
