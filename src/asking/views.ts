import type { Category, listCategoryOptions } from '../categories/queries.ts'
import type { Suggestion } from '../finding/views.ts'
import { renderMarkdown } from '../lib/markdown.ts'
import type { Crumb, Page } from '../plugins/views.ts'
import type { Question } from '../questions/queries.ts'
import { ageBandOptions, durationOptions, questionPath } from '../questions/views.ts'
import type { QuestionEditForm } from './forms.ts'

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
      isDraft: boolean
      /** Answered questions like it. */
      suggestions: Suggestion[]
      /** The question waits to be posted till its asker has looked at them. */
      isHeld: boolean
      /** None: a new question. */
      editedPath?: string
      crumbs: Crumb[]
    }
    'asking/_facts': Pick<Views['asking/form'], 'values' | 'errors' | 'ageBandOptions' | 'durationOptions'>
    'asking/_sender': Pick<Views['asking/form'], 'values' | 'errors'>
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
}

/** A new question, or with `question` one that is edited. */
export function questionForm(page: Page, { question, categories, category, ...draft }: QuestionDraft & Offered) {
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
    isDraft: draft.isDraft ?? false,
    suggestions: draft.suggestions ?? [],
    isHeld: draft.isHeld ?? false,
    editedPath: question && questionPath(question),
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
