import type { listExpertsOfProfession, listProfessionUses, Profession } from '../experts/profession-queries.ts'
import { type Place, placesOf } from '../experts/scope-views.ts'
import type { Crumb, Page } from '../plugins/views.ts'
import type { Typed } from './category-views.ts'

type Used = Awaited<ReturnType<typeof listProfessionUses>>[number]
type Named = Awaited<ReturnType<typeof listExpertsOfProfession>>[number]

declare module '../plugins/views.ts' {
  interface Views {
    'admin/professions': Typed & { professions: Used[]; crumbs: Crumb[] }
    'admin/profession': Typed & { profession: Profession; experts: Named[]; places: Place[]; crumbs: Crumb[] }
    'admin/scope': Typed & {
      path: string
      professionOptions: { value: string; label: string }[]
      places: Place[]
      crumbs: Crumb[]
    }
  }
}

export const professionPath = (id: number) => `/admin/professions/${id}`

export const professionCrumbs = (t: Page['t'], profession?: Profession): Crumb[] => [
  { name: t('Administration'), path: '/admin' },
  { name: t('Professions'), path: '/admin/professions' },
  ...(profession ? [{ name: profession.name, path: professionPath(profession.id) }] : []),
]

type Found = {
  profession: Profession
  experts: Named[]
  chosen: { id: number }[]
  tree: { id: number; parentId: number | null; name: string }[]
}

export const professionPage = (t: Page['t'], { profession, experts, chosen, tree }: Found) => ({
  profession,
  experts,
  places: placesOf(
    tree,
    chosen.map(({ id }) => id),
  ),
  crumbs: professionCrumbs(t, profession),
})
