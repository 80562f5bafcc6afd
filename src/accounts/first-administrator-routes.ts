import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FormErrors } from '../lib/form-errors.ts'
import type { Page } from '../plugins/views.ts'
import { again, letIn } from './entry.ts'
import { FirstAdministratorForm, TokenQuery } from './forms.ts'
import { findLink, takeLink } from './link-queries.ts'
import { passwordErrors } from './passwords.ts'
import { createAccount, findAccountByEmail, hasAdministrator } from './queries.ts'

const INSTEAD = [{ name: 'Sign in', path: '/sign-in' }]

/** Whoever starts the forum finds this link on the terminal. Once there is an administrator no such link works. */
const firstAdministrator: FastifyPluginAsyncTypebox = async (app) => {
  const { auth, database } = app

  app.get('/first-administrator', { schema: { querystring: TokenQuery } }, async (request, reply) => {
    const { token } = request.query
    if (!(await isUsable(token))) return reply.code(410).render('accounts/dead-link', { ways: INSTEAD })
    return reply.render('accounts/first-administrator', { values: { token } })
  })

  const posted = { schema: { body: FirstAdministratorForm }, attachValidation: true }
  app.post('/first-administrator', posted, async (request, reply) => {
    const { page, body } = request
    const values = request.typed()
    if (!(await isUsable(values.token))) return reply.code(410).render('accounts/dead-link', { ways: INSTEAD })
    const { token, name, email, password } = body
    const errors =
      request.formErrors() ??
      passwordErrors(page, { field: 'password', password, about: [name, email] }) ??
      (await takenErrors(page, email))
    if (errors) return again(reply).render('accounts/first-administrator', { values, errors })

    const passwordHash = await auth.hashPassword(password)
    const account = await database.write(async (db) => {
      if ((await hasAdministrator(db)) || !(await takeLink(db, 'first-administrator', token))) return undefined
      return createAccount(db, { name, email, role: 'administrator', passwordHash })
    })
    if (!account) return reply.code(410).render('accounts/dead-link', { ways: INSTEAD })
    return letIn(request, reply.notice('You are the administrator now.'), { accountId: account.id, next: '/admin' })
  })

  const isUsable = async (token: string | undefined) =>
    (await findLink(database.read, 'first-administrator', token)) !== undefined &&
    !(await hasAdministrator(database.read))

  async function takenErrors({ t }: Page, email: string): Promise<FormErrors | undefined> {
    if (!(await findAccountByEmail(database.read, email))) return undefined
    return { email: t('There is an account with this e-mail address already. Please use another one.') }
  }
}

export default firstAdministrator
