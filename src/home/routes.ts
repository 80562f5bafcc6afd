import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { countLevels, listTree } from '../categories/queries.ts'
import { contentsOf, levelsShown } from '../categories/views.ts'
import { safePath } from '../lib/urls.ts'
import { listAnsweredQuestions } from '../questions/queries.ts'
import { ThemeForm } from './forms.ts'

const MOST_LEVELS = 2
const ANSWERED_SHOWN = 6
const YEAR_SECONDS = 365 * 86_400

const home: FastifyPluginAsyncTypebox = async (app) => {
  const { read } = app.database

  app.get('/', async (_request, reply) => {
    const levels = Math.min(MOST_LEVELS, levelsShown(await countLevels(read)))
    const [tree, answered] = await Promise.all([listTree(read, levels), listAnsweredQuestions(read, ANSWERED_SHOWN)])
    return reply.render('home/show', { entries: contentsOf(tree), answered })
  })

  app.post('/theme', { schema: { body: ThemeForm } }, async (request, reply) => {
    const { theme, next } = request.body
    if (theme === 'auto') reply.clearCookie('theme')
    else reply.setCookie('theme', theme, { maxAge: YEAR_SECONDS })
    return reply.redirect(request.page.url(safePath(next)), 303)
  })
}

export default home
