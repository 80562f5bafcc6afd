import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { isModerator } from '../accounts/policy.ts'
import { canSeeAnswer } from '../answers/policy.ts'
import { findAnswer } from '../answers/queries.ts'
import { openQuestion } from '../audiences/opening.ts'
import { recordEvent } from '../audit/queries.ts'
import { IdParams } from '../lib/shapes.ts'
import { Forbidden, Gone, NotFound } from '../plugins/errors.ts'
import { canSeeOldVersions } from '../questions/policy.ts'
import { findAnyQuestion } from '../questions/queries.ts'
import { questionPath } from '../questions/views.ts'
import { canSeeChanges } from '../recalls/policy.ts'
import { deleteRevision, listRevisions } from './queries.ts'
import { revisionsPage } from './views.ts'

/** What a question or an answer said before: of an answer for everybody, of a question for its asker and staff. */
const revisions: FastifyPluginAsyncTypebox = async (app) => {
  const { database } = app

  app.get('/questions/:id/revisions', { schema: { params: IdParams } }, async (request, reply) => {
    const question = await findAnyQuestion(database.read, request.params.id)
    if (!question?.editedAt || !canSeeOldVersions(request.viewer, question)) throw new NotFound()
    await openQuestion(request, question)
    const { title, body, editedAt: writtenAt } = question
    return showChanges(request, reply, {
      question,
      heading: request.page.t('What changed in the question'),
      text: { questionId: question.id },
      current: { title, body, writtenAt },
      backPath: questionPath(question),
    })
  })

  app.get('/answers/:id/revisions', { schema: { params: IdParams } }, async (request, reply) => {
    const { viewer, page } = request
    const answer = await findAnswer(database.read, request.params.id)
    const question = answer && (await findAnyQuestion(database.read, answer.questionId))
    if (!answer?.editedAt || !question) throw new NotFound()
    await openQuestion(request, question)
    if (!canSeeAnswer(viewer, answer) || !canSeeChanges(viewer, answer)) throw new Gone()
    return showChanges(request, reply, {
      question,
      heading: page.t('What changed in the answer by {name}', { name: answer.expertName }),
      text: { questionId: question.id, answerId: answer.id },
      current: { title: null, body: answer.body, writtenAt: answer.editedAt },
      backPath: `${questionPath(question)}#answer-${answer.id}`,
    })
  })

  app.delete('/revisions/:id', { schema: { params: IdParams } }, async (request, reply) => {
    const viewer = request.signedIn()
    if (!isModerator(viewer)) throw new Forbidden()
    const deleted = await database.write(async (db) => {
      const deleted = await deleteRevision(db, request.params.id)
      if (deleted) await recordEvent(db, { actorId: viewer.id, action: 'version-removed', ...subjectOf(deleted) })
      return deleted
    })
    if (!deleted) throw new NotFound()
    const { subjectKind, subjectId } = subjectOf(deleted)
    return reply
      .notice('The old version is gone for good.')
      .redirect(request.page.url(`/${subjectKind}s/${subjectId}/revisions`), 303)
  })

  type Changes = Parameters<typeof revisionsPage>[1] & { text: Parameters<typeof listRevisions>[1] }

  async function showChanges(request: FastifyRequest, reply: FastifyReply, { text, ...changes }: Changes) {
    const earlier = await listRevisions(database.read, text)
    return reply.render('revisions/show', revisionsPage(request.page, changes, earlier))
  }
}

type Deleted = NonNullable<Awaited<ReturnType<typeof deleteRevision>>>

const subjectOf = ({ questionId, answerId }: Deleted) =>
  answerId === null
    ? { subjectKind: 'question' as const, subjectId: questionId }
    : { subjectKind: 'answer' as const, subjectId: answerId }

export default revisions
