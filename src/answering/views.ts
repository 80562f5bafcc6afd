import { acceptedFirst } from '../acceptance/views.ts'
import { isModerator } from '../accounts/policy.ts'
import { canAnswerQuestion, canSeeAnswer, isCounted } from '../answers/policy.ts'
import type { Answer, Thread } from '../answers/queries.ts'
import { basisOf, type Concealment, concealmentOf } from '../answers/views.ts'
import { type ShownConfidence, shownConfidence } from '../audiences/views.ts'
import { categoryCrumbs } from '../categories/views.ts'
import { type Claiming, claimingOf, type ShownClaim, shownClaim } from '../claims/views.ts'
import {
  type ShownClarifications,
  type ShownConference,
  shownClarifications,
  shownConference,
} from '../comments/views.ts'
import { fallenAmong, type TakenDown } from '../incidents/views.ts'
import { newKey } from '../lib/form-keys.ts'
import { renderMarkdown } from '../lib/markdown.ts'
import { categoryOutcome } from '../outcomes/views.ts'
import type { Crumb, Page } from '../plugins/views.ts'
import {
  canCloseQuestion,
  canCutLink,
  canEditQuestion,
  canPublishQuestion,
  canReopenQuestion,
  canSeeOldVersions,
  canWithdrawQuestion,
  isAsker,
  isClosedByStaff,
  isHiddenByStaff,
  isLive,
  isSleptOn,
} from '../questions/policy.ts'
import { factsOf, questionPath } from '../questions/views.ts'
import { canRefer } from '../referrals/policy.ts'
import type { DeclineRow } from '../referrals/queries.ts'
import { type ShownReferral, shownPassing } from '../referrals/views.ts'
import type { ForAsker, ShownMark } from '../safety/views.ts'
import { type ShownMeanwhile, type ShownWait, shownMeanwhile, shownWait } from '../waiting/views.ts'
import { type AnswerOnPage, answerOnPage } from './answer-views.ts'
import type { ThreadParts } from './queries.ts'
import { threadDataHtml } from './structured-data.ts'

type AnswerFormData = {
  action: string
  values: Record<string, string>
  errors?: Record<string, string>
  previewHtml?: string
  draft?: { action: string; questionId: number }
  /** It is an answer that stands already. */
  edited?: { isWithdrawn: boolean }
  claiming?: Claiming
}

type ShownQuestion = {
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
  publishAt: Date | null
  withdrawnAt: Date | null
  /** Till a moderator has looked. */
  heldAt: Date | null
  audience: 'experts' | 'expert' | null
}

type Regrets = 'canPublish' | 'canWithdraw' | 'canCutLink'

declare module '../plugins/views.ts' {
  interface Views {
    'answering/show': {
      question: ShownQuestion
      /** What may be urgent, for experts and moderators. */
      marks: ShownMark[]
      /** For whoever asked, where something may be urgent. */
      forAsker?: ForAsker
      /** Of whom it was asked, if not of everybody. */
      confidence?: ShownConfidence
      answers: AnswerOnPage[]
      /** What stands in the place of those that harm was feared of. */
      takenDown: TakenDown[]
      /** Those that everybody sees. */
      answerCount: number
      /** Those that were withdrawn, or taken down because harm was feared of them. */
      fallenCount: number
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
      /** Second thoughts, which only an asker has. */
      canPublish: boolean
      canWithdraw: boolean
      canCutLink: boolean
      canReveal: boolean
      answerForm?: AnswerFormData
      /** Somebody is answering it. */
      claim?: ShownClaim
      /** An expert looks at it who may not answer here. */
      isOutOfScope: boolean
      similar: ThreadParts['similar']
      /** How long answers take there, while it waits for one. */
      wait?: ShownWait
      /** For whoever has waited long. */
      meanwhile?: ShownMeanwhile
      /** How it was passed on. */
      referrals: ShownReferral[]
      /** For experts and staff alone. */
      declines: DeclineRow[]
      /** It has waited long, and been put before more experts. */
      isWidened: boolean
      canRefer: boolean
      /** How others with such questions fared. */
      outcomeSentence?: string
      clarifications?: ShownClarifications
      /** For experts and staff alone. */
      conference?: ShownConference
      /** For the asker alone: when staff looked up who they are. */
      reveals: ThreadParts['reveals']
    }
    'questions/_actions': Pick<
      Views['answering/show'],
      'question' | 'canEdit' | 'canClose' | 'canReopen' | 'canConceal' | 'canReveal' | Regrets
    >
    'questions/_changes': Pick<Views['answering/show'], 'question' | 'canSeeOldVersions'>
    'answering/_question': Pick<
      Views['answering/show'],
      | 'question'
      | 'marks'
      | 'forAsker'
      | 'confidence'
      | 'canSeeOldVersions'
      | 'canEdit'
      | 'canClose'
      | 'canReopen'
      | 'canConceal'
      | 'canReveal'
      | Regrets
    >
    'answering/_count': Pick<Views['answering/show'], 'answerCount' | 'fallenCount'>
    'answering/_reply': Pick<Views['answering/show'], 'question' | 'answerForm' | 'isOutOfScope' | 'canRefer'>
    'answering/_reveals': Pick<Views['answering/show'], 'reveals'>
    'answering/_next': Pick<Views['answering/show'], 'category'>
    'answering/_form': { answerForm: AnswerFormData }
    'answering/_edited': { answerForm: AnswerFormData }
    'answering/edit': { answerForm: AnswerFormData; crumbs: Crumb[]; questionPath: string }
  }
}

