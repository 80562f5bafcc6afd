import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { isAdministrator, isModerator } from '../accounts/policy.ts'
import { findMovedCategory, pathsTo } from '../categories/queries.ts'
import { PAGE_SIZE } from '../lib/paging.ts'
import { IdParams } from '../lib/shapes.ts'
import { Forbidden, NotFound } from '../plugins/errors.ts'
import { findQuestion } from '../questions/queries.ts'
import { questionPath } from '../questions/views.ts'
import { findHelp } from '../safety/help.ts'
import type { Found } from '../search/searching.ts'
import { readSearch, type SearchQuery, SuggestionsForm } from './forms.ts'
import { countHelp, listCategoriesAt, listHelpful, listSearches } from './queries.ts'
import { loadResults, loadSuggestions } from './results.ts'
import { searchPage } from './search-views.ts'
import { dayOf } from './tally.ts'
import { insightCrumbs } from './views.ts'

const SUGGESTIONS = { max: 60, timeWindow: '1 minute' }
const THANKS = { max: 30, timeWindow: '1 hour' }
const DAY_MS = 86_400_000
const SPANS = { week: 7, month: 30, year: 365 }
const INSIGHT_DAYS = 30
const INSIGHT_LINES = 50

const daysAgo = (days: number) => new Date(Date.now() - days * DAY_MS)

/** Finding what is there already: by searching, and while one asks. */
const finding: FastifyPluginAsyncTypebox = async (app) => {
  const { database, finder, tally } = app

  app.get('/search', async (request, reply) => {
    const search = await inItsPlace(readSearch(request.query))
    const found = search.q ? await finder.search(asked(search)) : undefined
    const [results, places, help] = await Promise.all([
      loadResults(database.read, found?.hits ?? [], found?.marks ?? []),
      listCategoriesAt(database.read, placesIn(found)),
      findHelp(request, search.q),
    ])
    const isCounted = found && isPlain(search) && !help && !isModerator(request.viewer)
    if (isCounted) tally.note(search.q, { isEmpty: found.total === 0 })
    return reply.render('finding/search', searchPage(request.page, search, { found, results, places, help }))
  })

  app.post(
    '/ask/suggestions',
    { schema: { body: SuggestionsForm }, config: { rateLimit: SUGGESTIONS } },
    async (request, reply) => {
      const { title, body } = request.body
      const suggestions = await loadSuggestions(database.read, await finder.suggest(title, body))
      return reply.render('finding/_suggestions', { suggestions })
    },
  )

  app.post(
    '/ask/suggestions/:id/thanks',
    { schema: { params: IdParams }, config: { rateLimit: THANKS } },
    async (request, reply) => {
      const question = await findQuestion(database.read, request.params.id)
      if (!question) throw new NotFound()
      await database.write((db) => countHelp(db, dayOf(new Date()), question.id))
      return reply
        .notice('Thank you for telling us. We are glad that the answer was here already.')
        .redirect(request.page.url(questionPath(question)), 303)
    },
  )

  app.get('/admin/searches', async (request, reply) => {
    if (!isModerator(request.signedIn())) throw new Forbidden()
    return showInsight(request, reply)
  })

  /** The category may have moved since the link was made. */
  async function inItsPlace(search: SearchQuery) {
    const moved = search.category ? await findMovedCategory(database.read, search.category) : undefined
    return moved ? { ...search, category: moved.path } : search
  }

  async function showInsight({ page, viewer }: FastifyRequest, reply: FastifyReply) {
    const since = dayOf(daysAgo(INSIGHT_DAYS))
    const list = (what: 'count' | 'emptyCount' | 'askedCount') =>
      listSearches(database.read, what, since, INSIGHT_LINES)
    const [frequent, empty, before, helpful] = await Promise.all([
      list('count'),
      list('emptyCount'),
      list('askedCount'),
      listHelpful(database.read, since, INSIGHT_LINES),
    ])
    const crumbs = insightCrumbs(page.t, isAdministrator(viewer))
    return reply.render('finding/insight', { frequent, empty, asked: before, helpful, crumbs })
  }
}

const asked = ({ q, kind, category, status, since, sort, after }: SearchQuery) => ({
  text: q,
  filters: {
    categoryPath: category,
    kind,
    isAnswered: status && status === 'answered',
    since: since && daysAgo(SPANS[since]),
  },
  spans: { week: daysAgo(SPANS.week), month: daysAgo(SPANS.month), year: daysAgo(SPANS.year) },
  sort,
  after,
  limit: PAGE_SIZE,
})

/** Searched for, and not narrowed down or read on. */
const isPlain = ({ kind, category, status, since, sort, after }: SearchQuery) =>
  !(kind || category || status || since || sort || after)

/** The categories with counts, and the way down to where the search is. */
const placesIn = (found: Found | undefined) =>
  found ? [...found.facets.categories.keys(), ...(found.categoryPath ? pathsTo(found.categoryPath) : [])] : []

export default finding
