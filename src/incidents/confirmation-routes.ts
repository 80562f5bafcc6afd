import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { findAnswer } from '../answers/queries.ts'
import type { Writer } from '../database/types.ts'
import type { Site } from '../notifications/site.ts'
import { Gone } from '../plugins/errors.ts'
import { TokenForm, TokenQuery } from './forms.ts'
import { readConfirmationToken } from './links.ts'
import { confirmReporter, findIncident, type Incident } from './queries.ts'
import { tellOfChecking } from './reporting.ts'

const TRIES = { max: 60, timeWindow: '1 hour' }

/** A visitor shows that an e-mail address is theirs. Programs that look through mail open its links, so only a button counts. */
const confirmation: FastifyPluginAsyncTypebox = async (app) => {
  const { database, config } = app

  app.addHook('onRequest', async (_request, reply) => {
    reply.header('cache-control', 'private, no-store')
  })

  app.get('/incidents/confirmation', { schema: { querystring: TokenQuery } }, async (request, reply) => {
    const { token = '' } = request.query
    await findOpen(token)
    return reply.render('incidents/confirm', { token })
  })

  app.post(
    '/incidents/confirmation',
    { schema: { body: TokenForm }, config: { rateLimit: TRIES } },
    async (request, reply) => {
      const incident = await findOpen(request.body.token)
      const isHidden = await database.write((db) => confirm(db, request.page, incident))
      return reply.render('incidents/confirmed', { isHidden })
    },
  )

  async function findOpen(token: string) {
    const id = readConfirmationToken(config.secret, token, new Date())
    const found = id ? await findIncident(database.read, id) : undefined
    if (!found?.incident.reporterEmail) throw new Gone()
    return found.incident
  }
}

/** True: the answer is not to be read, by this report or by another. */
async function confirm(db: Writer, site: Site, incident: Incident) {
  const answer = incident.answerId ? await findAnswer(db, incident.answerId) : undefined
  const confirmed = await confirmReporter(db, incident, { answer, now: new Date() })
  if (answer && confirmed?.isHidingNow) await tellOfChecking(db, site, { answer, incident })
  return answer?.hiddenAt != null || confirmed?.isHidingNow === true
}

export default confirmation
