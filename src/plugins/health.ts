import { sql } from 'drizzle-orm'
import type { FastifyInstance } from 'fastify'
import fp from 'fastify-plugin'
import { categories } from '../database/schema.ts'
import type {} from './context.ts'

/** For whoever watches over the server. */
export default fp(async (app: FastifyInstance) => {
  app.get('/healthz', async () => ({ status: 'alive' }))

  app.get('/readyz', async (_request, reply) => {
    try {
      await app.database.read.select({ one: sql`1` }).from(categories).limit(1)
      return { status: 'ready' }
    } catch {
      return reply.code(503).send({ status: 'the database does not answer' })
    }
  })
})
