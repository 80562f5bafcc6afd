import type { FastifyRequest } from 'fastify'
import { recordEvent } from '../audit/queries.ts'
import { type Category, findCategory, findCategoryById, listAncestors } from '../categories/queries.ts'
import { TreeConflict } from '../categories/tree-queries.ts'
import type { Writer } from '../database/types.ts'
import { NotFound } from '../plugins/errors.ts'
import { adminCategoryCrumbs, whyNot } from './category-views.ts'

type Event = { action: string; subjectId: number; reason: string }

/** Changes the tree and records it. Returns a sentence that says why nothing was changed, or undefined. */
export async function changeTree(request: FastifyRequest, work: (db: Writer) => Promise<Event>) {
  const actorId = request.signedIn().id
  try {
    await request.server.database.write(async (db) => {
      const event = await work(db)
      await recordEvent(db, { ...event, subjectKind: 'category', actorId })
    })
  } catch (error) {
    if (error instanceof TreeConflict) return whyNot(request.page.t, error.reason)
    throw error
  }
}

/** The category of the address. */
export async function requestedCategory(request: FastifyRequest<{ Params: { id: number } }>) {
  const category = await findCategoryById(request.server.database.read, request.params.id)
  if (!category) throw new NotFound()
  return category
}

/** The category somebody chose of a list; with a sentence for its field where there is none such. */
export async function chosenCategory(request: FastifyRequest, path: string | undefined) {
  const category = path ? await findCategory(request.server.database.read, path) : undefined
  return { category, error: path && !category ? whyNot(request.page.t, 'gone') : undefined }
}

export async function crumbsTo(request: FastifyRequest, category: Category) {
  const ancestors = await listAncestors(request.server.database.read, category)
  return adminCategoryCrumbs(request.page.t, [...ancestors, category])
}
