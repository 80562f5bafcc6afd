import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { Writer } from '../database/types.ts'
import { deleteQuestionDrafts } from '../drafts/queries.ts'
import { askAgain } from '../outcomes/queries.ts'
import { countQuestionsOf } from '../questions/queries.ts'
import { ConsentForm, ConsentParams } from './forms.ts'
import { giveConsents, listConsents, withdrawConsent } from './queries.ts'
import { CONSENTS, type ConsentKind } from './texts.ts'
import { deleteAllUnpublished, unsendUnpublished } from './unpublished-queries.ts'
import { consentList } from './views.ts'
import { findWordings } from './wording-queries.ts'
import wordings from './wording-routes.ts'

/** What somebody has allowed: to look at, to give and to take back. */
const consents: FastifyPluginAsyncTypebox = async (app) => {
  const { database } = app
  await app.register(wordings)

  app.get('/account/consents', async (request, reply) => {
    const { id } = request.signedIn()
    const [rows, present, questionCount] = await Promise.all([
      listConsents(database.read, id),
      findWordings(database.read),
      countQuestionsOf(database.read, id),
    ])
    return reply.render('consents/list', consentList(request.page, { rows, questionCount }, present))
  })

  const schema = { params: ConsentParams }

  app.post('/account/consents/:kind', { schema: { ...schema, body: ConsentForm } }, async (request, reply) => {
    const { id: accountId } = request.signedIn()
    const { kind } = request.params
    const { version } = request.body
    const isGiven = await database.write(async (db) => {
      const present = (await findWordings(db))[kind].version
      if (version !== undefined && Number(version) !== present) return false
      await give(db, { accountId, kind, now: new Date() })
      return true
    })
    return reply.notice(isGiven ? GIVEN : REWORDED).redirect(request.page.url(LIST), 303)
  })

  app.delete('/account/consents/:kind', { schema }, async (request, reply) => {
    const { id } = request.signedIn()
    const { kind } = request.params
    await database.write(async (db) => {
      await withdrawConsent(db, id, { kind, now: new Date() })
      if (kind === 'publication') await unsendUnpublished(db, id)
      if (kind !== 'health-data') return
      await deleteAllUnpublished(db, id)
      await deleteQuestionDrafts(db, id)
    })
    const path = CONSENTS[kind].isNeeded ? `/account/consents/${kind}/withdrawn` : LIST
    return reply.notice('You have taken this back.').redirect(request.page.url(path), 303)
  })

  app.get('/account/consents/:kind/withdrawn', { schema }, async (request, reply) => {
    const { id } = request.signedIn()
    const { withdrawn } = CONSENTS[request.params.kind]
    const questionCount = await countQuestionsOf(database.read, id)
    const { t } = request.page
    return reply.render('consents/withdrawn', { withdrawn: t(withdrawn), questionCount })
  })
}

const LIST = '/account/consents'
const notice = (sentence: string) => sentence
const GIVEN = notice('Thank you. You can take this back at any time.')
const REWORDED = notice('These words have just changed. Please read them again.')

type Giving = { accountId: number; kind: ConsentKind; now: Date }

const give = (db: Writer, { accountId, kind, now }: Giving) =>
  kind === 'follow-up-mail' ? askAgain(db, accountId, now) : giveConsents(db, { accountId, kinds: [kind], now })

export default consents
