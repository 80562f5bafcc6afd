import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { isModerator } from '../accounts/policy.ts'
import { countApplications } from '../applications/queries.ts'
import { listEventsAbout, listLatestEvents, recordEvent } from '../audit/queries.ts'
import { shownEvent } from '../audit/views.ts'
import { countCredentialsDue, DUE_DAYS } from '../experts/credential-queries.ts'
import { countOpenIncidents } from '../incidents/queries.ts'
import { IdParams } from '../lib/shapes.ts'
import { Forbidden, NotFound } from '../plugins/errors.ts'
import type { Views } from '../plugins/views.ts'
import { isSleptOn } from '../questions/policy.ts'
import { findAnyQuestion, type Question } from '../questions/queries.ts'
import { openTitleOf, questionPath, titleForStaff } from '../questions/views.ts'
import { countOverdue } from '../reviews/queries.ts'
import { countUnseen } from '../safety/mark-queries.ts'
import concealmentRoutes from './concealment-routes.ts'
import { RevealForm } from './forms.ts'
import { findAskerAccount, listHiddenAnswers, listHiddenComments, listHiddenQuestions, listWaiting } from './queries.ts'
import { moderationHome } from './views.ts'

const SHOWN = 20

type Revealed = Pick<Views['moderation/asker'], 'asker' | 'values' | 'errors'>

const moderation: FastifyPluginAsyncTypebox = async (app) => {
  const { database } = app

  app.addHook('preHandler', async (request) => {
    if (!isModerator(request.signedIn())) throw new Forbidden()
  })

  await app.register(concealmentRoutes)

  app.get('/moderation', async ({ page }, reply) => {
    const now = new Date()
    const [questions, answers, comments, events, waiting, counts, dueCount, overdueCount] = await Promise.all([
      listHiddenQuestions(database.read, SHOWN),
      listHiddenAnswers(database.read, SHOWN),
      listHiddenComments(database.read, SHOWN),
      listLatestEvents(database.read, SHOWN),
      listWaiting(database.read, SHOWN),
      countApplications(database.read),
      countCredentialsDue(database.read, { days: DUE_DAYS, now }),
      countOverdue(database.read, { now }),
    ])
    const applicationCount = counts.get('waiting') ?? 0
    const urgentCount = await countUnseen(database.read)
    const incidents = await countOpenIncidents(database.read, now)
    const totals = { applicationCount, dueCount, overdueCount, urgentCount, incidents }
    const lists = { questions, answers, comments, events, waiting, ...totals }
    return reply.render('moderation/home', moderationHome(page, lists))
  })

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
    const { t } = request.page
    const isAsleep = isSleptOn(question)
    const title = isAsleep ? t('A question that is not published yet') : titleForStaff(t, openTitleOf(question))
    const path = pathForStaff(question)
    return reply.render('moderation/asker', {
      question: { ...question, title },
      questionPath: path,
      events: events.map((event) => shownEvent(request.page, event)),
      crumbs: [{ name: t('Moderation'), path: '/moderation' }, { name: title, path }, { name: t('Who asked this?') }],
      ...revealed,
    })
  }

  async function findPseudonymous(id: number) {
    const question = await findAnyQuestion(database.read, id)
    if (!question?.askerId || (isSleptOn(question) && !question.flaggedAt)) throw new NotFound()
    return question
  }
}

/** What its asker sleeps on staff read in the list of what may be urgent alone. */
function pathForStaff(question: Question) {
  return isSleptOn(question) ? `/moderation/safety/${question.id}` : questionPath(question)
}

export default moderation
