import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { type Category, listCategoryOptions } from '../categories/queries.ts'
import { countLimitedTo } from '../categories/scope-changes.ts'
import { mergeCategories, moveCategory } from '../categories/tree-queries.ts'
import { IdParams } from '../lib/shapes.ts'
import { changeTree, chosenCategory, crumbsTo, requestedCategory } from './category-changes.ts'
import { adminCategoryPath, mergerOf, optionsOutside, type Typed } from './category-views.ts'
import { MergerForm, MergerQuery, ParentForm } from './forms.ts'

/** What the list of places says for it. */
const TOP = '/'

/** Moving a category elsewhere, and merging it into another. */
const categoryPlaces: FastifyPluginAsyncTypebox = async (app) => {
  const { read } = app.database

  app.get('/admin/categories/:id/parent', { schema: { params: IdParams } }, async (request, reply) => {
    const category = await requestedCategory(request)
    const parent = category.path.split('/').slice(0, -1).join('/') || TOP
    return showMove(request, reply, category, { values: { parent } })
  })

  app.post(
    '/admin/categories/:id/parent',
    { schema: { params: IdParams, body: ParentForm }, attachValidation: true },
    async (request, reply) => {
      const category = await requestedCategory(request)
      const values = request.typed()
      const { category: parent, error } = await chosenCategory(
        request,
        values.parent === TOP ? undefined : values.parent,
      )
      const errors = request.formErrors() ?? (error ? { parent: error } : undefined)
      if (errors) return showMove(request, reply.code(422), category, { values, errors })

      const { id, path } = category
      const refusal = await changeTree(request, async (db) => {
        await moveCategory(db, id, parent?.id ?? null)
        return { action: 'category-moved', subjectId: id, reason: `${path} → ${parent?.path ?? ''}/` }
      })
      if (refusal) return showMove(request, reply.code(422), category, { values, errors: { parent: refusal } })
      return reply.notice('The category has moved.').redirect(request.page.url(adminCategoryPath(id)), 303)
    },
  )

  app.get(
    '/admin/categories/:id/merger',
    { schema: { params: IdParams, querystring: MergerQuery } },
    async (request, reply) => {
      const category = await requestedCategory(request)
      const { into } = request.query
      const { error } = await chosenCategory(request, into)
      if (error) return showMerger(request, reply.code(422), category, { values: {}, errors: { into: error } })
      return showMerger(request, reply, category, { values: into ? { into } : {} })
    },
  )

  app.post(
    '/admin/categories/:id/merger',
    { schema: { params: IdParams, body: MergerForm }, attachValidation: true },
    async (request, reply) => {
      const category = await requestedCategory(request)
      const values = request.typed()
      const { category: target, error } = await chosenCategory(request, values.into)
      const errors = request.formErrors() ?? (error ? { into: error } : undefined)
      if (errors || !target) return showMerger(request, reply.code(422), category, { values: {}, errors })

      const { id, path } = category
      const refusal = await changeTree(request, async (db) => {
        await mergeCategories(db, id, target.id)
        return { action: 'category-merged', subjectId: target.id, reason: `${path} → ${target.path}` }
      })
      if (refusal) return showMerger(request, reply.code(422), category, { values: {}, errors: { into: refusal } })
      return reply.notice('The two are one now.').redirect(request.page.url(adminCategoryPath(target.id)), 303)
    },
  )

  async function showMove(request: FastifyRequest, reply: FastifyReply, category: Category, typed: Typed) {
    const [crumbs, all] = await Promise.all([crumbsTo(request, category), listCategoryOptions(read)])
    const options = [{ value: TOP, label: request.page.t('To the top') }, ...optionsOutside(all, category)]
    return reply.render('admin/category-move', { category, crumbs, options, ...typed })
  }

  async function showMerger(request: FastifyRequest, reply: FastifyReply, category: Category, typed: Typed) {
    const [crumbs, all] = await Promise.all([crumbsTo(request, category), listCategoryOptions(read)])
    const merger = mergerOf(all, category, typed.values.into)
    const options = optionsOutside(all, category)
    const limitedCount = merger ? await countLimitedTo(read, category.id) : 0
    return reply.render('admin/category-merger', { category, crumbs, options, merger, limitedCount, ...typed })
  }
}

export default categoryPlaces
