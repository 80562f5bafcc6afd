import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { archiveOf } from './archive.ts'

const EXPORTS = { max: 10, timeWindow: '1 hour' }

/** What is kept of somebody, handed to them. */
const exports: FastifyPluginAsyncTypebox = async (app) => {
  app.get('/account/data', async (request, reply) => {
    request.signedIn()
    return reply.render('privacy/data', {})
  })

  app.post('/account/data', { config: { rateLimit: EXPORTS } }, async (request, reply) => {
    const { id: accountId } = request.signedIn()
    const now = new Date()
    const onError = (error: unknown) => request.log.error(error)
    const { rules } = await app.safety.current()
    const flags = new Map(Object.entries(rules.flags).map(([key, { title }]) => [key, title]))
    const archive = await archiveOf(app.database.read, { page: request.page, accountId, now, flags, onError })
    return reply
      .type('application/zip')
      .header('content-disposition', `attachment; filename="my-data-${now.toISOString().slice(0, 10)}.zip"`)
      .header('cache-control', 'private, no-store')
      .send(archive)
  })
}

export default exports
