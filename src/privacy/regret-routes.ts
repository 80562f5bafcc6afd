import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import { withdrawThread } from '../answers/concealment-queries.ts'
import type { Writer } from '../database/types.ts'
import { IdParams } from '../lib/shapes.ts'
import type { Site } from '../notifications/site.ts'
import { Conflict, Forbidden, Gone, NotFound } from '../plugins/errors.ts'
import type { Viewer } from '../plugins/sessions.ts'
import { canCutLink, canSeeQuestion, canWithdrawQuestion, isAsker, isSleptOn } from '../questions/policy.ts'
import { countQuestionsOf, findAnyQuestion, type Question } from '../questions/queries.ts'
import { deleteUnpublished } from '../questions/regret-queries.ts'
import { anonymiseQuestion, listOwnQuestions } from './anonymity-queries.ts'
import { tellAnswered } from './mails.ts'
import { regretPage } from './views.ts'

const MINE = '/account/questions'

/** Second thoughts of whoever asked: to take back, to cut the link. */
const regret: FastifyPluginAsyncTypebox = async (app) => {
  const { database } = app
  const one = { schema: { params: IdParams } }

  app.get('/questions/:id/withdrawal', one, async (request, reply) => {
    const question = await findPermitted(request, request.params.id, canWithdrawQuestion)
    const kind = isSleptOn(question) ? 'deletion' : 'withdrawal'
    return reply.render('privacy/regret', regretPage(request.page, kind, question))
  })

  app.post('/questions/:id/withdrawal', one, async (request, reply) => {
    const question = await findPermitted(request, request.params.id, canWithdrawQuestion)
    const isDeleted = await database.write((db) => takeBack(db, request.page, question))
    return reply.notice(isDeleted ? deletedNotice(question) : WITHDRAWN).redirect(request.page.url(MINE), 303)
  })

  app.get('/questions/:id/anonymity', one, async (request, reply) => {
    const question = await findPermitted(request, request.params.id, canCutLink)
    return reply.render('privacy/regret', regretPage(request.page, 'anonymity', question))
  })

  app.post('/questions/:id/anonymity', one, async (request, reply) => {
    const question = await findPermitted(request, request.params.id, canCutLink)
    const { id: accountId } = request.signedIn()
    await database.write((db) => anonymiseQuestion(db, { question, accountId, now: new Date() }))
    return reply.notice('Nothing ties this question to you any more.').redirect(request.page.url(MINE), 303)
  })

  app.get('/account/questions/withdrawal', async (request, reply) => {
    const count = await countQuestionsOf(database.read, request.signedIn().id)
    return reply.render('privacy/regret', regretPage(request.page, 'withdrawal', count))
  })

  app.post('/account/questions/withdrawal', async (request, reply) => {
    const { id } = request.signedIn()
    for (const question of await listOwnQuestions(database.read, id))
      if (!question.withdrawnAt) await database.write((db) => takeBack(db, request.page, question))
    return reply.notice('Your questions are taken back.').redirect(request.page.url(MINE), 303)
  })

  app.get('/account/questions/anonymity', async (request, reply) => {
    const count = await countQuestionsOf(database.read, request.signedIn().id)
    return reply.render('privacy/regret', regretPage(request.page, 'anonymity', count))
  })

  app.post('/account/questions/anonymity', async (request, reply) => {
    const viewer = request.signedIn()
    const { id: accountId } = viewer
    const own = await listOwnQuestions(database.read, accountId)
    for (const question of own)
      if (canCutLink(viewer, question))
        await database.write((db) => anonymiseQuestion(db, { question, accountId, now: new Date() }))
    const isLeft = own.some(({ heldAt }) => heldAt !== null)
    return reply.notice(isLeft ? CUT_BUT_HELD : CUT).redirect(request.page.url(MINE), 303)
  })

  type Permits = (viewer: Viewer, question: Question) => boolean

  async function findPermitted(request: FastifyRequest, id: number, permits: Permits) {
    const viewer = request.signedIn()
    const question = await findAnyQuestion(database.read, id)
    const isUnheardOf = question?.publishAt || question?.audience
    if (!question || (isUnheardOf && !isAsker(viewer, question))) throw new NotFound()
    if (!canSeeQuestion(viewer, question)) throw new Gone()
    if (permits === canCutLink && question.heldAt)
      throw new Conflict(
        'A moderator reads this question first, and may have to reach you because you may be in danger. You can cut the link after that, or take the question back now.',
      )
    if (!permits(viewer, question)) throw new Forbidden()
    return question
  }
}

/** What translators are to find. */
const notice = (sentence: string) => sentence

const CUT = notice('Nothing ties your questions to you any more.')
const CUT_BUT_HELD = notice(
  'Nothing ties your questions to you any more, but for those that a moderator reads first. Cut the link to them after that.',
)
const WITHDRAWN = notice('Your question is taken back. Nobody else can read it any more.')
const DELETED = notice('Your question is deleted. Nobody has seen it.')
const DELETED_AS_READ = notice('Your question is deleted. Nobody but our moderators has seen it.')

const deletedNotice = ({ flaggedAt }: Question) => (flaggedAt ? DELETED_AS_READ : DELETED)

/** What nobody has seen goes at once. False: others may have seen it. */
async function takeBack(db: Writer, site: Site, question: Question) {
  if (isSleptOn(question) && (await deleteUnpublished(db, question.id))) return true
  if (await withdrawThread(db, question, new Date())) await tellAnswered(db, site, question.id)
  return false
}

export default regret
