import type { Crumb, Page, Views } from '../plugins/views.ts'
import type { Found } from '../search/searching.ts'
import { wordsOf } from '../search/words.ts'
import { type SearchQuery, type ShownKind, shownKinds } from './forms.ts'
import type { FoundCategory, FoundExpert, FoundQuestion } from './queries.ts'

export type ShownQuestion = Omit<FoundQuestion, 'title' | 'bodyHtml'> & {
  kind: 'question'
  titleHtml: string
  excerptHtml: string
  answer?: { name: string; profession: string; textHtml: string }
}
export type ShownExpert = Omit<FoundExpert, 'name' | 'profession' | 'credentials'> & {
  kind: 'expert'
  nameHtml: string
  qualificationHtml: string
}
export type ShownCategory = Omit<FoundCategory, 'name' | 'description'> & {
  kind: 'category'
  nameHtml: string
  descriptionHtml: string
}
export type Result = ShownQuestion | ShownExpert | ShownCategory

/** What a link of the page asks for, and how much it would find where that is known. */
type Choice = { label: string; query: Query; count?: number; isCurrent: boolean }
type Group = { label: string; choices: Choice[] }
type Query = Record<string, string | undefined>

export type SearchPage = {
  q: string
  /** What the form keeps of the filters. */
  kept: [string, string][]
  /** What was looked for may be urgent. */
  help?: Views['safety/_help']
  /** What was done with what was typed, where that is not plain to see. */
  remarks: string[]
  /** None: nothing was looked for. */
  found?: { total: number; isExact: boolean }
  results: Result[]
  tabs: Choice[]
  groups: Group[]
  sorts: Choice[]
  isNarrowed: boolean
  /** What to look for instead. */
  suggestion?: { text: string; query: Query }
  /** Where nothing was found: with fewer filters there may be something. */
  wider: { label: string; query: Query }[]
  nextQuery?: Query
  firstQuery?: Query
  crumbs: Crumb[]
}

type Outcome = Pick<SearchPage, 'help'> & { found?: Found; results: Result[]; places: FoundCategory[] }

const FILTERS = ['kind', 'category', 'status', 'since', 'sort'] as const
const MOST_PLACES = 12

/** @param places the categories that the counts and the chosen path speak of */
export function searchPage(page: Page, search: SearchQuery, { found, results, places, help }: Outcome): SearchPage {
  const { t } = page
  const query = queryOf(search)
  const isNarrowed = Boolean(search.category || search.status || search.since)
  return {
    q: search.q,
    kept: FILTERS.flatMap((name) => (query[name] ? [[name, query[name]] as [string, string]] : [])),
    help,
    remarks: remarksOn(t, search, unknownPath({ found, places })),
    found,
    results,
    tabs: found ? kindsOf(t, query, found) : [],
    groups: found && (found.total > 0 || isNarrowed) ? groupsOf(t, query, { found, places }) : [],
    sorts: [
      { label: t('Best match'), query: { ...query, sort: undefined }, isCurrent: !search.sort },
      { label: t('Newest'), query: { ...query, sort: 'date' }, isCurrent: search.sort === 'date' },
    ],
    isNarrowed,
    suggestion: found && suggestionFor(search, found),
    wider: found ? widerThan(t, query, places) : [],
    nextQuery: found?.next ? { ...query, after: found.next } : undefined,
    firstQuery: search.after ? query : undefined,
    crumbs: [{ name: t('Question and Answer'), path: '/categories' }, { name: t('Search') }],
  }
}

/** The address of the first page of a search. */
const queryOf = ({ q, kind, category, status, since, sort }: SearchQuery): Query => ({
  q,
  kind,
  category,
  status,
  since,
  sort,
})

function remarksOn(t: Page['t'], { q, isCut }: SearchQuery, category: string | undefined) {
  return [
    isCut && t('That was long. Only its beginning was searched for.'),
    category !== undefined && t('There is no category at “{category}”.', { category }),
    q !== '' &&
      wordsOf(q).length === 0 &&
      t('There is no word in that to search for. Try one such as “knee” or “sciatica”.'),
  ].filter((remark) => remark !== false)
}

/** Somebody looked in a category that there is not. */
const unknownPath = ({ found, places }: Pick<Outcome, 'found' | 'places'>) =>
  places.some(({ path }) => path === found?.categoryPath) ? undefined : found?.categoryPath

