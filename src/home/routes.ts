import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'

const home: FastifyPluginAsyncTypebox = async (app) => {
  app.get('/', async (_request, reply) => reply.render('home/show', {}))
}

export default home
