import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { listAnswersBy } from '../answers/queries.ts'
import { findCategory, findMovedCategory, listAncestors, listCategoryOptions } from '../categories/queries.ts'
import { categoryIdsOf } from '../categories/trail.ts'
import { countCountersignsBy, listCountersignsBy } from '../countersigns/queries.ts'
import { listCredentials } from '../experts/credential-queries.ts'
import { countExperts, findExpert, listExperts, listProfessionCounts } from '../experts/queries.ts'
import { PAGE_SIZE, type Position, pageOf, positionOf } from '../lib/paging.ts'
import { tallyOfExpert } from '../outcomes/queries.ts'
import { NotFound } from '../plugins/errors.ts'
import { countTakenBack } from '../privacy/taken-back-queries.ts'
import { countThanksTo } from '../thanks/queries.ts'
import { findMedianWait, listExpertCategories } from './expert-queries.ts'
import { expertCursor, expertList, expertPage, expertPosition } from './expert-views.ts'
import { ExpertParams, ExpertsQuery, PageQuery } from './forms.ts'

const COUNTERSIGNS_SHOWN = 10

/** Who answers here, and each of them with what they did. */
const experts: FastifyPluginAsyncTypebox = async (app) => {
  const { read } = app.database

  app.get('/experts', { schema: { querystring: ExpertsQuery } }, async (request, reply) => {
    const { after, ...asked } = request.query
    const place = asked.category ? await findPlace(asked.category) : undefined
    const filter = { ...asked, category: place?.category.path }
    if (filter.category !== asked.category) return reply.redirect(request.page.url('/experts', filter), 301)
    const now = new Date()
    const narrowed = { categoryIds: place?.categoryIds, profession: asked.profession, now }
    const [rows, count, professions, categories] = await Promise.all([
      listExperts(read, { ...narrowed, after: expertPosition(after), limit: PAGE_SIZE + 1 }),
      countExperts(read, narrowed),
      listProfessionCounts(read, { categoryIds: place?.categoryIds, now }),
      listCategoryOptions(read),
    ])
    const shown = rows.slice(0, PAGE_SIZE)
    const next = rows.length > PAGE_SIZE ? expertCursor(shown.at(-1)!) : undefined
    const list = { filter, categoryName: place?.category.name, rows: shown, count, professions, categories, now }
    return reply.render('experts/list', expertList(request.page, { ...list, next, isFirstPage: !after }))
  })

  app.get('/experts/:handle', { schema: { params: ExpertParams, querystring: PageQuery } }, async (request, reply) => {
    const expert = await findExpert(read, request.params.handle)
    if (!expert) throw new NotFound()
    const known = await findKnown(expert.accountId, positionOf(request.query.after))
    const isOwn = request.viewer?.id === expert.accountId
    const takenBackCount = isOwn ? await countTakenBack(read, expert.accountId) : 0
    return reply.render('experts/show', { ...expertPage(request.page, expert, known), takenBackCount })
  })

  async function findKnown(id: number, after?: Position) {
    const [answers, credentials, categories, given, givenCount, medianSeconds, thanksCount, tally] = await Promise.all([
      listAnswersBy(read, id, after),
      listCredentials(read, id),
      listExpertCategories(read, id),
      listCountersignsBy(read, id, COUNTERSIGNS_SHOWN),
      countCountersignsBy(read, id),
      findMedianWait(read, id),
      countThanksTo(read, id),
      tallyOfExpert(read, id),
    ])
    const page = pageOf(answers, ({ createdAt, id }) => ({ at: createdAt, id }))
    return { ...page, credentials, categories, given, givenCount, medianSeconds, thanksCount, tally, now: new Date() }
  }

  async function findPlace(path: string) {
    const category = (await findCategory(read, path)) ?? (await findMovedCategory(read, path))
    if (!category) throw new NotFound()
    const ancestors = await listAncestors(read, category)
    return { category, categoryIds: categoryIdsOf({ category, ancestors }) }
  }
}

export default experts
