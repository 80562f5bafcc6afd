import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import { isModerator } from '../accounts/policy.ts'
import { showThread } from '../answers/concealment-queries.ts'
import { findAsker } from '../answers/queries.ts'
import { tellAddressee } from '../audiences/mails.ts'
import { recordEvent } from '../audit/queries.ts'
import type { Writer } from '../database/types.ts'
import { pageOf, positionOf } from '../lib/paging.ts'
import { IdParams } from '../lib/shapes.ts'
import { queueMail } from '../notifications/queries.ts'
import { Conflict, Forbidden } from '../plugins/errors.ts'
import { isSleptOn } from '../questions/policy.ts'
import type { Question } from '../questions/queries.ts'
import { hasToLook, lacksLeave } from '../questions/regret-queries.ts'
import { DecisionForm, OnCallForm, QueueQuery } from './forms.ts'
import { decidedMail } from './mails.ts'
import { endHolding, isOnCall, listUnseen, markSeen, setOnCall } from './mark-queries.ts'
import { queuePage } from './review-views.ts'
import { findMarked, missingReason, showDecision } from './showing.ts'

type Outcome = { outcome: 'seen' | 'publish' | 'keep'; reason?: string }

/** What moderators look at first, and what they decide. */
const reviews: FastifyPluginAsyncTypebox = async (app) => {
  const { database } = app

  app.addHook('preHandler', async (request) => {
    if (!isModerator(request.signedIn())) throw new Forbidden()
  })

  app.get('/moderation/safety', { schema: { querystring: QueueQuery } }, async (request, reply) => {
    const { rules } = await app.safety.current()
    const emergencies = Object.keys(rules.flags).filter((key) => rules.flags[key]!.severity === 'emergency')
    const found = await listUnseen(database.read, { emergencies, after: rungOf(request.query.after) })
    const { rows, next: end } = pageOf(found, position)
    const next = end && `${rows.at(-1)!.rank}${end}`
    const onCall = await isOnCall(database.read, request.signedIn().id)
    return reply.render('safety/queue', queuePage(request.page, rules, { rows, next, isOnCall: onCall }))
  })

  app.post('/moderation/safety/on-call', { schema: { body: OnCallForm } }, async (request, reply) => {
    const { id } = request.signedIn()
    const onCall = request.body.isOnCall === 'true'
    await database.write((db) => setOnCall(db, id, onCall))
    return reply
      .notice(onCall ? 'You are on call: urgent mails come to you.' : 'You are not on call any more.')
      .redirect(request.page.url('/moderation/safety'), 303)
  })

  app.get('/moderation/safety/:id', { schema: { params: IdParams } }, async (request, reply) =>
    showDecision(request, reply, await findMarked(request, request.params.id)),
  )

  app.post(
    '/moderation/safety/:id',
    { schema: { params: IdParams, body: DecisionForm }, attachValidation: true },
    async (request, reply) => {
      const question = await findMarked(request, request.params.id)
      const values = request.typed()
      const errors = request.formErrors() ?? missingReason(request)
      if (errors) return showDecision(request, reply.code(422), question, { values, errors })
      const isDone = await database.write((db) => decide(db, request, question, request.body))
      if (!isDone) throw new Conflict('Somebody else has decided on it meanwhile.')
      return reply.notice('It is written down.').redirect(request.page.url('/moderation/safety'), 303)
    },
  )
}

/** A digit, and the position behind it. */
function rungOf(after = '') {
  const position = positionOf(after.slice(1))
  return position && /^[012]/.test(after) ? { ...position, rank: Number(after[0]) } : undefined
}

const position = ({ createdAt, id }: { createdAt: Date; id: number }) => ({ at: createdAt, id })

/** False: it had been decided on meanwhile. */
async function decide(db: Writer, request: FastifyRequest, question: Question, { outcome, reason }: Outcome) {
  const { page } = request
  if (outcome !== 'seen' && question.withdrawnAt) throw new Conflict('Whoever asked it has taken it back meanwhile.')
  const actorId = request.signedIn().id
  const isNew = await markSeen(db, { questionId: question.id, seenById: actorId, now: new Date() })
  const event = { actorId, subjectKind: 'question' as const, reason }
  if (outcome === 'seen' || question.heldAt === null) {
    if (isNew) await recordEvent(db, { ...event, subjectId: question.id, action: 'question-looked-at' })
    return isNew
  }
  const isPublished = outcome === 'publish'
  const shown = isPublished ? await showThread(db, question) : undefined
  if (isPublished && !shown) throw new Conflict('Whoever asked it has taken it back meanwhile.')
  const { id: questionId } = shown ?? question
  if (shown && question.publishAt) await tellAddressee(db, page, questionId)
  if (!isPublished) await endHolding(db, questionId, reason)
  await recordEvent(db, {
    ...event,
    subjectId: questionId,
    action: isPublished ? 'question-released' : 'question-kept-back',
  })
  const asker = await findAsker(db, questionId)
  const news = shown && isSleptOn(shown) && (await lacksLeave(db, shown)) ? 'unallowed' : newsOf(isPublished, shown)
  if (asker) await queueMail(db, decidedMail(page, asker, { questionId, news, reason }))
  return true
}

function newsOf(isPublished: boolean, shown?: Question) {
  if (!isPublished || !shown) return 'kept-back'
  if (isSleptOn(shown)) return hasToLook(shown) ? 'looked-over' : 'slept-on'
  return shown.audience === null ? 'published' : 'confided'
}

export default reviews
