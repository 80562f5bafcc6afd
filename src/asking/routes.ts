import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { takeBackCleared } from '../consents/unpublished-queries.ts'
import { isCleared, missingConsents } from '../consents/views.ts'
import { takeOver } from '../drafts/keeping.ts'
import { findDraft } from '../drafts/queries.ts'
import { loadSuggestions } from '../finding/results.ts'
import { searchedIn } from '../finding/views.ts'
import { blurring } from '../identity/views.ts'
import { newKey } from '../lib/form-keys.ts'
import type { Question } from '../questions/queries.ts'
import { questionPath } from '../questions/views.ts'
import type { Found } from '../safety/book.ts'
import { isCrisis } from '../safety/watch.ts'
import { confirmAge } from './age-queries.ts'
import type { Asking } from './asking.ts'
import edits from './edit-routes.ts'
import { AskQuery, QuestionForm, wishOf } from './forms.ts'
import { checked, keepForLater, sayItHasGone, sayItIsKept, showForm, showPostedOtherwise } from './pages.ts'
import { postQuestion } from './posting.ts'
import { listAskedOf } from './readers.ts'
import { warnAgain } from './safety-steps.ts'
import { stepsFirst, stepsToAsk, stepsToHold, walk } from './steps.ts'
import { WRITTEN } from './views.ts'
import younger from './younger-routes.ts'

const HOUR_MS = 3_600_000
const POSTS_BY_ACCOUNT = 20
/** Many people may share one internet address. */
const POSTS_BY_VISITOR = 60

const asking: FastifyPluginAsyncTypebox = async (app) => {
  const { database, finder, tally } = app
  await app.register(edits)
  await app.register(younger)

  app.get('/ask', { schema: { querystring: AskQuery } }, async (request, reply) => {
    const { draft: key, ...typed } = request.query
    if (!key) return showNewForm(request, reply, typed)
    const { viewer } = request
    const draft = await findDraft(database.read, key, viewer?.id)
    if (!draft || draft.questionId) return sayItHasGone(request, reply)
    if (viewer) await takeOver(request, draft)
    if (viewer && draft.fields.isOfAge) await database.write((db) => confirmAge(db, viewer.id, new Date()))
    const values = { ...draft.fields, key }
    const found: Asking = { request, reply, action: '/ask', values, key, isFromForm: true, countPost: async () => 0 }
    if (viewer && (await walk([warnAgain], found))) return reply
    return showForm(request, reply, { values, isDraft: true })
  })

  app.post(
    '/ask',
    { schema: { body: QuestionForm }, attachValidation: true, preValidation: blurring(WRITTEN) },
    async (request, reply) => {
      const { viewer } = request
      const values = request.typed()
      if (viewer && isCleared(values, 'health-data')) await takeBack(viewer.id, values.key)
      if (values.action === 'change') return showForm(request, reply, { values })
      const { category, readers, errors } = await checked(request)
      const { key = newKey() } = values
      const wish = wishOf(values)
      const isFromForm = values.key !== undefined
      const sent = { request, reply, action: '/ask', values, key, isFromForm, countPost: () => countPost(request) }
      const asked: Asking = { ...sent, wish: viewer || wish === 'preview' ? wish : undefined, isUnfinished: !category }
      if (asked.wish === 'draft') return keepIfAllowed(asked)
      if (await walk(stepsFirst, asked)) return reply
      if (!category) return showForm(request, reply.code(422), { values, errors })
      if (asked.wish === 'preview') return showForm(request, reply, { values, isPreview: true })
      const { found = [] } = asked
      const isHeld = isCrisis(found)
      if ((await walk(isHeld ? stepsToHold : stepsToAsk, asked)) || !viewer) return reply

      const post = { key, categoryId: category.id, readers, found, now: new Date() }
      const question = await database.write((db) => postQuestion(db, request, post))
      if (!question) return showPostedOtherwise(request, reply, values)
      if (isHeld) return reply.redirect(request.page.url(`/questions/${question.id}/help`), 303)
      return reply.notice(noticeFor(question, found)).redirect(request.page.url(questionPath(question)), 303)
    },
  )

  /** A draft was kept while their box was ticked. */
  const takeBack = (accountId: number, key = '') =>
    database.write((db) => takeBackCleared(db, accountId, { key, now: new Date() }))

  /** A draft holds what somebody tells of their health: it is stored only where they have said yes to that. */
  async function keepIfAllowed(asking: Asking) {
    const { request, reply, values, key } = asking
    const missing = missingConsents(request.page, await listAskedOf(request, values), values)
    const errors = Object.fromEntries(Object.entries(missing).filter(([name]) => name === 'consent-health-data'))
    const isKept = Object.keys(errors).length === 0
    const kept = isKept ? { ...values, key: await keepForLater(request, key) } : values
    if (await walk(stepsFirst, { ...asking, values: kept, isKept })) return reply
    if (!isKept) return showForm(request, reply.code(422), { values, errors })
    return sayItIsKept(request, reply)
  }

  /** Somebody comes with a sentence, perhaps from a search: what they looked for is worth knowing, and what is answered. */
  async function showNewForm(request: FastifyRequest, reply: FastifyReply, typed: Record<string, string>) {
    const searched = searchedIn(request.page.refererPath)
    if (searched) tally.note(searched, { isAsked: true })
    const audience = typed.expert ? 'expert' : 'everybody'
    const isSearched = typed.title && !typed.expert
    const suggestions = isSearched ? await loadSuggestions(database.read, await finder.suggest(typed.title!)) : []
    return showForm(request, reply, { values: { ...typed, audience, key: newKey() }, suggestions })
  }

  const countByVisitor = app.createRateLimit({ timeWindow: HOUR_MS, max: POSTS_BY_VISITOR })
  const countByAccount = app.createRateLimit({
    timeWindow: HOUR_MS,
    max: POSTS_BY_ACCOUNT,
    keyGenerator: ({ viewer }) => String(viewer?.id),
  })

  /** Only what would be posted or kept counts, not previews or mistakes. Returns the seconds to wait, mostly none. */
  async function countPost(request: FastifyRequest) {
    const limit = await (request.viewer ? countByAccount(request) : countByVisitor(request))
    return !limit.isAllowed && limit.isExceeded ? limit.ttlInSeconds : 0
  }
}

const notice = (sentence: string) => sentence

function noticeFor({ publishAt, audience }: Question, found: Found[]) {
  if (publishAt && found.length > 0)
    return notice('Your question is kept. Only you and our moderators can see it for now.')
  if (publishAt) return notice('Your question is kept. Only you can see it for now.')
  if (audience) return notice('Your question is sent in confidence. We will write to you when an expert answers.')
  return notice('Your question is posted. We will write to you when an expert answers.')
}

export default asking
