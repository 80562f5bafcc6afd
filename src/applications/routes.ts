import multipart from '@fastify/multipart'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import applyingRoutes from './applying-routes.ts'
import ownRoutes from './own-routes.ts'
import renewalRoutes from './renewal-routes.ts'
import staffRoutes from './staff-routes.ts'
import type { Uploads } from './uploads.ts'

/** How a member becomes an expert, and how an expert stays one. */
const applications: FastifyPluginAsyncTypebox = async (app) => {
  await app.register(multipart, { throwFileSizeLimit: false })
  app.decorateRequest('uploads', null as unknown as Uploads)
  await app.register(applyingRoutes)
  await app.register(ownRoutes)
  await app.register(renewalRoutes)
  await app.register(staffRoutes)
}

export default applications
