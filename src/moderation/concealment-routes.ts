import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { hideAnswer, hideThread, showAnswer, showThread } from '../answers/concealment-queries.ts'
import { type Answer, findAnswer, findAsker, findAuthor } from '../answers/queries.ts'
import { recordEvent } from '../audit/queries.ts'
import { findComment, findCommentWriter, hideComment, showComment } from '../comments/queries.ts'
import type { Reader, Writer } from '../database/types.ts'
import { findOpenAbout, isHiddenByReport } from '../incidents/decision-queries.ts'
import { IdParams } from '../lib/shapes.ts'
import { queueMail } from '../notifications/queries.ts'
import type { Site } from '../notifications/site.ts'
import { NotFound } from '../plugins/errors.ts'
import type { Concealment } from '../questions/concealment-queries.ts'
import { isSleptOn } from '../questions/policy.ts'
import { findAnyQuestion, type Question } from '../questions/queries.ts'
import { hasToLook } from '../questions/regret-queries.ts'
import { openTitleOf } from '../questions/views.ts'
import { tellOfConcealment } from '../recalls/concealment-mails.ts'
import { isHeldBack } from '../safety/held-queries.ts'
import { ConcealmentForm } from './forms.ts'
import { hiddenMail, shownMail } from './mails.ts'
import { concealmentPage } from './views.ts'

type Request = FastifyRequest<{ Params: { id: number } }>
type Errors = Record<string, string>

/** Something that staff can take down and put back. */
type Hideable = {
  kind: 'question' | 'answer' | 'comment'
  id: number
  /** None: it was asked in confidence. */
  title: string | null
  path: string
  isInConfidence?: boolean
  /** Never published: its asker sleeps on it again. */
  isPending?: boolean
  /** Where staff decide on it, instead of showing it just like that. */
  decisionPath?: string
  hide(db: Writer, concealment: Concealment): Promise<boolean>
  /** Its number then; undefined: it was not hidden. */
  show(db: Writer): Promise<number | undefined>
  findWriter(db: Reader, id?: number): ReturnType<typeof findAsker>
  /** Whoever else has read it and may go by it. */
  tellReaders?(db: Writer, site: Site, news: { kind: 'hidden' | 'shown'; exceptIds: number[] }): Promise<void>
}

const concealment: FastifyPluginAsyncTypebox = async (app) => {
  const { database } = app
  const params = { params: IdParams }
  const withReason = { schema: { ...params, body: ConcealmentForm }, attachValidation: true }

  for (const [kind, find] of [
    ['questions', findHideableQuestion],
    ['answers', findHideableAnswer],
    ['comments', findHideableComment],
  ] as const) {
    const address = `/${kind}/:id/concealment`

    app.get(address, { schema: params }, async (request, reply) =>
      showForm(request, reply, await find(database.read, request.params.id)),
    )

    app.post(address, withReason, async (request, reply) => {
      const hideable = await find(database.read, request.params.id)
      const errors = request.formErrors()
      if (errors) return showForm(request, reply.code(422), hideable, errors)
      await database.write((db) => hide(db, request, hideable, request.body.reason))
      return back(request, noticeHidden(reply, hideable), hideable)
    })

    app.delete(address, { schema: params }, async (request, reply) => {
      const hideable = await find(database.read, request.params.id)
      const { decisionPath } = hideable
      if (decisionPath) return reply.notice(DECIDE).redirect(request.page.url(decisionPath), 303)
      await database.write((db) => show(db, request, hideable))
      return hideable.isPending
        ? reply.notice(PENDING).redirect(request.page.url('/moderation'), 303)
        : back(request, reply.notice(hideable.isInConfidence ? FOR_SOME : FOR_ALL), hideable)
    })
  }
}

/** What translators are to find. */
const notice = (sentence: string) => sentence

const FOR_ALL = notice('Everybody can see it again.')
const FOR_SOME = notice('Those it is for can see it again.')
const DECIDE = notice('Please read it, and decide here. Whoever is to know is told.')
const PENDING = notice('It is not hidden any more. Till it is published only its asker sees it.')

