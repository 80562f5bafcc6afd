import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import edits from './edit-routes.ts'
import { PageParams } from './forms.ts'
import { findPage, findReview } from './queries.ts'
import { type Slug, TEXTS } from './texts.ts'
import { searchNote, textPage } from './views.ts'

/** Who is behind the site, who may answer, and what readers may trust: said plainly. */
const trust: FastifyPluginAsyncTypebox = async (app) => {
  await app.register(edits)

  app.get('/about', (request, reply) => show(request, reply, 'about'))
  app.get('/about/about', (request, reply) => reply.redirect(request.page.url('/about'), 301))
  app.get('/about/:slug', { schema: { params: PageParams } }, (request, reply) =>
    show(request, reply, request.params.slug),
  )

  async function show(request: FastifyRequest, reply: FastifyReply, slug: Slug) {
    const { read } = app.database
    const [changed, review] = await Promise.all([findPage(read, slug), findReview(read, slug)])
    const note = slug === 'privacy' && app.config.embeddings ? searchNote(request.page.t) : ''
    return reply.render('trust/show', textPage(request.page, TEXTS.get(slug)!, { changed, review, note }))
  }
}

export default trust
