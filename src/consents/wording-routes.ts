import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { isAdministrator } from '../accounts/policy.ts'
import { recordEvent } from '../audit/queries.ts'
import { Forbidden } from '../plugins/errors.ts'
import { ConsentParams, OriginalForm, WordingForm } from './forms.ts'
import { CONSENTS, type ConsentKind, type Words } from './texts.ts'
import { changeWording, countYeses, findWordings, listBeginnings, listVersions } from './wording-queries.ts'
import { type Editing, wordingList, wordingPage, wordsOfForm } from './wording-views.ts'
import { joined } from './wordings.ts'

type Change = { kind: ConsentKind; basis: string; words?: Words }

/** The words people say yes to, for those who answer for them. */
const wordings: FastifyPluginAsyncTypebox = async (app) => {
  const { database } = app
  const schema = { params: ConsentParams }

  app.addHook('preHandler', async (request) => {
    if (!isAdministrator(request.signedIn())) throw new Forbidden()
  })

  app.get('/admin/consents', async ({ page }, reply) => {
    const { read } = database
    const [present, beginnings, yeses] = await Promise.all([findWordings(read), listBeginnings(read), countYeses(read)])
    return reply.render('consents/wordings', wordingList(page, present, { beginnings, yeses }))
  })

  app.get('/admin/consents/:kind', { schema }, async (request, reply) => show(request, reply, request.params.kind))

  app.post(
    '/admin/consents/:kind',
    { schema: { ...schema, body: WordingForm }, attachValidation: true },
    async (request, reply) => {
      const { kind } = request.params
      const [values, errors] = [request.typed(), request.formErrors()]
      if (errors) return show(request, reply.code(422), kind, { values, errors })
      if (request.body.action === 'preview') return show(request, reply, kind, { values, isPreview: true })
      const words = wordsOfForm(request.body)
      if (joined(words) === joined((await findWordings(database.read))[kind])) {
        const form = request.page.t('These are the words that hold already.')
        return show(request, reply.code(422), kind, { values, errors: { form } })
      }
      return save(request, reply, { kind, basis: request.body.basis, words })
    },
  )

  /** Back to the words that come with the program: a new version too. */
  app.delete('/admin/consents/:kind', { schema: { ...schema, querystring: OriginalForm } }, async (request, reply) =>
    save(request, reply, { kind: request.params.kind, basis: request.query.basis }),
  )

  async function save(request: FastifyRequest, reply: FastifyReply, { kind, basis, words }: Change) {
    const { id: writtenById } = request.signedIn()
    const version = await database.write(async (db) => {
      const changed = await changeWording(db, { kind, words, basis: Number(basis), writtenById, now: new Date() })
      if (changed === undefined) return undefined
      const event = { actorId: writtenById, subjectKind: 'consent' as const, subjectId: changed }
      await recordEvent(db, { ...event, action: 'consent-reworded', reason: `${CONSENTS[kind].title}, ${changed}` })
      return changed
    })
    if (version === undefined)
      return show(request, reply.code(409), kind, { values: request.typed(), isOvertaken: true })
    return reply.notice('The new words hold from now on.').redirect(request.page.url(`/admin/consents/${kind}`), 303)
  }

  async function show(request: FastifyRequest, reply: FastifyReply, kind: ConsentKind, editing: Editing = {}) {
    const { read } = database
    const [present, versions, yeses] = await Promise.all([
      findWordings(read),
      listVersions(read, kind),
      countYeses(read, kind),
    ])
    return reply.render('consents/wording', wordingPage(request.page, present[kind], { versions, yeses, editing }))
  }
}

export default wordings
