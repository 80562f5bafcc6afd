import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { type Category, findCategoryById, listSubcategories } from '../categories/queries.ts'
import { createCategory, deleteCategory, shiftCategory, updateCategory } from '../categories/tree-queries.ts'
import { IdParams } from '../lib/shapes.ts'
import { Conflict } from '../plugins/errors.ts'
import { changeTree, crumbsTo, requestedCategory } from './category-changes.ts'
import { adminCategoryCrumbs, adminCategoryPath, categoryTexts, type Typed } from './category-views.ts'
import { CategoryForm, DirectionForm, NewCategoryForm, NewCategoryQuery } from './forms.ts'

const categories: FastifyPluginAsyncTypebox = async (app) => {
  const { read } = app.database

  app.get('/admin/categories', async (request, reply) => {
    const subcategories = await listSubcategories(read, null)
    return reply.render('admin/categories', { subcategories, crumbs: adminCategoryCrumbs(request.page.t) })
  })

  app.get('/admin/categories/:id', { schema: { params: IdParams } }, async (request, reply) => {
    const category = await requestedCategory(request)
    const subcategories = await listSubcategories(read, category.id)
    return reply.render('admin/category', { category, subcategories, crumbs: await crumbsTo(request, category) })
  })

  app.get('/admin/categories/new', { schema: { querystring: NewCategoryQuery } }, async (request, reply) => {
    const { parentId } = request.query
    return showNew(request, reply, { values: parentId ? { parentId: String(parentId) } : {} })
  })

  app.post(
    '/admin/categories',
    { schema: { body: NewCategoryForm }, attachValidation: true },
    async (request, reply) => {
      const values = request.typed()
      const errors = request.formErrors()
      if (errors) return showNew(request, reply.code(422), { values, errors })

      const { parentId = null, ...typed } = request.body
      const texts = categoryTexts(typed)
      const refusal = await changeTree(request, async (db) => {
        const { id, path } = await createCategory(db, { ...texts, parentId })
        return { action: 'category-created', subjectId: id, reason: path }
      })
      if (refusal) return showNew(request, reply.code(422), { values, errors: { slug: refusal } })
      return reply.notice('The category is there.').redirect(request.page.url(adminCategoryPath(parentId)), 303)
    },
  )

  app.get('/admin/categories/:id/edit', { schema: { params: IdParams } }, async (request, reply) => {
    const category = await requestedCategory(request)
    const { name, slug, description, guidance, reviewMonths } = category
    const values = { name, slug, description, guidance: guidance ?? '', reviewMonths: String(reviewMonths ?? '') }
    return showEdit(request, reply, category, { values })
  })

  app.post(
    '/admin/categories/:id',
    { schema: { params: IdParams, body: CategoryForm }, attachValidation: true },
    async (request, reply) => {
      const category = await requestedCategory(request)
      const values = request.typed()
      const errors = request.formErrors()
      if (errors) return showEdit(request, reply.code(422), category, { values, errors })

      const { id, path } = category
      const texts = categoryTexts(request.body)
      const refusal = await changeTree(request, async (db) => {
        await updateCategory(db, id, texts)
        return { action: 'category-edited', subjectId: id, reason: path }
      })
      if (refusal) return showEdit(request, reply.code(422), category, { values, errors: { slug: refusal } })
      return reply.notice('The category is saved.').redirect(request.page.url(adminCategoryPath(id)), 303)
    },
  )

  app.post(
    '/admin/categories/:id/position',
    { schema: { params: IdParams, body: DirectionForm } },
    async (request, reply) => {
      const { id, parentId, path } = await requestedCategory(request)
      const { direction } = request.body
      const refusal = await changeTree(request, async (db) => {
        await shiftCategory(db, id, direction === 'up' ? -1 : 1)
        return { action: `category-moved-${direction}`, subjectId: id, reason: path }
      })
      if (refusal) throw new Conflict(refusal)
      return reply.redirect(`${request.page.url(adminCategoryPath(parentId))}#category-${id}`, 303)
    },
  )

  app.delete('/admin/categories/:id', { schema: { params: IdParams } }, async (request, reply) => {
    const { id, parentId, path } = await requestedCategory(request)
    const refusal = await changeTree(request, async (db) => {
      await deleteCategory(db, id)
      return { action: 'category-deleted', subjectId: id, reason: path }
    })
    if (refusal) throw new Conflict(refusal)
    return reply.notice('The category is deleted.').redirect(request.page.url(adminCategoryPath(parentId)), 303)
  })

  async function showNew(request: FastifyRequest, reply: FastifyReply, typed: Typed) {
    const parent = await findCategoryById(read, Number(typed.values.parentId) || 0)
    const crumbs = parent ? await crumbsTo(request, parent) : adminCategoryCrumbs(request.page.t)
    const path = adminCategoryPath(parent?.id)
    return reply.render('admin/category-form', { action: '/admin/categories', isNew: true, crumbs, path, ...typed })
  }

  async function showEdit(request: FastifyRequest, reply: FastifyReply, category: Category, typed: Typed) {
    const path = adminCategoryPath(category.id)
    const crumbs = await crumbsTo(request, category)
    return reply.render('admin/category-form', { action: path, isNew: false, crumbs, path, ...typed })
  }
}

export default categories
