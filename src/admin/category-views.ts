import type { Category, listCategoryOptions, listSubcategories } from '../categories/queries.ts'
import type { TreeConflict } from '../categories/tree-queries.ts'
import { renderMarkdown } from '../lib/markdown.ts'
import { slugOf } from '../lib/slugs.ts'
import type { Crumb, Page } from '../plugins/views.ts'

export type Typed = { values: Record<string, string>; errors?: Record<string, string> }
type Option = { value: string; label: string }
type Place = Awaited<ReturnType<typeof listCategoryOptions>>[number]
type Subcategory = Awaited<ReturnType<typeof listSubcategories>>[number]
type Merger = { target: Place; moved: Place[]; joined: Place[] }

declare module '../plugins/views.ts' {
  interface Views {
    'admin/categories': { subcategories: Subcategory[]; crumbs: Crumb[] }
    'admin/category': { category: Category; subcategories: Subcategory[]; crumbs: Crumb[] }
    'admin/_subcategories': { subcategories: Subcategory[] }
    /** It posts to `action`, and leads back to `path`. */
    'admin/category-form': Typed & { action: string; path: string; isNew: boolean; crumbs: Crumb[] }
    'admin/category-move': Typed & { category: Category; options: Option[]; crumbs: Crumb[] }
    /** What will happen is shown once a target has been chosen. */
    'admin/category-merger': Typed & {
      category: Category
      options: Option[]
      merger?: Merger
      limitedCount: number
      crumbs: Crumb[]
    }
    'admin/_merger': { category: Category; merger: Merger; limitedCount: number }
  }
}

const REASONS: Record<TreeConflict['reason'], string> = {
  taken: 'Another category has this address already.',
  'below-itself': 'A category cannot go into itself or into one below it.',
  'too-deep': 'The address would become too long.',
  'not-empty': 'Only an empty category can be deleted. Merge it into another instead.',
  limits:
    'Professions or experts may answer here by name. Choose other categories for them first, or merge this one into another.',
  gone: 'Somebody has changed the categories meanwhile. Please choose again.',
}

export const whyNot = (t: Page['t'], reason: TreeConflict['reason']) => t(REASONS[reason])

export const adminCategoryPath = (id?: number | null) => (id ? `/admin/categories/${id}` : '/admin/categories')

/** @param trail from the top down */
export function adminCategoryCrumbs(t: Page['t'], trail: { id: number; name: string }[] = []): Crumb[] {
  return [
    { name: t('Administration'), path: '/admin' },
    { name: t('Categories'), path: '/admin/categories' },
    ...trail.map(({ id, name }) => ({ name, path: adminCategoryPath(id) })),
  ]
}

/** An address is made of the name where none was given, and whatever was given becomes one. */
export function categoryTexts({ name, slug, description = '', guidance, reviewMonths }: CategoryTexts) {
  return {
    name,
    slug: slugOf(slug ?? name, 'category'),
    description,
    guidance: guidance ?? null,
    guidanceHtml: guidance ? renderMarkdown(guidance, 3) : null,
    reviewMonths: reviewMonths ? Number(reviewMonths) : null,
  }
}

type CategoryTexts = { name: string; slug?: string; description?: string; guidance?: string; reviewMonths?: string }

/** All but the category itself and those below it: it can go into any of these. */
export const optionsOutside = (all: Place[], { path }: Category): Option[] =>
  all.filter((place) => !isInOrBelow(place.path, path)).map(({ path, trail }) => ({ value: path, label: trail }))

/** What merging it would do to each category below it: it moves, or it joins the one that has its address there. */
export function mergerOf(all: Place[], { path }: Category, into: string | undefined): Merger | undefined {
  const target = all.find((place) => place.path === into)
  if (!target || isInOrBelow(target.path, path)) return undefined
  const staying = new Set(all.filter((place) => !isInOrBelow(place.path, path)).map((place) => place.path))
  const below = all.filter((place) => place.path.startsWith(`${path}/`))
  const hasTwin = (place: Place) => staying.has(target.path + place.path.slice(path.length))
  return { target, moved: below.filter((place) => !hasTwin(place)), joined: below.filter(hasTwin) }
}

const isInOrBelow = (path: string, other: string) => `${path}/`.startsWith(`${other}/`)
