import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'

const questions: FastifyPluginAsyncTypebox = async () => {}

export default questions