export type Answering = {
  draft?: { key: string; fields: Record<string, string> }
  values?: Record<string, string>
  errors?: Record<string, string>
  isPreview?: boolean
}

type Parts = ThreadParts & { marks: ShownMark[]; forAsker?: ForAsker }

/** The page of a question as `page.viewer` may see it, with what they are typing. */
export function threadPage(page: Page, thread: Thread, parts: Parts, answering: Answering = {}) {
  const { question, category, ancestors } = thread
  const { viewer } = page
  const path = questionPath(question)
  const crumbs = [...categoryCrumbs(page.t, ancestors, category), { name: question.title, path }]
  const answers = acceptedFirst(thread.answers)
  const shown = { ...thread, answers: answers.filter(({ answer }) => isCounted(answer)) }
  const canAnswer = canAnswerQuestion(viewer, thread)
  const rows = parts.comments
  return {
    question: shownQuestion(page, question),
    marks: parts.marks,
    forAsker: parts.forAsker,
    confidence: shownConfidence(page, question, parts.confidence),
    answers: answers
      .filter(({ answer }) => canSeeAnswer(viewer, answer))
      .map((row) => answerOnPage(page, row, { thread, parts })),
    answerCount: shown.answers.length,
    ...fallenAmong(page, thread),
    category,
    crumbs,
    structuredDataHtml: threadDataHtml(page, { ...shown, parts }, crumbs),
    canonicalPath: path,
    isUnlisted: question.hiddenAt !== null,
    ...rightsTo(page, question),
    answerForm: canAnswer && parts.isInScope ? answerForm(page, thread, parts, answering) : undefined,
    isOutOfScope: canAnswer && !parts.isInScope,
    claim: shownClaim(page, question, parts.holder),
    similar: parts.similar,
    wait: shownWait(parts.waiting?.wait),
    meanwhile: parts.waiting && shownMeanwhile(page, thread, { ...parts, ...parts.waiting }),
    ...shownPassing(page, question, parts.passing),
    canRefer: canRefer(viewer, question) && parts.isInScope,
    clarifications: shownClarifications(page, {
      thread,
      rows,
      isAllowed: parts.isAllowed,
      mayAsk: canAnswer && parts.isInScope,
    }),
    conference: shownConference(page, { thread, rows }),
    outcomeSentence: categoryOutcome(page, parts.outcome, category.name),
    reveals: parts.reveals,
  }
}

function shownQuestion({ t, viewer }: Page, question: Thread['question']): ShownQuestion {
  return {
    ...question,
    staffEditedAt: canSeeOldVersions(viewer, question) ? question.staffEditedAt : null,
    facts: factsOf(t, question),
    isOwn: isAsker(viewer, question),
    isClosedByStaff: isClosedByStaff(question),
    publishAt: isSleptOn(question) ? question.publishAt : null,
    concealment: isHiddenByStaff(question) ? concealmentOf(question) : undefined,
  }
}

function rightsTo({ viewer }: Page, question: Thread['question']) {
  const isClosed = question.status === 'closed'
  return {
    canSeeOldVersions: canSeeOldVersions(viewer, question),
    canEdit: canEditQuestion(viewer, question),
    canClose: !isClosed && canCloseQuestion(viewer, question),
    canReopen: isClosed && canReopenQuestion(viewer, question),
    canConceal: isModerator(viewer) && (isLive(question) || isHiddenByStaff(question)),
    canPublish: canPublishQuestion(viewer, question),
    canWithdraw: canWithdrawQuestion(viewer, question),
    canCutLink: canCutLink(viewer, question),
    canReveal: isModerator(viewer) && question.askerId !== null && question.isPseudonym,
  }
}

function answerForm(page: Page, { question }: Thread, { holder }: ThreadParts, answering: Answering): AnswerFormData {
  const { draft, values, errors, isPreview } = answering
  const questionId = question.id
  const typed = values ?? { ...draft?.fields, key: draft?.key ?? newKey() }
  return {
    action: `/questions/${questionId}/answers`,
    values: typed,
    errors,
    previewHtml: isPreview ? renderMarkdown(typed.body ?? '') : undefined,
    draft: { action: '/drafts', questionId },
    claiming: claimingOf(page, question, holder, { alongside: typed.alongside, error: errors?.alongside }),
  }
}

export function answerEdit(page: Page, thread: Thread, answer: Answer, { values, errors, isPreview }: Answering) {
  const path = questionPath(thread.question)
  const typed: Record<string, string> = { body: answer.body, basis: basisOf(answer), ...values }
  return {
    answerForm: {
      action: `/answers/${answer.id}/edit`,
      edited: { isWithdrawn: answer.withdrawnAt !== null },
      values: typed,
      errors,
      previewHtml: isPreview ? renderMarkdown(typed.body ?? '') : undefined,
    },
    questionPath: path,
    crumbs: [
      ...categoryCrumbs(page.t, thread.ancestors, thread.category),
      { name: thread.question.title, path },
      { name: page.t('Edit your answer') },
    ],
  }
}
