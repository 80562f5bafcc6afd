import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { listTree } from '../categories/queries.ts'
import { safePath } from '../lib/urls.ts'
import { listAnsweredQuestions } from '../questions/queries.ts'
import { ThemeForm } from './forms.ts'
import { chaptersOf } from './views.ts'

const LEVELS_SHOWN = 2
const ANSWERED_SHOWN = 6
const YEAR_SECONDS = 365 * 86_400

const home: FastifyPluginAsyncTypebox = async (app) => {
  const { read } = app.database

  app.get('/', async (_request, reply) => {
    const [tree, answered] = await Promise.all([
      listTree(read, LEVELS_SHOWN),
      listAnsweredQuestions(read, ANSWERED_SHOWN),
    ])
    return reply.render('home/show', { chapters: chaptersOf(tree), answered })
  })

  app.post('/theme', { schema: { body: ThemeForm } }, async (request, reply) => {
    const { theme, next } = request.body
    if (theme === 'auto') reply.clearCookie('theme')
    else reply.setCookie('theme', theme, { maxAge: YEAR_SECONDS })
    return reply.redirect(request.page.url(safePath(next)), 303)
  })
}

export default home
