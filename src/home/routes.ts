import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { safePath } from '../lib/urls.ts'
import { ThemeForm } from './forms.ts'

const YEAR_SECONDS = 365 * 86_400

const home: FastifyPluginAsyncTypebox = async (app) => {
  app.get('/', async (_request, reply) => reply.render('home/show', {}))

  app.post('/theme', { schema: { body: ThemeForm } }, async (request, reply) => {
    const { theme, next } = request.body
    if (theme === 'auto') reply.clearCookie('theme')
    else reply.setCookie('theme', theme, { maxAge: YEAR_SECONDS })
    return reply.redirect(request.page.url(safePath(next)), 303)
  })
}

export default home
