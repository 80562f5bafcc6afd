import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { isAdministrator } from '../accounts/policy.ts'
import { recordEvent } from '../audit/queries.ts'
import type { Writer } from '../database/types.ts'
import { Forbidden } from '../plugins/errors.ts'
import { PageForm, PageParams, ReviewForm } from './forms.ts'
import { deletePage, findPage, findReview, listPages, listReviews, savePage, saveReview } from './queries.ts'
import { pagePath, SLUGS, type Slug, TEXTS } from './texts.ts'
import { type Editing, textEdit, textList } from './views.ts'

const edits: FastifyPluginAsyncTypebox = async (app) => {
  const { database } = app
  const params = { params: PageParams }

  app.addHook('preHandler', async (request) => {
    if (!isAdministrator(request.signedIn())) throw new Forbidden()
  })

  app.get('/admin/pages', async ({ page }, reply) => {
    const [changed, reviews] = await Promise.all([listPages(database.read), listReviews(database.read)])
    const { reviewMonths } = app.config
    return reply.render('trust/list', textList(page, { changed, reviews, reviewMonths, now: new Date() }))
  })

  app.get('/admin/pages/:slug/edit', { schema: params }, async (request, reply) =>
    show(request, reply, request.params.slug),
  )

  app.post(
    '/admin/pages/:slug',
    { schema: { ...params, body: PageForm }, attachValidation: true },
    async (request, reply) => {
      const { slug } = request.params
      const [values, errors] = [request.typed(), request.formErrors()]
      if (errors) return show(request, reply.code(422), slug, { values, errors })
      if (request.body.action === 'preview') return show(request, reply, slug, { values, isPreview: true })
      const { body, basis } = request.body
      const change = { slug, body, basis: basis ? new Date(Number(basis)) : undefined, now: new Date() }
      const isSaved = await database.write(async (db) => {
        const saved = await savePage(db, { ...change, changedById: request.signedIn().id })
        if (saved) await record(db, request, slug, 'page-edited')
        return saved
      })
      if (!isSaved) return show(request, reply.code(409), slug, { values, isOvertaken: true })
      return reply.notice('Your text is published.').redirect(request.page.url(pagePath(slug)), 303)
    },
  )

  app.delete('/admin/pages/:slug', { schema: params }, async (request, reply) => {
    const { slug } = request.params
    await database.write(async (db) => {
      if (await deletePage(db, slug)) await record(db, request, slug, 'page-restored')
    })
    return reply.notice('The text is as it was at first.').redirect(request.page.url(pagePath(slug)), 303)
  })

  app.post(
    '/admin/pages/:slug/review',
    { schema: { ...params, body: ReviewForm }, attachValidation: true },
    async (request, reply) => {
      const { slug } = request.params
      const { reviewedOn, reviewerName } = request.body
      const errors = request.formErrors() ?? notYet(request, reviewedOn)
      if (errors) return show(request, reply.code(422), slug, { review: { values: request.typed(), errors } })
      const review = { slug, reviewerName: reviewerName.trim(), reviewedAt: new Date(reviewedOn) }
      await database.write(async (db) => {
        await saveReview(db, { ...review, recordedById: request.signedIn().id })
        await record(db, request, slug, 'page-reviewed')
      })
      return reply.notice('The page says now who has read it last.').redirect(request.page.url(pagePath(slug)), 303)
    },
  )

  async function show(request: FastifyRequest, reply: FastifyReply, slug: Slug, editing: Editing = {}) {
    const { read } = database
    const [changed, review] = await Promise.all([findPage(read, slug), findReview(read, slug)])
    const text = TEXTS.get(slug)!
    return reply.render('trust/edit', textEdit(request.page, text, { changed, review, now: new Date() }, editing))
  }
}

const notYet = ({ page: { t } }: FastifyRequest, day: string) =>
  new Date(day) > new Date() ? { reviewedOn: t('This day has not come yet.') } : undefined

const record = (db: Writer, request: FastifyRequest, slug: Slug, action: string) =>
  recordEvent(db, {
    action,
    actorId: request.signedIn().id,
    subjectKind: 'page',
    subjectId: SLUGS.indexOf(slug) + 1,
    reason: TEXTS.get(slug)!.title,
  })

export default edits
