import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import holdings from './export-routes.ts'
import regret from './regret-routes.ts'

/** What people can do about what is kept of them. */
const privacy: FastifyPluginAsyncTypebox = async (app) => {
  await app.register(regret)
  await app.register(holdings)
}

export default privacy
