import type { Kind } from './documents.ts'
import type { Ranked, Row } from './ranking.ts'

export type Filters = { categoryPath?: string; isAnswered?: boolean; kind?: Kind; since?: Date }
type Category = { id: number; path: string; name: string }
type Dimension = 'kind' | 'isAnswered' | 'categoryPath' | 'since'

/** Whether a document is wanted, altogether or but for one of the filters. */
type Filter = { isIn(row: Row, but?: Dimension): boolean; paths: Map<number, string>; filters: Filters }

export function filterOf(filters: Filters, categories: Category[]): Filter {
  const paths = new Map(categories.map(({ id, path }) => [id, path]))
  const { categoryPath, isAnswered, kind, since } = filters
  const tests: Record<Dimension, (row: Row) => boolean> = {
    kind: (row) => kind === undefined || row.kind === kind,
    isAnswered: (row) => isAnswered === undefined || (row.kind === 'question' && row.isAnswered === isAnswered),
    since: (row) => since === undefined || row.createdAt >= since,
    categoryPath: (row) => !categoryPath || isAtOrBelow(paths.get(row.categoryId ?? 0), categoryPath),
  }
  const isIn = (row: Row, but?: Dimension) =>
    Object.entries(tests).every(([dimension, test]) => dimension === but || test(row))
  return { isIn, paths, filters }
}

const isAtOrBelow = (path: string | undefined, above: string) =>
  path !== undefined && `${path}/`.startsWith(`${above}/`)

/** How many each filter would leave, with the other filters as they are. */
export function facetsOf(rows: Ranked[], filter: Filter, spans: Record<string, Date> = {}) {
  const kinds = counted(rows.filter((row) => filter.isIn(row, 'kind')).map(({ kind }) => kind))
  const answered = counted(
    rows
      .filter((row) => row.kind === 'question' && filter.isIn(row, 'isAnswered'))
      .map(({ isAnswered }) => String(isAnswered)),
  )
  const filed = rows.filter((row) => filter.isIn(row, filter.filters.categoryPath ? undefined : 'categoryPath'))
  const depth = filter.filters.categoryPath ? filter.filters.categoryPath.split('/').length + 1 : 1
  const places = filed.flatMap(({ categoryId }) => stepOf(filter.paths.get(categoryId ?? 0), depth) ?? [])
  return {
    kinds,
    answered: answered.get('true') ?? 0,
    unanswered: answered.get('false') ?? 0,
    /** Of the spans that were named, how many were written since. */
    spans: countedSince(
      rows.filter((row) => filter.isIn(row, 'since')),
      spans,
    ),
    /** By path: the next step down from where the search is. */
    categories: counted(places),
  }
}

const countedSince = (rows: Ranked[], spans: Record<string, Date>) =>
  new Map(
    Object.entries(spans).map(([name, since]) => [name, rows.filter(({ createdAt }) => createdAt >= since).length]),
  )

function stepOf(path: string | undefined, depth: number) {
  const slugs = path?.split('/') ?? []
  return slugs.length >= depth ? slugs.slice(0, depth).join('/') : undefined
}

function counted(keys: string[]) {
  const counts = new Map<string, number>()
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1)
  return counts
}
