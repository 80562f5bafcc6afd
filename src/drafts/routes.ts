import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply } from 'fastify'
import { endOf, extendByWriting } from '../claims/queries.ts'
import { hasConsent } from '../consents/queries.ts'
import { readIn } from '../consents/views.ts'
import { renderMarkdown } from '../lib/markdown.ts'
import { Forbidden, NotFound } from '../plugins/errors.ts'
import { DraftForm, DraftParams, PreviewForm } from './forms.ts'
import { type DraftFields, deleteDraft, isQuestion, saveDraft } from './queries.ts'
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
    if (questionId && !(await isQuestion(database.read, questionId))) throw new NotFound()
    const fields = draftFields(request.typed())
    if (!questionId && !(await mayKeep(id, fields))) return forget(reply, key, id)
    const claim = { expertId: id, now: new Date(), hours: app.config.claimHours }
    const { isSaved, isHeldLonger } = await database.write(async (db) => ({
      isSaved: await saveDraft(db, { key, accountId: id, questionId, fields }),
      isHeldLonger: questionId !== undefined && (await extendByWriting(db, { ...claim, questionId })),
    }))
    if (!isSaved) throw new Forbidden()
    if (isHeldLonger) reply.header('claimed-until', endOf(claim.now, claim.hours).toISOString())
    return reply.code(204).send()
  })

  /** A new question tells of its writer's health: that is stored only where they have said yes. */
  const mayKeep = async (id: number, fields: DraftFields) =>
    'health-data' in readIn(fields) || (await hasConsent(database.read, id, 'health-data'))

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