/** Where there is more than one. */
function kindsOf(t: Page['t'], query: Query, { facets: { kinds } }: Found): Choice[] {
  const labels: Record<ShownKind, string> = {
    question: t('Questions'),
    expert: t('Experts'),
    category: t('Categories'),
  }
  const all = [...kinds.values()].reduce((sum, count) => sum + count, 0)
  const some = shownKinds.filter((kind) => kinds.has(kind) || kind === query.kind)
  if (some.length < 2 && !query.kind) return []
  return [
    { label: t('All'), query: { ...query, kind: undefined }, count: all, isCurrent: !query.kind },
    ...some.map((kind) => ({
      label: labels[kind],
      query: { ...query, kind },
      count: kinds.get(kind) ?? 0,
      isCurrent: query.kind === kind,
    })),
  ]
}

function groupsOf(t: Page['t'], query: Query, { found, places }: Pick<Outcome, 'places'> & { found: Found }): Group[] {
  return [
    { label: t('Category'), choices: placesOf(t, query, { found, places }) },
    {
      label: t('Answers'),
      choices: choicesOf(query, 'status', [
        { label: t('Answered or not') },
        { value: 'answered', label: t('Answered'), count: found.facets.answered },
        { value: 'open', label: t('Waiting'), count: found.facets.unanswered },
      ]),
    },
    {
      label: t('Written'),
      choices: choicesOf(query, 'since', [
        { label: t('At any time') },
        { value: 'week', label: t('In the last 7 days'), count: found.facets.spans.get('week') },
        { value: 'month', label: t('In the last 30 days'), count: found.facets.spans.get('month') },
        { value: 'year', label: t('In the last 12 months'), count: found.facets.spans.get('year') },
      ]),
    },
  ].filter(({ choices }) => choices.length > 1)
}

type Option = { value?: string; label: string; count?: number }

const choicesOf = (query: Query, name: string, options: Option[]): Choice[] =>
  options.map(({ value, label, count }) => ({
    label,
    count,
    query: { ...query, [name]: value },
    isCurrent: query[name] === value,
  }))

/** All of them, the way down to the one chosen, and those below it. */
function placesOf(t: Page['t'], query: Query, { found, places }: Pick<Outcome, 'places'> & { found: Found }) {
  const counts = found.facets.categories
  const chosen = places.filter(({ path }) => isAtOrAbove(path, found.categoryPath))
  const below = places
    .filter(({ path }) => counts.has(path) && !chosen.some((place) => place.path === path))
    .sort((a, b) => counts.get(b.path)! - counts.get(a.path)! || a.name.localeCompare(b.name))
  const byLength = (a: FoundCategory, b: FoundCategory) => a.path.length - b.path.length
  return choicesOf({ ...query, category: found.categoryPath }, 'category', [
    { label: t('All categories') },
    ...chosen.sort(byLength).map(({ path, name }) => ({ value: path, label: name })),
    ...below.slice(0, MOST_PLACES).map(({ path, name }) => ({ value: path, label: name, count: counts.get(path) })),
  ])
}

const isAtOrAbove = (path: string, below = '') => `${below}/`.startsWith(`${path}/`)

/** The search with its unknown words put right. */
function suggestionFor(search: SearchQuery, { corrections }: Found) {
  const meant = new Map(corrections.map(({ typed, meant }) => [typed, meant]))
  const words = wordsOf(search.q).filter(({ token }) => meant.has(token))
  if (words.length === 0) return undefined
  const text = words
    .toReversed()
    .reduce((put, { token, start, end }) => put.slice(0, start) + meant.get(token) + put.slice(end), search.q)
  return { text, query: { ...queryOf(search), q: text } }
}

function widerThan(t: Page['t'], query: Query, places: FoundCategory[]) {
  const above = places.find(({ path }) => path === query.category?.replace(/\/?[^/]*$/, ''))
  return [
    above && { label: t('Search in {category}', { category: above.name }), query: { ...query, category: above.path } },
    query.category && { label: t('Search in all categories'), query: { ...query, category: undefined } },
    query.status && { label: t('Search answered and waiting questions'), query: { ...query, status: undefined } },
    query.since && { label: t('Search what was written at any time'), query: { ...query, since: undefined } },
    query.kind && { label: t('Search questions, experts and categories'), query: { ...query, kind: undefined } },
  ].filter((way) => typeof way === 'object')
}
