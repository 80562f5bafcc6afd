import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { recordEvent } from '../audit/queries.ts'
import { listTree } from '../categories/queries.ts'
import type { Writer } from '../database/types.ts'
import { findDraft, saveDraftAnyhow } from '../drafts/queries.ts'
import { listCredentials } from '../experts/credential-queries.ts'
import { findProfession, listProfessions } from '../experts/profession-queries.ts'
import { findProfile } from '../experts/queries.ts'
import { listOwnCategories } from '../experts/scope-queries.ts'
import { placesOf } from '../experts/scope-views.ts'
import { countryOptions } from '../lib/countries.ts'
import { idsIn } from '../lib/form-ids.ts'
import { newKey } from '../lib/form-keys.ts'
import { FormKey } from '../lib/shapes.ts'
import { queueMail } from '../notifications/queries.ts'
import { Conflict } from '../plugins/errors.ts'
import { formProblems } from './checks.ts'
import { listFiles } from './file-queries.ts'
import { ApplicationForm, OTHER } from './forms.ts'
import { receivedMail } from './mails.ts'
import { type Application, findLatest, findUndecided, listWanted, sendDraft } from './queries.ts'
import { keepDraft, tellStaff, UPLOADS } from './sending.ts'
import { readForm } from './uploads.ts'
import { applicationPath, fieldsOf, shownFile, type Values, valuesOf } from './views.ts'

const ADDRESS = '/experts/apply'
const ApplyQuery = Type.Object({ draft: Type.Optional(FormKey) })

type Typed = { values: Values; categoryIds: number[]; errors?: Values; application?: Application }

const applying: FastifyPluginAsyncTypebox = async (app) => {
  const { database } = app

  app.get(ADDRESS, { schema: { querystring: ApplyQuery } }, async (request, reply) => {
    const { id } = request.signedIn()
    const application = await findUndecided(database.read, id)
    if (application && application.status !== 'draft')
      return reply.redirect(request.page.url(applicationPath(application)), 303)
    const kept = request.query.draft ? await findDraft(database.read, request.query.draft, id) : undefined
    const typed = kept?.address === ADDRESS ? keptIn(kept.fields) : await begun(id, application)
    return showForm(request, reply, { ...typed, application })
  })

  const sent = { schema: { body: ApplicationForm }, attachValidation: true, preValidation: readForm, config: UPLOADS }
  app.post(ADDRESS, sent, async (request, reply) => {
    const { viewer } = request
    if (!viewer) return keepTillSignedIn(request, reply)
    const values = request.typed()
    const categoryIds = idsIn(request, 'categories')
    const submissionKey = values.key ?? newKey()
    const fields = await withProfession(fieldsOf(values))
    const draft = { accountId: viewer.id, submissionKey, fields, categoryIds }
    const { application, left, files } = await database.write((db) => keepDraft(db, request, draft))
    if (!application) throw new Conflict('Somebody else has sent this form. Please open it anew.')
    if (application.status !== 'draft') return toPage(request, reply, application)
    if (values.action === 'keep' && request.uploads.refused.length + left.length === 0)
      return reply.notice('Your application is kept as a draft.').redirect(request.page.url(ADDRESS), 303)

    const isFileNeeded = files.length === 0 && viewer.verifiedAt === null
    const errors = formProblems(request, { fields, categoryIds, left, isFileNeeded })
    if (errors) return showForm(request, reply.code(422), { values, categoryIds, errors, application })
    await database.write((db) => send(db, request, application))
    return toPage(request, reply.notice('Your application is with our staff. We will write to you.'), application)
  })

  async function send(db: Writer, request: FastifyRequest, application: Application) {
    if (!(await sendDraft(db, application.id))) return
    const applicant = request.signedIn()
    await recordEvent(db, {
      actorId: applicant.id,
      action: 'application-sent',
      subjectKind: 'application',
      subjectId: application.id,
    })
    await queueMail(db, receivedMail(request.page, applicant, application))
    await tellStaff(db, request.page, application)
  }

  /** A profession of the list is called as the list calls it, unless they call it otherwise. */
  async function withProfession({ professionId, profession, ...fields }: ReturnType<typeof fieldsOf>) {
    const listed = professionId ? await findProfession(database.read, professionId) : undefined
    return { ...fields, professionId: listed?.id ?? null, profession: profession || (listed?.name ?? '') }
  }

  /** Their draft, or else what is known of them already. */
  async function begun(accountId: number, draft: Application | undefined): Promise<Typed> {
    const from = draft ?? (await findLatest(database.read, accountId))
    if (!draft && (await findProfile(database.read, accountId))) return known(accountId)
    if (!from) return { values: {}, categoryIds: [] }
    const wanted = await listWanted(database.read, from.id)
    return { values: valuesOf(from), categoryIds: wanted.map(({ id }) => id) }
  }

  async function known(accountId: number): Promise<Typed> {
    const [profile, [credential], own] = [
      (await findProfile(database.read, accountId))!,
      await listCredentials(database.read, accountId),
      await listOwnCategories(database.read, accountId),
    ]
    const { issuer = '', number = '' } = credential ?? {}
    const values = valuesOf({
      ...profile,
      issuer,
      number,
      registerUrl: credential?.registerUrl ?? '',
      country: profile.country ?? '',
      biography: profile.biography ?? '',
    })
    return { values, categoryIds: own.map(({ id }) => id) }
  }

  async function showForm(request: FastifyRequest, reply: FastifyReply, { application, categoryIds, ...typed }: Typed) {
    const { t, locale, viewer } = request.page
    const [professions, tree, files] = await Promise.all([
      listProfessions(database.read),
      listTree(database.read),
      application ? listFiles(database.read, application.id) : [],
    ])
    const listed = professions.map(({ id, name }) => ({ value: String(id), label: name }))
    const key = typed.values.key ?? application?.submissionKey ?? newKey()
    return reply.header('cache-control', 'private, no-store').render('applications/form', {
      ...typed,
      values: { ...typed.values, key },
      professionOptions: [...listed, { value: OTHER, label: t('Another') }],
      countryOptions: countryOptions(locale),
      places: placesOf(tree, categoryIds),
      files: files.map(shownFile),
      isExpert: Boolean(viewer?.handle),
      crumbs: [{ name: t('Experts'), path: '/experts' }, { name: t('Apply') }],
    })
  }

  /** A session that ran out costs a sign-in and choosing the files again, but no text. */
  async function keepTillSignedIn(request: FastifyRequest, reply: FastifyReply) {
    const { key = newKey(), ...typed } = request.typed()
    const fields = { ...typed, categories: idsIn(request, 'categories').join(' ') }
    const draft = await database.write((db) => saveDraftAnyhow(db, { key, address: ADDRESS, fields }))
    return reply
      .notice('Please sign in. What you wrote is kept; only files have to be chosen again.')
      .redirect(request.page.url('/sign-in', { next: `${ADDRESS}?${new URLSearchParams({ draft })}` }), 303)
  }
}

const toPage = (request: FastifyRequest, reply: FastifyReply, application: Application) =>
  reply.redirect(request.page.url(applicationPath(application)), 303)

const keptIn = ({ categories = '', ...values }: Values): Typed => ({
  values,
  categoryIds: categories.split(' ').map(Number).filter(Boolean),
})

export default applying
