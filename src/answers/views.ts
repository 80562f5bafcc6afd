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
import {
  canCloseQuestion,
  canEditQuestion,
  canReopenQuestion,
  canSeeOldVersions,
  isAsker,
  isClosedByStaff,
} from '../questions/policy.ts'
import { factsOf, questionPath } from '../questions/views.ts'
import { canAnswerQuestion, canEditAnswer, canSeeAnswer } from './policy.ts'
import type { Answer, Thread } from './queries.ts'

type ShownAnswer = {
  id: number
  expertName: string
  /** None where the expert has left. */
  expertPath?: string
  profession: string
  credentials: string
  isExample: boolean
  /** Now, not only when it was written. */
  isVerified: boolean
  bodyHtml: string
  createdAt: Date
  editedAt: Date | null
  concealment?: Concealment
  canEdit: boolean
  canConceal: boolean
}

/** For those who see it all the same. */
type Concealment = { reason: string; at: Date }

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
        /** Only for those who may know that it was not the asker. */
        staffEditedAt: Date | null
        facts: { label: string; value: string }[]
        isOwn: boolean
        isClosedByStaff: boolean
        concealment?: Concealment
      }
      answers: ShownAnswer[]
      /** Those that everybody sees. */
      answerCount: number
      category: { name: string; path: string }
      crumbs: Crumb[]
      structuredDataHtml: string
      canonicalPath: string
      isUnlisted: boolean
      canSeeOldVersions: boolean
      canEdit: boolean
      canClose: boolean
      canReopen: boolean
      canConceal: boolean
      canReveal: boolean
      answerForm?: AnswerFormData
      similar: SimilarQuestion[]
    }
    'questions/_actions': Pick<
      Views['questions/show'],
      'question' | 'canEdit' | 'canClose' | 'canReopen' | 'canConceal' | 'canReveal'
    >
    'questions/_changes': Pick<Views['questions/show'], 'question' | 'canSeeOldVersions'>
    'answers/_answer': { answer: ShownAnswer }
    'answers/_footer': { answer: ShownAnswer }
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
  const shown = { ...thread, answers: thread.answers.filter(({ answer }) => answer.hiddenAt === null) }
  return {
    question: shownQuestion(page, question),
    answers: thread.answers.filter(({ answer }) => canSeeAnswer(viewer, answer)).map((row) => shownAnswer(page, row)),
    answerCount: shown.answers.length,
    category,
    crumbs,
    structuredDataHtml: structuredData(page, shown, crumbs),
    canonicalPath: path,
    isUnlisted: question.hiddenAt !== null,
    ...rightsTo(page, question),
    answerForm: canAnswerQuestion(viewer, thread) ? answerForm(question.id, answering) : undefined,
    similar: answering.similar ?? [],
  }
}

function shownQuestion({ t, viewer }: Page, question: Thread['question']) {
  return {
    ...question,
    staffEditedAt: canSeeOldVersions(viewer, question) ? question.staffEditedAt : null,
    facts: factsOf(t, question),
    isOwn: isAsker(viewer, question),
    isClosedByStaff: isClosedByStaff(question),
    concealment: concealmentOf(question),
  }
}

function rightsTo({ viewer }: Page, question: Thread['question']) {
  const isClosed = question.status === 'closed'
  return {
    canSeeOldVersions: canSeeOldVersions(viewer, question),
    canEdit: canEditQuestion(viewer, question),
    canClose: !isClosed && canCloseQuestion(viewer, question),
    canReopen: isClosed && canReopenQuestion(viewer, question),
    canConceal: isModerator(viewer),
    canReveal: isModerator(viewer) && question.askerId !== null && question.isPseudonym,
  }
}

const concealmentOf = ({ hiddenAt, hiddenReason }: Pick<Answer, 'hiddenAt' | 'hiddenReason'>) =>
  hiddenAt ? { at: hiddenAt, reason: hiddenReason ?? '' } : undefined

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

function shownAnswer(page: Page, { answer, handle, verifiedAt, isExample }: Thread['answers'][number]): ShownAnswer {
  return {
    ...answer,
    expertPath: handle ? `/experts/${handle}` : undefined,
    profession: answer.expertProfession,
    credentials: answer.expertCredentials,
    isExample: isExample ?? false,
    isVerified: verifiedAt !== null,
    concealment: concealmentOf(answer),
    canEdit: canEditAnswer(page.viewer, answer),
    canConceal: isModerator(page.viewer),
  }
}

/**
 * A closed question takes no more answers, so to search engines it is no page to ask and answer on; a hidden one is
 * nothing to them.
 */
function structuredData(page: Page, { question, answers }: Thread, crumbs: Crumb[]) {
  const trail = [{ name: page.siteName, path: '/' }, ...crumbs]
  const breadcrumbs = breadcrumbList(trail.map(({ name, path }) => ({ name, url: path && page.absolute(path) })))
  if (question.status === 'closed' || question.hiddenAt) return structuredDataHtml(breadcrumbs)
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

/** When its text was last written, as a form can carry it. */
export const basisOf = ({ editedAt, createdAt }: Answer) => String((editedAt ?? createdAt).getTime())

export function answerEdit(page: Page, thread: Thread, answer: Answer, { values, errors, isPreview }: Answering) {
  const path = questionPath(thread.question)
  const typed = { body: answer.body, basis: basisOf(answer), ...values }
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
