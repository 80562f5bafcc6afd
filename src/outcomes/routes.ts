import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply } from 'fastify'
import { giveConsents } from '../consents/queries.ts'
import { askedFirst } from '../consents/standing.ts'
import { givenIn } from '../consents/views.ts'
import { NotFound } from '../plugins/errors.ts'
import { OutcomeForm, OutcomeQuery, StopForm } from './forms.ts'
import { readOutcomeToken } from './links.ts'
import { askAgain, findRequest, recordOutcome, stopAsking, stopAskingAbout } from './queries.ts'
import { outcomeForm } from './views.ts'

const REPLIES = { max: 60, timeWindow: '1 hour' }

/** "Did it help?", answered from a mail. Programs that look through mail open its links, so only a button counts. */
const routes: FastifyPluginAsyncTypebox = async (app) => {
  const { database, config } = app

  app.addHook('onRequest', async (_request, reply) => {
    reply.header('cache-control', 'private, no-store')
  })

  app.get('/outcomes', { schema: { querystring: OutcomeQuery } }, async (request, reply) => {
    const { token = '', outcome: chosen } = request.query
    const { asked, isExpired } = await findAsked(token)
    if (isExpired || asked.repliedAt) return showDead(reply, isExpired)
    return reply.render('outcomes/form', outcomeForm(request.page, { token, week: asked.week, chosen }))
  })

  app.post(
    '/outcomes',
    { schema: { body: OutcomeForm }, attachValidation: true, config: { rateLimit: REPLIES } },
    async (request, reply) => {
      const { token = '' } = request.typed()
      const { asked, isExpired } = await findAsked(token)
      if (isExpired) return showDead(reply, isExpired)
      const error = request.formErrors()?.outcome
      if (error)
        return reply.code(422).render('outcomes/form', outcomeForm(request.page, { token, week: asked.week, error }))
      const { accountId } = asked
      const values = request.typed()
      if (await askedFirst(request, reply, { accountId, kinds: ['health-data'], action: '/outcomes', values }))
        return reply
      const told = { outcome: request.body.outcome, now: new Date() }
      const isRecorded = await database.write(async (db) => {
        await giveConsents(db, { accountId, ...givenIn(values), now: told.now })
        return recordOutcome(db, asked.id, told)
      })
      if (!isRecorded) return showDead(reply, false)
      return reply.render('outcomes/told', {
        questionPath: `/questions/${asked.questionId}`,
        isWorse: told.outcome === 'worse',
      })
    },
  )

  app.get('/outcomes/stop', { schema: { querystring: OutcomeQuery } }, async (request, reply) => {
    const { token = '' } = request.query
    await findAsked(token)
    return reply.render('outcomes/stop', { token })
  })

  app.post('/outcomes/stop', { schema: { body: StopForm }, config: { rateLimit: REPLIES } }, async (request, reply) => {
    const { token, scope } = request.body
    const { asked } = await findAsked(token)
    await database.write((db) =>
      scope === 'all' ? stopAsking(db, asked.accountId, new Date()) : stopAskingAbout(db, asked.questionId),
    )
    return reply.render('outcomes/stopped', { isForGood: scope === 'all' })
  })

  app.post('/account/outcome-mails', async (request, reply) => {
    const { id } = request.signedIn()
    await database.write((db) => askAgain(db, id, new Date()))
    return reply
      .notice('We ask you again by mail whether an answer helped.')
      .redirect(request.page.url('/account'), 303)
  })

  app.delete('/account/outcome-mails', async (request, reply) => {
    const { id } = request.signedIn()
    await database.write((db) => stopAsking(db, id, new Date()))
    return reply.notice('We do not ask you by mail any more.').redirect(request.page.url('/account'), 303)
  })

  /** Whoever never asks again is let be for ever: to stop, an old link is good enough. */
  async function findAsked(token: string) {
    const link = readOutcomeToken(config.secret, token)
    const asked = link && (await findRequest(database.read, link.requestId))
    if (!asked) throw new NotFound()
    return { asked, isExpired: link.expiresAt < new Date() }
  }

  const showDead = (reply: FastifyReply, isExpired: boolean) =>
    reply.code(410).render('outcomes/dead-link', { reason: isExpired ? 'expired' : 'used' })
}

export default routes
