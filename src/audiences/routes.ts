import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { giveConsents, listAsked } from '../consents/queries.ts'
import { askedFirst, giveTicked, neededFor } from '../consents/standing.ts'
import { CONSENTS } from '../consents/texts.ts'
import { givenIn, missingConsents } from '../consents/views.ts'
import type { Writer } from '../database/types.ts'
import { blurredTexts } from '../identity/views.ts'
import { IdParams } from '../lib/shapes.ts'
import { queueMail } from '../notifications/queries.ts'
import { Forbidden, NotFound } from '../plugins/errors.ts'
import type { Viewer } from '../plugins/sessions.ts'
import { canOpenToAll, canPublishQuestion, isAsker } from '../questions/policy.ts'
import { findAnyQuestion, type Question } from '../questions/queries.ts'
import { hasToLook, publishQuestion } from '../questions/regret-queries.ts'
import { questionPath } from '../questions/views.ts'
import { PublicationForm } from './forms.ts'
import { publishedMail, tellAddressee } from './mails.ts'
import { listAuthors, listSaid, publishToAll } from './publication-queries.ts'
import { labelsOf, publicationPage, textsOf } from './publication-views.ts'
import widening from './widening-routes.ts'

type Request = FastifyRequest<{ Params: { id: number }; Body: { basis?: string } }>
type Said = Awaited<ReturnType<typeof listSaid>>

/** Whoever asked lets others read it: sooner than they had thought, or everybody what was asked in confidence. */
const audiences: FastifyPluginAsyncTypebox = async (app) => {
  const { database } = app
  const address = '/questions/:id/publication'
  await app.register(widening)

  app.get(address, { schema: { params: IdParams } }, async (request, reply) => {
    const question = await findOwn(request, request.params.id)
    if (!canOpenToAll(request.viewer, question)) throw new Forbidden()
    return showForm(request, reply, question)
  })

  app.post(address, { schema: { params: IdParams, body: PublicationForm } }, async (request, reply) => {
    const question = await findOwn(request, request.params.id)
    if (canPublishQuestion(request.viewer, question)) return publishNow(request, reply, question)
    if (!canOpenToAll(request.viewer, question)) throw new Forbidden()
    const { id: accountId } = request.signedIn()
    const said = await listSaid(database.read, question.id)
    const errors = missingConsents(request.page, await listLeave(accountId), request.typed())
    if (Object.keys(errors).length > 0) return showForm(request, reply.code(422), question, errors)
    const isSeen = request.body.basis === String(question.changedAt.getTime())
    const opened = isSeen && (await database.write((db) => open(db, request, question, said)))
    if (!opened) {
      const form = request.page.t('Something on its page has changed since you looked. Please look again.')
      return showForm(request, reply.code(409), question, { form })
    }
    return reply.notice('Your question is public now.').redirect(request.page.url(questionPath(opened)), 303)
  })

  async function publishNow(request: FastifyRequest, reply: FastifyReply, question: Question) {
    if (hasToLook(question))
      return reply.notice(LOOK).redirect(request.page.url(`/questions/${question.id}/identity`), 303)
    if (await askedFirst(request, reply, leaveFor(request, question))) return reply
    const published = await database.write(async (db) => {
      await giveTicked(db, request)
      const published = await publishQuestion(db, question, new Date())
      if (published) await tellAddressee(db, request.page, published.id)
      return published
    })
    const path = questionPath(published ?? question)
    return reply.notice(question.audience ? SENT : PUBLISHED).redirect(request.page.url(path), 303)
  }

  /** What comes with the publication happens with it or not at all. */
  async function open(db: Writer, request: Request, question: Question, said: Said) {
    const { id: accountId } = request.signedIn()
    const now = new Date()
    const labels = labelsOf(request.page, said)
    const texts = blurredTexts(request, textsOf(question, said), labels)
    const opened = await publishToAll(db, question, { texts, own: said.own, now })
    if (!opened) return undefined
    await giveConsents(db, { accountId, ...givenIn(request.typed()), now })
    for (const author of await listAuthors(db, opened.id))
      await queueMail(db, publishedMail(request.page, author, opened.id))
    return opened
  }

  async function showForm(
    request: FastifyRequest,
    reply: FastifyReply,
    { id }: Question,
    errors?: Record<string, string>,
  ) {
    const [question, said, asked] = await Promise.all([
      findAnyQuestion(database.read, id),
      listSaid(database.read, id),
      listLeave(request.signedIn().id),
    ])
    const form = { asked, values: request.typed(), errors, followUpDays: app.config.followUpDays }
    return reply.render('audiences/publication', publicationPage(request.page, question!, said, form))
  }

  /** To publish it, where they have not said yes to that or to other words. */
  const listLeave = async (accountId: number) =>
    (await listAsked(database.read, accountId)).filter(({ kind }) => CONSENTS[kind].isNeeded)

  async function findOwn(request: FastifyRequest, id: number) {
    const viewer: Viewer = request.signedIn()
    const question = await findAnyQuestion(database.read, id)
    if (!question) throw new NotFound()
    if (!isAsker(viewer, question)) throw question.hiddenAt ? new NotFound() : new Forbidden()
    return question
  }
}

/** What was held was kept without leave to publish it. */
const leaveFor = (request: FastifyRequest, question: Question) => ({
  accountId: request.signedIn().id,
  kinds: neededFor(question),
  action: `/questions/${question.id}/publication`,
  values: request.typed(),
  backPath: questionPath(question),
})

const notice = (sentence: string) => sentence
const PUBLISHED = notice('Your question is published. We will write to you when an expert answers.')
const LOOK = notice('Please look at what is marked first. Then you can publish it.')
const SENT = notice('Your question is sent in confidence. We will write to you when an expert answers.')

export default audiences
