import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { NotFound } from '../plugins/errors.ts'
import { questionPath } from '../questions/views.ts'
import { PartParams } from './forms.ts'
import { listCategoryPaths, listQuestionParts, listQuestionsInPart, listRealExperts } from './queries.ts'
import { robots, sitemap, sitemapIndex } from './views.ts'

const XML = 'application/xml; charset=utf-8'
const HOUR_S = 3600

const feeds: FastifyPluginAsyncTypebox = async (app) => {
  const { read } = app.database

  app.get('/robots.txt', async (request, reply) =>
    reply.type('text/plain; charset=utf-8').send(robots(request.page.absolute('/sitemap.xml'), app.config.basePath)),
  )

  app.get('/sitemap.xml', async ({ page }, reply) => {
    const parts = await listQuestionParts(read)
    const files = parts.map(({ part, changedAt }) => ({
      url: page.absolute(`/sitemaps/questions-${part + 1}.xml`),
      changedAt,
    }))
    return reply
      .type(XML)
      .header('cache-control', `public, max-age=${HOUR_S}`)
      .send(sitemapIndex([{ url: page.absolute('/sitemaps/pages.xml') }, ...files]))
  })

  app.get('/sitemaps/pages.xml', async ({ page }, reply) => {
    const [categories, experts] = await Promise.all([listCategoryPaths(read), listRealExperts(read)])
    const paths = [
      ...['/', '/categories', '/questions', '/experts'],
      ...categories.map(({ path }) => `/categories/${path}`),
      ...experts.map(({ handle }) => `/experts/${handle}`),
    ]
    return reply.type(XML).send(sitemap(paths.map((path) => ({ url: page.absolute(path) }))))
  })

  app.get('/sitemaps/questions-:part.xml', { schema: { params: PartParams } }, async ({ page, params }, reply) => {
    const rows = await listQuestionsInPart(read, params.part - 1)
    if (rows.length === 0) throw new NotFound()
    const pages = rows.map((row) => ({
      url: page.absolute(questionPath({ ...row, hiddenAt: null })),
      changedAt: row.changedAt,
    }))
    return reply.type(XML).send(sitemap(pages))
  })
}

export default feeds
