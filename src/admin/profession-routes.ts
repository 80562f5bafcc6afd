import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { recordEvent } from '../audit/queries.ts'
import { listTree } from '../categories/queries.ts'
import { isUniqueViolation } from '../database/dialect.ts'
import type { Writer } from '../database/types.ts'
import {
  createProfession,
  deleteProfession,
  findProfession,
  listExpertsOfProfession,
  listProfessionUses,
  type Profession,
  renameProfession,
  setProfessionCategories,
} from '../experts/profession-queries.ts'
import { listProfessionCategories } from '../experts/scope-queries.ts'
import { idsIn } from '../lib/form-ids.ts'
import { IdParams } from '../lib/shapes.ts'
import { Conflict, NotFound } from '../plugins/errors.ts'
import { ProfessionForm } from './forms.ts'
import { professionCrumbs, professionPage, professionPath } from './profession-views.ts'
import type { Typed } from './views.ts'

type Request = FastifyRequest<{ Params: { id: number } }>
type Event = { action: string; subjectId: number; reason: string }

const MOST_NAMED = 20

/** What experts can be, and where each may answer. */
const professions: FastifyPluginAsyncTypebox = async (app) => {
  const { database } = app

  app.get('/admin/professions', async (request, reply) => showAll(request, reply, { values: {} }))

  app.post(
    '/admin/professions',
    { schema: { body: ProfessionForm }, attachValidation: true },
    async (request, reply) => {
      const values = request.typed()
      const errors = request.formErrors()
      if (errors) return showAll(request, reply.code(422), { values, errors })
      const { name } = request.body
      const created = await database.write(async (db) => {
        const profession = await createProfession(db, name)
        if (profession)
          await record(request, db, { action: 'profession-created', subjectId: profession.id, reason: name })
        return profession
      })
      if (!created) return showAll(request, reply.code(422), { values, errors: { name: request.page.t(TAKEN) } })
      return back(request, reply, { id: created.id, notice: 'The profession is there. Choose where it may answer.' })
    },
  )

  app.get('/admin/professions/:id', { schema: { params: IdParams } }, async (request, reply) =>
    show(request, reply, { values: { name: (await requested(request)).name } }),
  )

  const renamed = { schema: { params: IdParams, body: ProfessionForm }, attachValidation: true }
  app.post('/admin/professions/:id', renamed, async (request, reply) => {
    const { id, name: before } = await requested(request)
    const values = request.typed()
    const errors = request.formErrors()
    if (errors) return show(request, reply.code(422), { values, errors })
    const { name } = request.body
    try {
      await database.write(async (db) => {
        await renameProfession(db, id, name)
        await record(request, db, { action: 'profession-renamed', subjectId: id, reason: `${before} → ${name}` })
      })
    } catch (error) {
      if (!isUniqueViolation(error)) throw error
      return show(request, reply.code(422), { values, errors: { name: request.page.t(TAKEN) } })
    }
    return back(request, reply, { id, notice: 'The name is changed.' })
  })

  app.post('/admin/professions/:id/categories', { schema: { params: IdParams } }, async (request, reply) => {
    const { id, name } = await requested(request)
    await database.write(async (db) => {
      await setProfessionCategories(db, id, idsIn(request, 'categories'))
      await record(request, db, { action: 'profession-scope-changed', subjectId: id, reason: name })
    })
    return back(request, reply, { id, notice: 'Where it may answer is saved.' })
  })

  app.delete('/admin/professions/:id', { schema: { params: IdParams } }, async (request, reply) => {
    const profession = await requested(request)
    const isDeleted = await database.write(async (db) => {
      if (!(await deleteProfession(db, profession.id))) return false
      const event = { action: 'profession-deleted', subjectId: profession.id, reason: profession.name }
      await record(request, db, event)
      return true
    })
    if (!isDeleted) throw new Conflict(await sayInUse(request, profession))
    return reply.notice('The profession is removed.').redirect(request.page.url('/admin/professions'), 303)
  })

  async function requested(request: Request) {
    const profession = await findProfession(database.read, request.params.id)
    if (!profession) throw new NotFound()
    return profession
  }

  async function sayInUse({ page: { t } }: Request, { id, name }: Profession) {
    const people = await listExpertsOfProfession(database.read, id, MOST_NAMED)
    const names = people.map((person) => person.name).join(', ')
    return t('{name} cannot be removed, because experts are of it: {names}. Choose another for them first.', {
      name,
      names,
    })
  }

  async function showAll({ page: { t } }: FastifyRequest, reply: FastifyReply, typed: Typed) {
    const rows = await listProfessionUses(database.read)
    return reply.render('admin/professions', { ...typed, professions: rows, crumbs: professionCrumbs(t) })
  }

  async function show(request: Request, reply: FastifyReply, typed: Typed) {
    const profession = await requested(request)
    const [experts, chosen, tree] = await Promise.all([
      listExpertsOfProfession(database.read, profession.id, MOST_NAMED),
      listProfessionCategories(database.read, profession.id),
      listTree(database.read),
    ])
    return reply.render('admin/profession', {
      ...typed,
      ...professionPage(request.page.t, { profession, experts, chosen, tree }),
    })
  }
}

const TAKEN = 'There is a profession of this name already.'

const record = (request: FastifyRequest, db: Writer, event: Event) =>
  recordEvent(db, { ...event, subjectKind: 'profession', actorId: request.signedIn().id })

const back = (request: FastifyRequest, reply: FastifyReply, { id, notice }: { id: number; notice: string }) =>
  reply.notice(notice).redirect(request.page.url(professionPath(id)), 303)

export default professions
