import type { listDrafts } from '../drafts/queries.ts'
import { atomFeed } from '../lib/atom.ts'
import type { Page } from '../plugins/views.ts'
import type { listQuestions, Question } from './queries.ts'

export type ListedQuestion = Awaited<ReturnType<typeof listQuestions>>[number]
type Draft = Awaited<ReturnType<typeof listDrafts>>[number]

declare module '../plugins/views.ts' {
  interface Views {
    /** Newest first; `next` is the cursor of the page behind. */
    'questions/list': {
      rows: ListedQuestion[]
      next?: string
      status?: Question['status']
      isFirstPage: boolean
    }
    'questions/mine': { rows: ListedQuestion[]; next?: string; drafts: Draft[] }
    'questions/_status': {
      status: Question['status']
      answerCount: number
      isHidden?: boolean
      /** A moderator has yet to read it. */
      isHeld?: boolean
      isPending?: boolean
      isWithdrawn?: boolean
    }
    /** `level` of its headings, 2 unless told. */
    'questions/_list': {
      questions: ListedQuestion[]
      level?: 2 | 3
      /** To whoever asked them. */
      tellsOfWaiting?: boolean
    }
  }
}

/** What is not for everybody is not told by its address either, which stands in logs and histories. */
export const questionPath = ({ id, slug, hiddenAt }: Pick<Question, 'id' | 'slug' | 'hiddenAt'>) =>
  hiddenAt ? `/questions/${id}` : `/questions/${id}/${slug}`

/** What staff read of one asked in confidence till they open it, which is written down. */
export const titleForStaff = (t: Page['t'], title: string | null = null) => title ?? t('A question asked in confidence')

export const openTitleOf = ({ audience, title }: Pick<Question, 'audience' | 'title'>) =>
  audience === null ? title : null

/** The fields of the form in which anything may be written. */
export const fieldLabels = (t: Page['t']) => ({
  title: t('Your question'),
  body: t('The whole story'),
  tried: t('Tried so far'),
  imaging: t('Scans and tests'),
})

type Feed = {
  title: string
  path: string
  feedPath: string
  questions: ListedQuestion[]
  /** Those their askers took back lately. */
  withdrawn: { id: number; at: Date }[]
}

export const questionsFeed = ({ absolute }: Page, { title, path, feedPath, questions, withdrawn }: Feed) =>
  atomFeed({
    id: absolute(path),
    url: absolute(feedPath),
    pageUrl: absolute(path),
    title,
    entries: questions.map((question) => ({
      id: absolute(`/questions/${question.id}`),
      url: absolute(questionPath(question)),
      title: question.title,
      author: question.askerName,
      summary: question.excerpt,
      publishedAt: question.createdAt,
      updatedAt: question.changedAt,
    })),
    deleted: withdrawn.map(({ id, at }) => ({ id: absolute(`/questions/${id}`), at })),
  })

export const ATOM = 'application/atom+xml; charset=utf-8'

const AGE_BANDS = {
  'under-18': 'Under 18',
  '18-29': '18 to 29',
  '30-39': '30 to 39',
  '40-49': '40 to 49',
  '50-59': '50 to 59',
  '60-69': '60 to 69',
  '70-79': '70 to 79',
  '80-plus': '80 or over',
}
const DURATIONS = { days: 'Days', weeks: 'Weeks', months: 'Months', years: 'Years' }

export const ageBandOptions = (t: Page['t']) => optionsOf(t, AGE_BANDS)
export const durationOptions = (t: Page['t']) => optionsOf(t, DURATIONS)

const optionsOf = (t: Page['t'], labels: Record<string, string>) =>
  Object.entries(labels).map(([value, label]) => ({ value, label: t(label) }))

type Told = Pick<Question, 'ageBand' | 'duration'> & Partial<Pick<Question, 'tried' | 'imaging'>>

/** What the asker told besides the text, as label and value. */
export function factsOf(t: Page['t'], { ageBand, duration, tried, imaging }: Told) {
  const facts = [
    { label: t('Age'), value: ageBand && t(AGE_BANDS[ageBand]) },
    { label: t('How long'), value: duration && t(DURATIONS[duration]) },
    { label: t('Tried so far'), value: tried },
    { label: t('Scans and tests'), value: imaging },
  ]
  return facts.filter((fact): fact is { label: string; value: string } => Boolean(fact.value))
}
