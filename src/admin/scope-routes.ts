import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { recordEvent } from '../audit/queries.ts'
import { listTree } from '../categories/queries.ts'
import { findProfession, listProfessions, setExpertScope } from '../experts/profession-queries.ts'
import { haveCommon, listOwnCategories } from '../experts/scope-queries.ts'
import { placesOf } from '../experts/scope-views.ts'
import type { FormErrors } from '../lib/form-errors.ts'
import { idsIn } from '../lib/form-ids.ts'
import { IdParams } from '../lib/shapes.ts'
import { NotFound } from '../plugins/errors.ts'
import { ScopeForm } from './forms.ts'
import { findAccountWithProfile } from './queries.ts'
import { accountCrumbs, accountPath, type Typed } from './views.ts'

type Request = FastifyRequest<{ Params: { id: number } }>

/** What an expert is of the list of professions, and where they were accepted. */
const scopes: FastifyPluginAsyncTypebox = async (app) => {
  const { database } = app
  const address = '/admin/accounts/:id/scope'

  app.get(address, { schema: { params: IdParams } }, async (request, reply) => {
    const { account, expert } = await requested(request)
    const own = (await listOwnCategories(database.read, account.id)).map(({ id }) => id)
    const isLimited = own.length > 0 ? 'yes' : 'no'
    const profession = expert.professionId ? String(expert.professionId) : ''
    return showForm(request, reply, { values: { profession, isLimited }, categoryIds: own })
  })

  app.post(
    address,
    { schema: { params: IdParams, body: ScopeForm }, attachValidation: true },
    async (request, reply) => {
      const { account } = await requested(request)
      const values = request.typed()
      const categoryIds = values.isLimited === 'yes' ? idsIn(request, 'categories') : []
      const errors = await problemsOf(request, categoryIds)
      if (errors) return showForm(request, reply.code(422), { values, errors, categoryIds })
      const professionId = Number(request.body.profession) || null
      await database.write(async (db) => {
        await setExpertScope(db, account.id, { professionId, categoryIds })
        const event = { action: 'scope-changed', subjectKind: 'expert' as const, subjectId: account.id }
        await recordEvent(db, { ...event, actorId: request.signedIn().id })
      })
      return reply.notice('Where they may answer is saved.').redirect(request.page.url(accountPath(account.id)), 303)
    },
  )

  async function requested(request: Request) {
    const found = await findAccountWithProfile(database.read, request.params.id)
    if (!found?.expert) throw new NotFound()
    return { account: found.account, expert: found.expert }
  }

  async function problemsOf(request: Request, categoryIds: number[]) {
    const { t } = request.page
    const { profession: chosen = '', isLimited } = request.typed()
    const errors: FormErrors = { ...request.formErrors() }
    const profession = chosen ? await findProfession(database.read, Number(chosen) || 0) : undefined
    if (chosen && !profession) errors.profession = t('Please choose one of the list.')
    if (isLimited === 'yes' && categoryIds.length === 0) errors.categories = t('Please choose at least one category.')
    else if (profession && categoryIds.length > 0 && !(await haveCommon(database.read, profession.id, categoryIds)))
      errors.categories = t('Their profession may not answer in any of these. Choose others, or another profession.')
    return Object.keys(errors).length > 0 ? errors : undefined
  }

  async function showForm(
    request: Request,
    reply: FastifyReply,
    { categoryIds, ...typed }: Typed & { categoryIds: number[] },
  ) {
    const { account } = await requested(request)
    const { t } = request.page
    const [professions, tree] = await Promise.all([listProfessions(database.read), listTree(database.read)])
    return reply.render('admin/scope', {
      ...typed,
      path: accountPath(account.id),
      professionOptions: professions.map(({ id, name }) => ({ value: String(id), label: name })),
      places: placesOf(tree, categoryIds),
      crumbs: [...accountCrumbs(t, account), { name: t('Where they may answer') }],
    })
  }
}

export default scopes
