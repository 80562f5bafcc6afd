import type { Crumb, Page } from '../plugins/views.ts'

type Named = { name: string; path: string }

/** The way from the contents page down to a category; the layout puts the site before it. */
export function categoryCrumbs(t: Page['t'], ancestors: Named[], category?: Named): Crumb[] {
  const trail = category ? [...ancestors, category] : ancestors
  return [
    { name: t('Question and Answer'), path: '/categories' },
    ...trail.map(({ name, path }) => ({ name, path: `/categories/${path}` })),
  ]
}
