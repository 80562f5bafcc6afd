import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { listAnswersBy } from '../answers/queries.ts'
import { PAGE_SIZE, pageOf, positionOf } from '../lib/paging.ts'
import { NotFound } from '../plugins/errors.ts'
import { ExpertParams, PageQuery } from './forms.ts'
import { findExpert, listExperts } from './queries.ts'
import { expertCursor, expertPage, expertPosition } from './views.ts'

const experts: FastifyPluginAsyncTypebox = async (app) => {
  const { database } = app

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
}

export default experts
