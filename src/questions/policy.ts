import { isModerator } from '../accounts/policy.ts'
import type { Viewer } from '../plugins/sessions.ts'
import type { Question } from './queries.ts'

type Somebody = Viewer | null

export const isAsker = (viewer: Somebody, question: Question) =>
  viewer !== null && question.askerId !== null && viewer.id === question.askerId

/**
 * A hidden question is seen by its asker and by staff, one that is not published yet by its asker alone, and one of
 * which nothing is left by nobody.
 */
export const canSeeQuestion = (viewer: Somebody, question: Question) =>
  question.erasedAt === null &&
  (question.hiddenAt === null || isAsker(viewer, question) || (isModerator(viewer) && question.publishAt === null))

/** What an asker took out of a question is nobody else's to read. */
export const canSeeOldVersions = (viewer: Somebody, question: Question) =>
  (isModerator(viewer) && question.publishAt === null) || isAsker(viewer, question)

/** Its asker while it is open to answers; moderators always, but nobody what its asker has taken back. */
export const canEditQuestion = (viewer: Somebody, question: Question) =>
  isInUse(viewer, question) && (isModerator(viewer) || question.status !== 'closed')

export const canCloseQuestion = (viewer: Somebody, question: Question) =>
  isInUse(viewer, question) && question.publishAt === null

const isInUse = (viewer: Somebody, question: Question) =>
  question.withdrawnAt === null && (isAsker(viewer, question) || (isModerator(viewer) && question.publishAt === null))

export const isClosedByStaff = ({ status, closedById, askerId }: Question) =>
  status === 'closed' && (closedById === null || closedById !== askerId)

/** What staff closed, only staff open again. */
export const canReopenQuestion = (viewer: Somebody, question: Question) =>
  question.withdrawnAt === null && (isModerator(viewer) || (isAsker(viewer, question) && !isClosedByStaff(question)))

/** Neither kept back nor taken back by its asker. */
export const isHiddenByStaff = ({ hiddenAt, publishAt, withdrawnAt }: Hidden) =>
  hiddenAt !== null && publishAt === null && withdrawnAt === null

type Hidden = Pick<Question, 'hiddenAt' | 'publishAt' | 'withdrawnAt'>

/** Their own, once others may see it; before that they delete it without a trace. */
export const canWithdrawQuestion = (viewer: Somebody, question: Question) =>
  isAsker(viewer, question) && question.withdrawnAt === null

export const canPublishQuestion = (viewer: Somebody, question: Question) =>
  isAsker(viewer, question) && question.publishAt !== null

/** Also of one they have taken back. */
export const canCutLink = (viewer: Somebody, question: Question) =>
  isAsker(viewer, question) && question.publishAt === null
