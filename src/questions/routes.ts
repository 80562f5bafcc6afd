import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import { isModerator } from '../accounts/policy.ts'
import { openQuestion } from '../audiences/opening.ts'
import { recordEvent } from '../audit/queries.ts'
import type { Reader, Writer } from '../database/types.ts'
import { listDrafts } from '../drafts/queries.ts'
import { pageOf, positionOf } from '../lib/paging.ts'
import { IdParams } from '../lib/shapes.ts'
import { Forbidden, NotFound } from '../plugins/errors.ts'
import type { Viewer } from '../plugins/sessions.ts'
import { ListQuery } from './forms.ts'
import { canCloseQuestion, canReopenQuestion, isAsker, isClosedByStaff } from './policy.ts'
import {
  closeQuestion,
  findAnyQuestion,
  listQuestions,
  listQuestionsOf,
  type Question,
  reopenQuestion,
} from './queries.ts'
import { listLatelyWithdrawn } from './regret-queries.ts'
import { findByFormerNumber } from './renumbering-queries.ts'
import { ATOM, type ListedQuestion, questionPath, questionsFeed } from './views.ts'

const questions: FastifyPluginAsyncTypebox = async (app) => {
  const { database } = app
  app.leadsOn.push((request) => findMoved(database.read, request))

  app.get('/questions', { schema: { querystring: ListQuery } }, async (request, reply) => {
    const { status, after } = request.query
    const rows = await listQuestions(database.read, { status, after: positionOf(after) })
    return reply.render('questions/list', { ...pageOf(rows, position), status, isFirstPage: !after })
  })

  app.get('/questions.atom', async ({ page }, reply) => {
    const questions = await listQuestions(database.read)
    const withdrawn = await listLatelyWithdrawn(database.read, new Date())
    const feed = { title: page.siteName, path: '/questions', feedPath: '/questions.atom', questions, withdrawn }
    return reply.type(ATOM).send(questionsFeed(page, feed))
  })

  app.get('/account/questions', { schema: { querystring: ListQuery } }, async (request, reply) => {
    const { id } = request.signedIn()
    const [rows, drafts] = await Promise.all([
      listQuestionsOf(database.read, id, positionOf(request.query.after)),
      listDrafts(database.read, id),
    ])
    return reply.render('questions/mine', { ...pageOf(rows, position), drafts })
  })

  app.post('/questions/:id/closure', { schema: { params: IdParams } }, async (request, reply) => {
    const question = await findPermitted(request, request.params.id, canCloseQuestion)
    const { id } = request.signedIn()
    await database.write(async (db) => {
      const isClosed = await closeQuestion(db, question.id, id)
      if (isClosed && !isAsker(request.viewer, question)) await record(db, 'question-closed', request, question)
    })
    return reply.notice('The question is closed.').redirect(request.page.url(questionPath(question)), 303)
  })

  app.delete('/questions/:id/closure', { schema: { params: IdParams } }, async (request, reply) => {
    const question = await findPermitted(request, request.params.id, canReopenQuestion)
    const isByStaff = !isAsker(request.viewer, question) || isClosedByStaff(question)
    await database.write(async (db) => {
      const isOpen = await reopenQuestion(db, question)
      if (isOpen && isByStaff) await record(db, 'question-reopened', request, question)
    })
    return reply.notice('The question is open again.').redirect(request.page.url(questionPath(question)), 303)
  })

  type Permits = (viewer: Viewer, question: Question) => boolean

  async function findPermitted(request: FastifyRequest, id: number, permits: Permits) {
    const viewer = request.signedIn()
    const question = await findAnyQuestion(database.read, id)
    if (!question) throw new NotFound()
    await openQuestion(request, question)
    if (!permits(viewer, question)) throw new Forbidden()
    return question
  }
}

/** Where a question is that had another number till it was published: for those who knew it by that. */
async function findMoved(db: Reader, { viewer, originalUrl }: FastifyRequest) {
  const [, room, number] = /\/(questions|moderation\/safety)\/(\d{1,15})(?![^/?#])/.exec(originalUrl) ?? []
  if (!viewer || !number) return undefined
  const id = await findByFormerNumber(db, { number: Number(number), viewerId: viewer.id, isStaff: isModerator(viewer) })
  return id === undefined ? undefined : originalUrl.replace(`/${room}/${number}`, `/${room}/${id}`)
}

/** What askers do with their own question is not written down, even if they are staff: it would tell who asked. */
const record = (db: Writer, action: string, request: FastifyRequest, { id: subjectId }: Question) =>
  recordEvent(db, { actorId: request.signedIn().id, action, subjectKind: 'question', subjectId })

const position = ({ createdAt, id }: ListedQuestion) => ({ at: createdAt, id })

export default questions
