import { breadcrumbList, structuredDataHtml } from '../lib/structured-data.ts'
import type { Crumb, Page } from '../plugins/views.ts'
import type { Category, listAncestors, listSubcategories, listTree } from './queries.ts'

type Named = { name: string; path: string }
type Listed = Named & { questionCount: number; description?: string }
type TreeRow = Awaited<ReturnType<typeof listTree>>[number]
/** A line of the contents, with what stands below it; `more` counts those there was no room for. */
export type ContentsEntry = Listed & { below: ContentsEntry[]; more: number }

declare module '../plugins/views.ts' {
  interface Views {
    'categories/list': { entries: ContentsEntry[] }
    'categories/show': {
      category: { name: string; path: string; description: string; questionCount: number }
      guidanceHtml: string | null
      /** None: it has not been reckoned yet. */
      wait?: { hours?: number; days?: number; expertCount: number }
      /** How those fared who asked here. */
      outcomeSentence?: string
      entries: ContentsEntry[]
      questions: Views['questions/_list']['questions']
      next?: string
      isFirstPage: boolean
      crumbs: Crumb[]
      structuredDataHtml: string
    }
    /** `level` of its headings. */
    'categories/_contents': { entries: ContentsEntry[]; level: 2 | 3 }
    'categories/_count': { count: number }
  }
}

/** How many lines the contents page has at most, whole levels at a time; the highest level is always there. */
const MOST_LINES = 300
const MOST_LEVELS = 3
/** So many subcategories of a subcategory are named. */
const MOST_NAMED = 6

/** The way from the contents page down to a category; the layout puts the site before it. */
export function categoryCrumbs(t: Page['t'], ancestors: Named[], category?: Named): Crumb[] {
  const trail = category ? [...ancestors, category] : ancestors
  return [
    { name: t('Question and Answer'), path: '/categories' },
    ...trail.map(({ name, path }) => ({ name, path: `/categories/${path}` })),
  ]
}

/** The same way for search engines, from the home page down. */
export function breadcrumbsOf(page: Page, crumbs: Crumb[]) {
  const trail = [{ name: page.siteName, path: '/' }, ...crumbs]
  return breadcrumbList(trail.map(({ name, path }) => ({ name, url: path && page.absolute(path) })))
}

/** @param counts of categories at each level, from the top */
export function levelsShown(counts: number[]) {
  let lines = 0
  const fitting = counts.slice(0, MOST_LEVELS).filter((count) => {
    lines += count
    return lines <= MOST_LINES
  })
  return Math.max(1, fitting.length)
}

/** @param tree in tree order */
export function contentsOf(tree: TreeRow[]): ContentsEntry[] {
  const top: ContentsEntry[] = []
  const open: ContentsEntry[][] = [top]
  const isLong = tree.length > MOST_LINES
  for (const { depth, ...row } of tree) {
    const entry = { ...row, description: isLong || depth > 0 ? undefined : row.description, below: [], more: 0 }
    open[depth]!.push(entry)
    open[depth + 1] = entry.below
  }
  for (const entry of top.flatMap(({ below }) => below)) entry.more = entry.below.splice(MOST_NAMED).length
  return top
}

type Shown = {
  category: Category
  ancestors: Awaited<ReturnType<typeof listAncestors>>
  subcategories: Awaited<ReturnType<typeof listSubcategories>>
}

export function categoryPage(page: Page, { category, ancestors, subcategories }: Shown) {
  const crumbs = categoryCrumbs(page.t, ancestors, category)
  return {
    category,
    guidanceHtml: category.guidanceHtml,
    entries: contentsOf(subcategories.map((row) => ({ ...row, depth: 0 }))),
    crumbs,
    structuredDataHtml: structuredDataHtml(breadcrumbsOf(page, crumbs)),
  }
}
