import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { isAdministrator } from '../accounts/policy.ts'
import { Forbidden } from '../plugins/errors.ts'
import { PageForm, PageParams } from './forms.ts'
import { deletePage, findPage, listPages, savePage } from './queries.ts'
import { pagePath, TEXTS } from './texts.ts'
import { textEdit, textList } from './views.ts'

const edits: FastifyPluginAsyncTypebox = async (app) => {
  const { database } = app

  app.addHook('preHandler', async (request) => {
    if (!isAdministrator(request.signedIn())) throw new Forbidden()
  })

  app.get('/admin/pages', async ({ page }, reply) =>
    reply.render('trust/list', textList(page, await listPages(database.read))),
  )

  app.get('/admin/pages/:slug/edit', { schema: { params: PageParams } }, async (request, reply) => {
    const { slug } = request.params
    return reply.render('trust/edit', textEdit(request.page, TEXTS.get(slug)!, await findPage(database.read, slug)))
  })

  app.post(
    '/admin/pages/:slug',
    { schema: { params: PageParams, body: PageForm }, attachValidation: true },
    async (request, reply) => {
      const { slug } = request.params
      const [text, changed] = [TEXTS.get(slug)!, await findPage(database.read, slug)]
      const [values, errors] = [request.typed(), request.formErrors()]
      if (errors) return reply.code(422).render('trust/edit', textEdit(request.page, text, changed, { values, errors }))
      if (request.body.action === 'preview')
        return reply.render('trust/edit', textEdit(request.page, text, changed, { values, isPreview: true }))
      const change = { slug, body: request.body.body, changedById: request.signedIn().id, now: new Date() }
      await database.write((db) => savePage(db, change))
      return reply.notice('Your text is published.').redirect(request.page.url(pagePath(slug)), 303)
    },
  )

  app.delete('/admin/pages/:slug', { schema: { params: PageParams } }, async (request, reply) => {
    const { slug } = request.params
    await database.write((db) => deletePage(db, slug))
    return reply.notice('The text is as it was at first.').redirect(request.page.url(pagePath(slug)), 303)
  })
}

export default edits
