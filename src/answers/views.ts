import { isModerator } from '../accounts/policy.ts'
import { categoryCrumbs } from '../categories/views.ts'
import type { SimilarQuestion } from '../finding/views.ts'
import { plainTextOf } from '../lib/excerpts.ts'
import { newKey } from '../lib/form-keys.ts'
import { renderMarkdown } from '../lib/markdown.ts'
import { breadcrumbList, qaPage, structuredDataHtml } from '../lib/structured-data.ts'
import type { Mail } from '../notifications/queries.ts'
import { mailText } from '../notifications/views.ts'
import type { Crumb, Page } from '../plugins/views.ts'
import { canCloseQuestion, canEditQuestion, isAsker } from '../questions/policy.ts'
import { factsOf, questionPath } from '../questions/views.ts'
import { canAnswerQuestion, canEditAnswer } from './policy.ts'
import type { Answer, Thread } from './queries.ts'

type ShownAnswer = {
  id: number
  expertName: string
  /** None where the expert has left. */
  expertPath?: string
  profession: string
  credentials: string
  isExample: boolean
  bodyHtml: string
  createdAt: Date
  editedAt: Date | null
  canEdit: boolean
}

type AnswerFormData = {
  action: string
  values: Record<string, string>
  errors?: Record<string, string>
  previewHtml?: string
  draft?: { action: string; questionId: number }
}

declare module '../plugins/views.ts' {
  interface Views {
    'questions/show': {
      question: {
        id: number
        title: string
        bodyHtml: string
        excerpt: string
        askerName: string
        status: 'open' | 'answered' | 'closed'
        createdAt: Date
        editedAt: Date | null
        facts: { label: string; value: string }[]
        isOwn: boolean
      }
      answers: ShownAnswer[]
      category: { name: string; path: string }
      crumbs: Crumb[]
      structuredDataHtml: string
      canonicalPath: string
      canEdit: boolean
      canClose: boolean
      canReveal: boolean
      answerForm?: AnswerFormData
      similar: SimilarQuestion[]
    }
    'questions/_actions': Pick<Views['questions/show'], 'question' | 'canEdit' | 'canClose' | 'canReveal'>
    'answers/_answer': { answer: ShownAnswer }
    'answers/_form': { answerForm: AnswerFormData }
    'answers/edit': { answerForm: AnswerFormData; crumbs: Crumb[]; questionPath: string }
  }
}

type Answering = {
  draft?: { key: string; fields: Record<string, string> }
  values?: Record<string, string>
  errors?: Record<string, string>
  isPreview?: boolean
  similar?: SimilarQuestion[]
}

/** The page of a question as `page.viewer` may see it, with what they are typing. */
export function threadPage(page: Page, thread: Thread, answering: Answering = {}) {
  const { question, category, ancestors } = thread
  const { viewer } = page
  const path = questionPath(question)
  const crumbs = [...categoryCrumbs(page.t, ancestors, category), { name: question.title, path }]
  return {
    question: { ...question, facts: factsOf(page.t, question), isOwn: isAsker(viewer, question) },
    answers: thread.answers.map((row) => shownAnswer(page, row)),
    category,
    crumbs,
    structuredDataHtml: structuredData(page, thread, crumbs),
    canonicalPath: path,
    canEdit: canEditQuestion(viewer, question),
    canClose: canCloseQuestion(viewer, question),
    canReveal: isModerator(viewer) && question.askerId !== null && question.isPseudonym,
    answerForm: canAnswerQuestion(viewer, thread) ? answerForm(question.id, answering) : undefined,
    similar: answering.similar ?? [],
  }
}

function answerForm(questionId: number, { draft, values, errors, isPreview }: Answering): AnswerFormData {
  const typed = values ?? { ...draft?.fields, key: draft?.key ?? newKey() }
  return {
    action: `/questions/${questionId}/answers`,
    values: typed,
    errors,
    previewHtml: isPreview ? renderMarkdown(typed.body ?? '') : undefined,
    draft: { action: '/drafts', questionId },
  }
}

function shownAnswer(page: Page, { answer, handle, isExample }: Thread['answers'][number]): ShownAnswer {
  return {
    ...answer,
    expertPath: handle ? `/experts/${handle}` : undefined,
    profession: answer.expertProfession,
    credentials: answer.expertCredentials,
    isExample: isExample ?? false,
    canEdit: canEditAnswer(page.viewer, answer),
  }
}

/** A closed question takes no more answers, so to search engines it is no page to ask and answer on. */
function structuredData(page: Page, { question, answers }: Thread, crumbs: Crumb[]) {
  const trail = [{ name: page.siteName, path: '/' }, ...crumbs]
  const breadcrumbs = breadcrumbList(trail.map(({ name, path }) => ({ name, url: path && page.absolute(path) })))
  if (question.status === 'closed') return structuredDataHtml(breadcrumbs)
  const asked = {
    name: question.title,
    text: plainTextOf(question.bodyHtml),
    author: { name: question.askerName },
    datePublished: question.createdAt,
    dateModified: question.editedAt ?? undefined,
    answers: answers.map((row) => answerData(page, questionPath(question), row)),
  }
  return structuredDataHtml(qaPage(asked), breadcrumbs)
}

function answerData(page: Page, path: string, { answer, handle, isExample }: Thread['answers'][number]) {
  const credentials = isExample ? {} : { jobTitle: answer.expertProfession, honorificSuffix: answer.expertCredentials }
  return {
    text: plainTextOf(answer.bodyHtml),
    url: `${page.absolute(path)}#answer-${answer.id}`,
    author: {
      name: answer.expertName,
      ...(handle ? { url: page.absolute(`/experts/${handle}`) } : {}),
      ...credentials,
    },
    datePublished: answer.createdAt,
    dateModified: answer.editedAt ?? undefined,
  }
}

/** When its text was last written, as a number that a form can carry. */
export const basisOf = ({ editedAt, createdAt }: Answer) => (editedAt ?? createdAt).getTime()

export function answerEdit(page: Page, thread: Thread, answer: Answer, { values, errors, isPreview }: Answering) {
  const path = questionPath(thread.question)
  const typed = { body: answer.body, ...values, basis: String(basisOf(answer)) }
  return {
    answerForm: {
      action: `/answers/${answer.id}/edit`,
      values: typed,
      errors,
      previewHtml: isPreview ? renderMarkdown(typed.body) : undefined,
    },
    questionPath: path,
    crumbs: [
      ...categoryCrumbs(page.t, thread.ancestors, thread.category),
      { name: thread.question.title, path },
      { name: page.t('Edit your answer') },
    ],
  }
}

type AnswerNews = {
  asker: { accountId: number; name: string; email: string }
  expert: { name: string }
  question: Pick<Thread['question'], 'id' | 'slug'>
}

/** Names neither the question nor its subject: mail is read over shoulders. */
export function answerMail(page: Page, { asker, expert, question }: AnswerNews): Mail {
  const { t, absolute } = page
  return {
    accountId: asker.accountId,
    recipient: asker.email,
    subject: t('Your question has an answer'),
    text: mailText(page, {
      name: asker.name,
      paragraphs: [t('{name} has answered your question. You can read it here:', { name: expert.name })],
      link: absolute(`/questions/${question.id}`),
    }),
  }
}
