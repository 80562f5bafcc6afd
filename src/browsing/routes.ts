import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
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
import { pageOf, positionOf } from '../lib/paging.ts'
import { outcomeInCategory } from '../outcomes/remembered.ts'
import { categoryOutcome } from '../outcomes/views.ts'
import { NotFound } from '../plugins/errors.ts'
import { listQuestions } from '../questions/queries.ts'
import { listLatelyWithdrawn } from '../questions/regret-queries.ts'
import { ATOM, questionsFeed } from '../questions/views.ts'
import { findWait } from '../waiting/queries.ts'
import { shownWait } from '../waiting/views.ts'
import experts from './expert-routes.ts'
import { CategoryParams, PageQuery } from './forms.ts'

/** A category with its questions. */
const browsing: FastifyPluginAsyncTypebox = async (app) => {
  const { database } = app
  await app.register(experts)

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
    const [ancestors, subcategories, rows, wait, outcome] = await Promise.all([
      listAncestors(database.read, category),
      listSubcategories(database.read, category.id),
      listQuestions(database.read, { categoryId: category.id, after: positionOf(after) }),
      findWait(database.read, category.id),
      outcomeInCategory(database.read, category.id, new Date()),
    ])
    const { rows: questions, next } = pageOf(rows, ({ createdAt, id }) => ({ at: createdAt, id }))
    const outcomeSentence = categoryOutcome(request.page, outcome, category.name)
    const page = categoryPage(request.page, { category, ancestors, subcategories })
    return reply.render('categories/show', {
      ...page,
      wait: shownWait(wait),
      outcomeSentence,
      questions,
      next,
      isFirstPage: !after,
    })
  })

  async function sendFeed({ page }: FastifyRequest, reply: FastifyReply, { id, name, path }: Category) {
    const questions = await listQuestions(database.read, { categoryId: id })
    const withdrawn = await listLatelyWithdrawn(database.read, new Date(), path)
    const address = `/categories/${path}`
    const title = `${name} · ${page.siteName}`
    const feed = { title, path: address, feedPath: `${address}.atom`, questions, withdrawn }
    return reply.type(ATOM).send(questionsFeed(page, feed))
  }

  async function findByAnyPath(asked: string) {
    const path = asked.toLowerCase().split('/').filter(Boolean).join('/')
    return (await findCategory(database.read, path)) ?? (await findMovedCategory(database.read, path))
  }
}

export default browsing
