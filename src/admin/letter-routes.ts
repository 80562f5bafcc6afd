import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { recordEvent } from '../audit/queries.ts'
import type { Writer } from '../database/types.ts'
import { IdParams } from '../lib/shapes.ts'
import { dropMail, findMail, type QueuedMail, retryMail } from '../notifications/queries.ts'
import { NotFound } from '../plugins/errors.ts'
import { LetterForm } from './forms.ts'
import { isAboutQuestion, partsOf } from './letters.ts'
import { findAskedIn } from './queries.ts'

type Request = FastifyRequest<{ Params: { id: number } }>

/** To whom a letter about something asked here goes tells who asked: looking is written down, as it is everywhere. */
const letters: FastifyPluginAsyncTypebox = async (app) => {
  const { database, config } = app
  const address = '/admin/outbox/:id'

  app.get(address, { schema: { params: IdParams } }, async (request, reply) => {
    await findLetter(request)
    return show(request, reply, { values: {} })
  })

  app.post(
    address,
    { schema: { params: IdParams, body: LetterForm }, attachValidation: true },
    async (request, reply) => {
      const letter = await findLetter(request)
      const errors = request.formErrors()
      if (errors) return show(request, reply.code(422), { values: request.typed(), errors })
      await database.write((db) => record(db, request, letter, request.body.reason))
      // with a mail server its links are nobody's but the reader's
      const parts = config.smtpUrl === undefined ? partsOf(request.page, letter.text) : undefined
      return show(request, reply, { values: {}, letter: { recipient: letter.recipient, parts } })
    },
  )

  const one = { schema: { params: IdParams } }

  app.post(`${address}/attempts`, one, async (request, reply) => {
    const retried = await database.write(async (db) => {
      const mail = await retryMail(db, request.params.id, new Date())
      if (mail) await recordEvent(db, doneBy(request, 'letter-resent', mail))
      return mail
    })
    return back(request, reply, retried ? 'It is sent again.' : 'Nothing is left to be sent.')
  })

  app.delete(address, one, async (request, reply) => {
    const dropped = await database.write(async (db) => {
      const mail = await dropMail(db, request.params.id)
      if (mail) await recordEvent(db, doneBy(request, 'letter-dropped', mail))
      return mail
    })
    return back(request, reply, dropped ? 'It is dropped.' : 'Nothing is left to be sent.')
  })

  async function findLetter({ params }: Request) {
    const letter = await findMail(database.read, params.id)
    if (!letter || !isAboutQuestion(letter)) throw new NotFound()
    return letter
  }
}

/** To whom it went stands nowhere in it. */
function doneBy(request: FastifyRequest, action: string, { subject: reason }: { subject: string }) {
  const { id } = request.signedIn()
  return { action, actorId: id, subjectKind: 'account' as const, subjectId: id, reason }
}

const back = (request: FastifyRequest, reply: FastifyReply, notice: string) =>
  reply.notice(notice).redirect(request.page.url('/admin/outbox'), 303)

type Shown = {
  values: Record<string, string>
  errors?: Record<string, string>
  letter?: { recipient: string; parts?: { text: string; isLink: boolean }[] }
}

function show({ page, params }: Request, reply: FastifyReply, shown: Shown) {
  const { t } = page
  const crumbs = [
    { name: t('Administration'), path: '/admin' },
    { name: t('Mail'), path: '/admin/outbox' },
    { name: t('A letter about a question') },
  ]
  reply.header('cache-control', 'private, no-store')
  return reply.render('admin/letter', { ...shown, id: params.id, crumbs })
}

/** Where it tells who asked a question, whoever asked reads of it there. */
async function record(db: Writer, request: Request, { accountId, text }: QueuedMail, reason: string) {
  const actorId = request.signedIn().id
  const questionId = accountId === null ? undefined : await findAskedIn(db, text, accountId)
  const told =
    questionId === undefined
      ? { action: 'letter-read', subjectKind: 'account' as const, subjectId: accountId ?? actorId }
      : { action: 'asker-revealed', subjectKind: 'question' as const, subjectId: questionId }
  await recordEvent(db, { ...told, actorId, reason })
}

export default letters
