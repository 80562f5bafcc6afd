/** A category to tick, with those below it; `isOpen` where one of those is ticked. */
export type Place = { id: number; name: string; isChosen: boolean; isOpen: boolean; below: Place[] }

declare module '../plugins/views.ts' {
  interface Views {
    /** Boxes named `categories`, folded where nothing is ticked: two thousand of them are one short page. */
    'experts/_places': { places: Place[] }
  }
}

type Row = { id: number; parentId: number | null; name: string }

/** @param tree in tree order */
export function placesOf(tree: Row[], chosen: Iterable<number>): Place[] {
  const ids = new Set(chosen)
  const children = Map.groupBy(tree, ({ parentId }) => parentId)
  const placesIn = (parentId: number | null): Place[] =>
    (children.get(parentId) ?? []).map(({ id, name }) => {
      const below = placesIn(id)
      const isOpen = below.some((place) => place.isChosen || place.isOpen)
      return { id, name, isChosen: ids.has(id), isOpen, below }
    })
  return placesIn(null)
}
