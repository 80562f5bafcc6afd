import type { Place } from './queries.ts'

export type Subject = Place & { count: number }

/** How much waits in each category itself. */
type Counts = { id: number; count: number }[]

const isWithin = (path: string, top: string) => path === top || path.startsWith(`${top}/`)

/** What lies in or below any of these. */
export const placesWithin = (places: Place[], tops: Place[]) =>
  places.filter(({ path }) => tops.some((top) => isWithin(path, top.path)))

/** Where nothing limits an expert: what has nothing above it. */
export const topsOf = (places: Place[], scope: number[] | undefined) =>
  places.filter(({ id, path }) => (scope ? scope.includes(id) : !path.includes('/')))

/** One level of what lies below `chosen`, or the tops, with what waits in and below each; only where something does. */
export function subjectsOf(places: Place[], { tops, chosen, counts }: Level): Subject[] {
  const byId = new Map(counts.map(({ id, count }) => [id, count]))
  const shown = chosen ? places.filter(({ path }) => isChild(path, chosen.path)) : tops
  return shown.map((place) => ({ ...place, count: countIn(places, place, byId) })).filter(({ count }) => count > 0)
}

type Level = { tops: Place[]; chosen?: Place; counts: Counts }

const isChild = (path: string, above: string) =>
  path.startsWith(`${above}/`) && !path.slice(above.length + 1).includes('/')

const countIn = (places: Place[], top: Place, counts: Map<number, number>) =>
  placesWithin(places, [top]).reduce((sum, { id }) => sum + (counts.get(id) ?? 0), 0)
