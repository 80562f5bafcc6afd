import type { FastifyInstance, FastifyReply } from 'fastify'
import fp from 'fastify-plugin'

const COOKIE = 'notice'
const SECONDS = 60

declare module 'fastify' {
  interface FastifyReply {
    /** Says this sentence at the top of the next page, once. It must be English text that `t()` knows, without values. */
    notice(sentence: string): FastifyReply
  }
}

export default fp(async (app: FastifyInstance) => {
  app.decorateReply('notice', function notice(this: FastifyReply, sentence: string) {
    return this.setCookie(COOKIE, sentence, { maxAge: SECONDS, signed: true })
  })

  app.addHook('onRequest', async (request, reply) => {
    const cookie = request.cookies[COOKIE]
    if (!cookie || request.method !== 'GET') return
    const { valid, value } = request.unsignCookie(cookie)
    if (!valid) return
    request.page.notice = value
    reply.header('cache-control', 'private, no-store')
    reply.clearCookie(COOKIE)
  })
})
