import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { isModerator } from '../accounts/policy.ts'
import { IdParams } from '../lib/shapes.ts'
import { Forbidden, NotFound } from '../plugins/errors.ts'
import type { Views } from '../plugins/views.ts'
import { findQuestion, type Question } from '../questions/queries.ts'
import { questionPath } from '../questions/views.ts'
import { RevealForm } from './forms.ts'
import { findAskerAccount, listEventsAbout, listWaiting, recordEvent } from './queries.ts'

const WAITING_SHOWN = 20

type Revealed = Pick<Views['moderation/asker'], 'asker' | 'values' | 'errors'>

const moderation: FastifyPluginAsyncTypebox = async (app) => {
  const { database } = app

  app.addHook('preHandler', async (request) => {
    if (!isModerator(request.signedIn())) throw new Forbidden()
  })

  app.get('/moderation', async (_request, reply) =>
    reply.render('moderation/home', { waiting: await listWaiting(database.read, WAITING_SHOWN) }),
  )

  app.get('/moderation/questions/:id/asker', { schema: { params: IdParams } }, async (request, reply) =>
    showAsker(request, reply, { question: await findPseudonymous(request.params.id), values: {} }),
  )

  app.post(
    '/moderation/questions/:id/asker',
    { schema: { params: IdParams, body: RevealForm }, attachValidation: true },
    async (request, reply) => {
      const question = await findPseudonymous(request.params.id)
      const errors = request.formErrors()
      if (errors) return showAsker(request, reply.code(422), { question, values: request.typed(), errors })

      const { reason } = request.body
      const actorId = request.signedIn().id
      const asker = await database.write(async (db) => {
        await recordEvent(db, {
          actorId,
          action: 'asker-revealed',
          subjectKind: 'question',
          subjectId: question.id,
          reason,
        })
        return findAskerAccount(db, question.id)
      })
      return showAsker(request, reply, { question, asker, values: {} })
    },
  )

  async function showAsker(
    request: FastifyRequest,
    reply: FastifyReply,
    { question, ...revealed }: Revealed & { question: Question },
  ) {
    const events = await listEventsAbout(database.read, { subjectKind: 'question', subjectId: question.id })
    const path = questionPath(question)
    const { t } = request.page
    return reply.render('moderation/asker', {
      question,
      questionPath: path,
      events,
      crumbs: [
        { name: t('Moderation'), path: '/moderation' },
        { name: question.title, path },
        { name: t('Who asked this?') },
      ],
      ...revealed,
    })
  }

  async function findPseudonymous(id: number) {
    const question = await findQuestion(database.read, id)
    if (!question?.askerId) throw new NotFound()
    return question
  }
}

export default moderation
