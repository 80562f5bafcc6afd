import type { listTree } from '../categories/queries.ts'
import type { ListedQuestion } from '../questions/views.ts'

type Category = Pick<Awaited<ReturnType<typeof listTree>>[number], 'name' | 'path' | 'description' | 'questionCount'>
export type Chapter = Category & { subcategories: Category[] }

declare module '../plugins/views.ts' {
  interface Views {
    'home/show': { chapters: Chapter[]; answered: ListedQuestion[] }
    'home/_ask': Record<never, never>
    'home/_chapters': { chapters: Chapter[] }
    'home/_answered': { answered: ListedQuestion[] }
  }
}

/** The categories at the top, each with those right below it. */
export function chaptersOf(tree: (Category & { depth: number })[]): Chapter[] {
  const chapters: Chapter[] = []
  for (const category of tree) {
    if (category.depth === 0) chapters.push({ ...category, subcategories: [] })
    else chapters.at(-1)?.subcategories.push(category)
  }
  return chapters
}
