import { plainTextOf } from '../lib/excerpts.ts'
import type { Crumb, Page } from '../plugins/views.ts'
import { type Marks, markedHtml, passageOf } from './marks.ts'
import type {
  FoundAnswer,
  FoundCategory,
  FoundExpert,
  FoundQuestion,
  listHelpful,
  listSearches,
  listSimilar,
} from './queries.ts'
import type { Result, SearchPage, ShownCategory, ShownExpert, ShownQuestion } from './search-views.ts'

export type Suggestion = { id: number; slug: string; title: string; expertName?: string; line?: string }
type SimilarQuestion = Awaited<ReturnType<typeof listSimilar>>[number]

type Counted = Awaited<ReturnType<typeof listSearches>>

declare module '../plugins/views.ts' {
  interface Views {
    'finding/search': SearchPage
    'finding/_filters': Pick<SearchPage, 'groups' | 'isNarrowed'>
    'finding/_nothing': Pick<SearchPage, 'q' | 'wider'>
    'finding/_result': { result: Result }
    'finding/_suggestions': { suggestions: Suggestion[] }
    'finding/_similar': { similar: SimilarQuestion[] }
    'finding/_counts': { counts: Counted; label: string }
    'finding/insight': {
      frequent: Counted
      empty: Counted
      asked: Counted
      helpful: Awaited<ReturnType<typeof listHelpful>>
      crumbs: Crumb[]
    }
  }
}

const PASSAGE = 170
const LINE = 140

export function shownQuestion(question: FoundQuestion, answers: FoundAnswer[], marks: Marks): ShownQuestion {
  const { title, bodyHtml, ...rest } = question
  const [answer] = answers
  return {
    ...rest,
    kind: 'question',
    titleHtml: markedHtml(title, marks),
    excerptHtml: passageHtml(bodyHtml, marks),
    answer: answer && {
      name: answer.expertName,
      profession: answer.expertProfession,
      textHtml: passageHtml(answer.bodyHtml, marks),
    },
  }
}

const passageHtml = (html: string, marks: Marks) => markedHtml(passageOf(plainTextOf(html), marks, PASSAGE), marks)

export function shownExpert({ name, profession, credentials, ...expert }: FoundExpert, marks: Marks): ShownExpert {
  return {
    ...expert,
    kind: 'expert',
    nameHtml: markedHtml(name, marks),
    qualificationHtml: markedHtml(`${profession}, ${credentials}`, marks),
  }
}

export function shownCategory({ name, description, ...category }: FoundCategory, marks: Marks): ShownCategory {
  return {
    ...category,
    kind: 'category',
    nameHtml: markedHtml(name, marks),
    descriptionHtml: markedHtml(description, marks),
  }
}

export function shownSuggestion({ id, slug, title }: FoundQuestion, [answer]: FoundAnswer[]): Suggestion {
  const line = answer && passageOf(plainTextOf(answer.bodyHtml), [], LINE)
  return { id, slug, title, expertName: answer?.expertName, line }
}

export const insightCrumbs = (t: Page['t'], isAdministrator: boolean): Crumb[] => [
  isAdministrator ? { name: t('Administration'), path: '/admin' } : { name: t('Moderation'), path: '/moderation' },
  { name: t('Searches') },
]

/** What was searched for on the page at this path, if it is a search. */
export function searchedIn(path: string) {
  const [page, query] = path.split('?')
  return page === '/search' ? new URLSearchParams(query).get('q') : null
}
