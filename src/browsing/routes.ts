import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { listAnswersBy } from '../answers/queries.ts'
import {
  type Category,
  countLevels,
  findCategory,
  findMovedCategory,
  listAncestors,
  listSubcategories,
  listTree,
} from '../categories/queries.ts'
import { categoryPage, contentsOf, levelsShown } from '../categories/views.ts'
import { findExpert, listExperts } from '../experts/queries.ts'
import { expertCursor, expertPage, expertPosition } from '../experts/views.ts'
import { PAGE_SIZE, pageOf, positionOf } from '../lib/paging.ts'
import { NotFound } from '../plugins/errors.ts'
import { listQuestions } from '../questions/queries.ts'
import { ATOM, questionsFeed } from '../questions/views.ts'
import { CategoryParams, ExpertParams, PageQuery } from './forms.ts'

/** The pages that bring together what several features know: a category with its questions, an expert with their answers. */
const browsing: FastifyPluginAsyncTypebox = async (app) => {
  const { database } = app

  app.get('/categories', async (_request, reply) => {
    const levels = levelsShown(await countLevels(database.read))
    const tree = await listTree(database.read, levels)
    return reply.render('categories/list', { entries: contentsOf(tree) })
  })

  app.get('/categories/*', { schema: { params: CategoryParams, querystring: PageQuery } }, async (request, reply) => {
    const [, path, feed = ''] = /^(.*?)(\.atom)?$/.exec(request.params['*'])!
    const category = await findByAnyPath(path!)
    if (!category) throw new NotFound()
    const [asked, query] = request.url.split(/(?=\?)/)
    const address = `/categories/${category.path}${feed}`
    if (asked !== address) return reply.redirect(request.page.url(address) + (query ?? ''), 301)

    if (feed) return sendFeed(request, reply, category)

    const { after } = request.query
    const [ancestors, subcategories, rows] = await Promise.all([
      listAncestors(database.read, category),
      listSubcategories(database.read, category.id),
      listQuestions(database.read, { categoryId: category.id, after: positionOf(after) }),
    ])
    const { rows: questions, next } = pageOf(rows, ({ createdAt, id }) => ({ at: createdAt, id }))
    const page = categoryPage(request.page, { category, ancestors, subcategories })
    return reply.render('categories/show', { ...page, questions, next, isFirstPage: !after })
  })

  app.get('/experts', { schema: { querystring: PageQuery } }, async (request, reply) => {
    const { after } = request.query
    const rows = await listExperts(database.read, { after: expertPosition(after), limit: PAGE_SIZE + 1 })
    const experts = rows.slice(0, PAGE_SIZE)
    const next = rows.length > PAGE_SIZE ? expertCursor(experts.at(-1)!) : undefined
    return reply.render('experts/list', { experts, next, isFirstPage: !after })
  })

  app.get('/experts/:handle', { schema: { params: ExpertParams, querystring: PageQuery } }, async (request, reply) => {
    const expert = await findExpert(database.read, request.params.handle)
    if (!expert) throw new NotFound()
    const answers = await listAnswersBy(database.read, expert.accountId, positionOf(request.query.after))
    const page = pageOf(answers, ({ createdAt, id }) => ({ at: createdAt, id }))
    return reply.render('experts/show', expertPage(request.page, expert, page))
  })

  async function sendFeed({ page }: FastifyRequest, reply: FastifyReply, { id, name, path }: Category) {
    const questions = await listQuestions(database.read, { categoryId: id })
    const address = `/categories/${path}`
    const title = `${name} · ${page.siteName}`
    return reply.type(ATOM).send(questionsFeed(page, { title, path: address, feedPath: `${address}.atom`, questions }))
  }

  async function findByAnyPath(asked: string) {
    const path = asked.toLowerCase().split('/').filter(Boolean).join('/')
    return (await findCategory(database.read, path)) ?? (await findMovedCategory(database.read, path))
  }
}

export default browsing
