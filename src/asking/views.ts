import type { Category, listCategoryOptions } from '../categories/queries.ts'
import type { Asked } from '../consents/queries.ts'
import { CONSENTS } from '../consents/texts.ts'
import { askedConsents } from '../consents/views.ts'
import type { Suggestion } from '../finding/views.ts'
import { renderMarkdown } from '../lib/markdown.ts'
import type { Crumb, Page } from '../plugins/views.ts'
import type { Question } from '../questions/queries.ts'
import { ageBandOptions, durationOptions, questionPath } from '../questions/views.ts'
import type { Nobody, ShownWait } from '../waiting/views.ts'
import type { QuestionEditForm } from './forms.ts'
import { isForEverybody } from './readers.ts'

type Addressee = { handle: string; name: string }
type Option = { value: string; label: string }

declare module '../plugins/views.ts' {
  interface Views {
    'asking/form': {
      /** Where it posts to. */
      action: string
      values: Record<string, string>
      errors?: Record<string, string>
      previewHtml?: string
      categoryOptions: Option[]
      ageBandOptions: Option[]
      durationOptions: Option[]
      /** What experts would like to hear from askers in the category chosen. */
      guidanceHtml?: string
      /** Hours; none where too few questions have been answered to say. */
      typicalWait?: number
      /** What is known of the category chosen. */
      wait?: ShownWait
      /** Nobody could read there what is asked in confidence. */
      nobody?: Nobody
      isDraft: boolean
      /** Answered questions like it. */
      suggestions: Suggestion[]
      /** The question waits to be posted till its asker has looked at them. */
      isHeld: boolean
      /** None: a new question. */
      editedPath?: string
      crumbs: Crumb[]
      /** What has to be allowed, or may be, and is not yet. */
      consents: Views['consents/_asked']
      /** When the question is published, where there is a choice. */
      publishOptions: Option[]
      /** They have said yes to all that is needed before. */
      isAllowed: boolean
      /** The one expert of whom it may be asked. */
      addressee?: Addressee
      /** Whoever it was to be asked of takes no questions. */
      isUnavailable: boolean
      /** Not everybody is to read it. */
      isInConfidence: boolean
    }
    'asking/_readers': Pick<Views['asking/form'], 'values' | 'errors' | 'addressee' | 'isUnavailable'>
    'asking/_facts': Pick<Views['asking/form'], 'values' | 'errors' | 'ageBandOptions' | 'durationOptions'>
    'asking/_sender': Pick<Views['asking/form'], 'values' | 'errors' | 'publishOptions' | 'isAllowed'>
    'asking/_held': Pick<Views['asking/form'], 'suggestions'>
  }
}

export type QuestionDraft = {
  values: Record<string, string>
  errors?: Record<string, string>
  isPreview?: boolean
  isDraft?: boolean
  suggestions?: Suggestion[]
  isHeld?: boolean
  question?: Question
}

type Offered = {
  categories: Awaited<ReturnType<typeof listCategoryOptions>>
  category?: Category
  typicalWait?: number
  wait?: ShownWait
  nobody?: Nobody
  asked: Asked[]
  /** Hours, the first unless somebody chooses. */
  publishAfter: number[]
  addressee?: Addressee
}

/** A new question, or with `question` one that is edited. */
export function questionForm(
  page: Page,
  { question, categories, category, asked, publishAfter, addressee, ...draft }: QuestionDraft & Offered,
) {
  const { t } = page
  const title = question ? t('Edit your question') : t('Ask a question')
  const path = question ? `/questions/${question.id}/edit` : '/ask'
  return {
    action: path,
    values: draft.values,
    errors: draft.errors,
    previewHtml: draft.isPreview ? renderMarkdown(draft.values.body ?? '', 2) : undefined,
    categoryOptions: categories.map(({ path: value, trail }) => ({ value, label: trail })),
    ageBandOptions: ageBandOptions(t),
    durationOptions: durationOptions(t),
    guidanceHtml: category?.guidanceHtml ?? undefined,
    typicalWait: draft.typicalWait,
    wait: draft.wait,
    nobody: draft.nobody,
    isDraft: draft.isDraft ?? false,
    suggestions: draft.suggestions ?? [],
    isHeld: draft.isHeld ?? false,
    editedPath: question && questionPath(question),
    consents: askedConsents(page, asked, draft),
    isAllowed: asked.every(({ kind }) => !CONSENTS[kind].isNeeded),
    addressee,
    isUnavailable: Boolean(draft.values.expert) && !addressee,
    isInConfidence: question ? question.audience !== null : !isForEverybody(draft.values),
    publishOptions: question ? [] : publishOptions(t, publishAfter),
    crumbs: [
      { name: t('Question and Answer'), path: '/categories' },
      { name: title, path },
    ],
  }
}

/** The columns a form fills; a fact left blank is one taken back. */
export const typedQuestion = ({
  title,
  body,
  ageBand,
  duration,
  tried,
  imaging,
}: Omit<QuestionEditForm, 'action' | 'basis'>) => ({
  title,
  body,
  ageBand: ageBand ?? null,
  duration: duration ?? null,
  tried: tried ?? null,
  imaging: imaging ?? null,
})

export const WRITTEN = ['title', 'body', 'tried', 'imaging']

const publishOptions = (t: Page['t'], hours: number[]) =>
  hours.length < 2 ? [] : hours.map((count) => ({ value: String(count), label: t(PUBLISH_IN, { count }) }))

const PUBLISH_IN =
  '{count, plural, =0 {At once} one {After # hour: till then only you see it} other {After # hours: till then only you see it}}'

const HOUR_MS = 3_600_000

/** None: at once. */
export function publishAtOf(hours: number[], chosen: string | undefined, now: Date) {
  const wait = hours.find((count) => String(count) === chosen) ?? hours[0] ?? 0
  return wait > 0 ? new Date(now.getTime() + wait * HOUR_MS) : undefined
}
