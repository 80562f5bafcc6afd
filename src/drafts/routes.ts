import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { mayKnowOf } from '../audiences/opening.ts'
import { endOf, extendByWriting } from '../claims/queries.ts'
import { giveConsents, hasConsent } from '../consents/queries.ts'
import { takeBackCleared } from '../consents/unpublished-queries.ts'
import { isCleared, leaveToKeep } from '../consents/views.ts'
import { renderMarkdown } from '../lib/markdown.ts'
import { Forbidden, NotFound } from '../plugins/errors.ts'
import { findAnyQuestion } from '../questions/queries.ts'
import { DraftForm, DraftParams, PreviewForm } from './forms.ts'
import { deleteDraft, saveDraft } from './queries.ts'
import { draftFields } from './views.ts'

const PREVIEWS = { max: 120, timeWindow: '1 minute' }
const SAVES = { max: 120, timeWindow: '1 minute' }

/** What helps somebody who is writing: a preview, and their draft kept as they go. */
const drafts: FastifyPluginAsyncTypebox = async (app) => {
  const { database } = app

  app.post('/preview', { schema: { body: PreviewForm }, config: { rateLimit: PREVIEWS } }, async (request, reply) =>
    reply.type('text/html; charset=utf-8').send(renderMarkdown(request.body.body ?? '')),
  )

  app.post('/drafts', { schema: { body: DraftForm }, config: { rateLimit: SAVES } }, async (request, reply) => {
    const { key, questionId } = request.body
    const { id } = request.signedIn()
    const isAskers = questionId === undefined || (await findKnown(request, questionId)).askerId === id
    if (isAskers && !(await mayKeep(request, key))) return forget(reply, key, id)
    const fields = draftFields(request.typed())
    const claim = { expertId: id, now: new Date(), hours: app.config.claimHours }
    const { isSaved, isHeldLonger } = await database.write(async (db) => {
      if (isAskers) await giveConsents(db, { accountId: id, ...leaveToKeep(fields), now: claim.now })
      const isSaved = await saveDraft(db, { key, accountId: id, questionId, fields })
      return {
        isSaved,
        isHeldLonger: questionId !== undefined && (await extendByWriting(db, { ...claim, questionId })),
      }
    })
    if (!isSaved) throw new Forbidden()
    if (isHeldLonger) reply.header('claimed-until', endOf(claim.now, claim.hours).toISOString())
    return reply.code(204).send()
  })

  async function findKnown(request: FastifyRequest, questionId: number) {
    const question = await findAnyQuestion(database.read, questionId)
    if (!question || !(await mayKnowOf(request, question))) throw new NotFound()
    return question
  }

  /** What an asker writes tells of their health: that is stored only where they have said yes, and not taken that back. */
  async function mayKeep(request: FastifyRequest, key: string) {
    const { id } = request.signedIn()
    const values = request.typed()
    if (isCleared(values, 'health-data'))
      await database.write((db) => takeBackCleared(db, id, { key, now: new Date() }))
    return leaveToKeep(values).kinds.length > 0 || hasConsent(database.read, id, 'health-data')
  }

  async function forget(reply: FastifyReply, key: string, id: number) {
    await database.write((db) => deleteDraft(db, key, id))
    return reply.code(204).header('draft-kept', 'no').send()
  }

  app.delete('/drafts/:key', { schema: { params: DraftParams } }, async (request, reply) => {
    const { id } = request.signedIn()
    await database.write((db) => deleteDraft(db, request.params.key, id))
    return reply.notice('The draft is deleted.').redirect(request.page.url('/account/questions'), 303)
  })
}

export default drafts
