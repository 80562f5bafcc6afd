import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { deleteQuestionDrafts } from '../drafts/queries.ts'
import { askAgain } from '../outcomes/queries.ts'
import { countQuestionsOf } from '../questions/queries.ts'
import { ConsentParams } from './forms.ts'
import { giveConsents, listConsents, withdrawConsent } from './queries.ts'
import { CONSENTS } from './texts.ts'
import { consentList } from './views.ts'

/** What somebody has allowed: to look at, to give and to take back. */
const consents: FastifyPluginAsyncTypebox = async (app) => {
  const { database } = app

  app.get('/account/consents', async (request, reply) => {
    const rows = await listConsents(database.read, request.signedIn().id)
    return reply.render('consents/list', consentList(request.page, rows))
  })

  app.post('/account/consents/:kind', { schema: { params: ConsentParams } }, async (request, reply) => {
    const { id: accountId } = request.signedIn()
    const { kind } = request.params
    const now = new Date()
    await database.write((db) =>
      kind === 'follow-up-mail' ? askAgain(db, accountId, now) : giveConsents(db, { accountId, kinds: [kind], now }),
    )
    return reply.notice('Thank you. You can take this back at any time.').redirect(request.page.url(LIST), 303)
  })

  app.delete('/account/consents/:kind', { schema: { params: ConsentParams } }, async (request, reply) => {
    const { id } = request.signedIn()
    const { kind } = request.params
    await database.write(async (db) => {
      await withdrawConsent(db, id, { kind, now: new Date() })
      if (kind === 'health-data') await deleteQuestionDrafts(db, id)
    })
    const path = CONSENTS[kind].isNeeded ? `/account/consents/${kind}/withdrawn` : LIST
    return reply.notice('You have taken this back.').redirect(request.page.url(path), 303)
  })

  app.get('/account/consents/:kind/withdrawn', { schema: { params: ConsentParams } }, async (request, reply) => {
    const { id } = request.signedIn()
    const { withdrawn } = CONSENTS[request.params.kind]
    const questionCount = await countQuestionsOf(database.read, id)
    const { t } = request.page
    return reply.render('consents/withdrawn', { withdrawn: t(withdrawn), questionCount })
  })
}

const LIST = '/account/consents'

export default consents
