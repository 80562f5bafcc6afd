import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import account from './account-routes.ts'
import { type Auth, createAuth } from './auth.ts'
import closure from './closure-routes.ts'
import firstAdministrator from './first-administrator-routes.ts'
import passkeys from './passkey-routes.ts'
import passwords from './password-routes.ts'
import secondFactors from './second-factor-routes.ts'
import secondStep from './second-step-routes.ts'
import signIn from './sign-in-routes.ts'
import signUp from './sign-up-routes.ts'

declare module 'fastify' {
  interface FastifyInstance {
    auth: Auth
  }
}

const accounts: FastifyPluginAsyncTypebox = async (app) => {
  app.decorate('auth', createAuth(app.database, app.config))
  app.addHook('onRequest', async (_request, reply) => {
    reply.header('cache-control', 'private, no-store')
  })

  await app.register(signUp)
  await app.register(signIn)
  await app.register(secondStep)
  await app.register(passwords)
  await app.register(account)
  await app.register(secondFactors)
  await app.register(passkeys)
  await app.register(closure)
  await app.register(firstAdministrator)
}

export default accounts