async function hide(db: Writer, request: Request, hideable: Hideable, reason: string) {
  const { kind, id } = hideable
  const actorId = request.signedIn().id
  if (!(await hideable.hide(db, { hiddenById: actorId, hiddenReason: reason }))) return
  await recordEvent(db, { actorId, action: `${kind}-hidden`, subjectKind: kind, subjectId: id, reason })
  const writer = await hideable.findWriter(db)
  if (writer) await queueMail(db, hiddenMail(request.page, { ...hideable, writer }, reason))
  await hideable.tellReaders?.(db, request.page, { kind: 'hidden', exceptIds: [actorId] })
}

async function show(db: Writer, request: Request, hideable: Hideable) {
  const { kind } = hideable
  const shownId = await hideable.show(db)
  if (shownId === undefined) return
  const actorId = request.signedIn().id
  await recordEvent(db, { actorId, action: `${kind}-shown`, subjectKind: kind, subjectId: shownId })
  const writer = await hideable.findWriter(db, shownId)
  if (writer) await queueMail(db, shownMail(request.page, { ...hideable, writer }))
  await hideable.tellReaders?.(db, request.page, { kind: 'shown', exceptIds: [actorId] })
}

const noticeHidden = (reply: FastifyReply, { tellReaders }: Hideable) =>
  tellReaders
    ? reply.notice('It is hidden. Its expert and everybody who was sent it are told by mail.')
    : reply.notice('It is hidden. Whoever wrote it is told by mail.')

const showForm = (request: Request, reply: FastifyReply, hideable: Hideable, errors?: Errors) =>
  reply.render('moderation/concealment', concealmentPage(request.page, hideable, { values: request.typed(), errors }))

const back = (request: Request, reply: FastifyReply, { path }: Hideable) => reply.redirect(request.page.url(path), 303)

async function findHideableQuestion(db: Reader, id: number): Promise<Hideable> {
  const question = await findReadable(db, id)
  return {
    kind: 'question',
    id,
    title: openTitleOf(question),
    path: `/questions/${id}`,
    isInConfidence: question.audience !== null,
    decisionPath: question.heldAt ? `/moderation/safety/${id}` : undefined,
    isPending: isPendingStill(question),
    hide: (writer, concealment) => hideThread(writer, question, concealment),
    show: async (writer) => (await showThread(writer, question))?.id,
    findWriter: (reader, shownId = id) => findAsker(reader, shownId),
  }
}

/** Its asker goes on to sleep on it, or has first to look at what may tell who they are. */
const isPendingStill = (question: Question) =>
  question.publishAt !== null && (question.publishAt > new Date() || hasToLook(question))

async function findHideableAnswer(db: Reader, id: number): Promise<Hideable> {
  const answer = await findAnswer(db, id)
  if (!answer) throw new NotFound()
  const question = await findReadable(db, answer.questionId)
  return {
    kind: 'answer',
    id,
    title: openTitleOf(question),
    path: `/questions/${question.id}#answer-${id}`,
    decisionPath: await findDecisionPath(db, answer),
    hide: (writer, concealment) => hideAnswer(writer, answer, concealment),
    show: async (writer) => ((await showAnswer(writer, answer)) ? id : undefined),
    findWriter: (reader) => findAuthor(reader, id),
    tellReaders: (writer, site, news) => tellOfConcealment(writer, site, { ...news, answer }),
  }
}

async function findHideableComment(db: Reader, id: number): Promise<Hideable> {
  const comment = await findComment(db, id)
  if (!comment) throw new NotFound()
  const question = await findReadable(db, comment.questionId)
  return {
    kind: 'comment',
    id,
    title: openTitleOf(question),
    path: `/questions/${question.id}#comment-${id}`,
    decisionPath: isHeldBack(comment) ? `/moderation/safety/${question.id}` : undefined,
    hide: (writer, concealment) => hideComment(writer, comment, concealment),
    show: async (writer) => ((await showComment(writer, comment)) ? id : undefined),
    findWriter: (reader) => findCommentWriter(reader, id),
  }
}

/** What is hidden because somebody fears harm is shown once that is decided. */
async function findDecisionPath(db: Reader, answer: Answer) {
  const incident = isHiddenByReport(answer) ? await findOpenAbout(db, answer.id) : undefined
  return incident && `/moderation/incidents/${incident.id}`
}

/** What its asker sleeps on is nobody else's, and what they have deleted nobody's. */
async function findReadable(db: Reader, id: number) {
  const question = await findAnyQuestion(db, id)
  if (!question || isSleptOn(question) || question.erasedAt) throw new NotFound()
  return question
}

export default concealment
