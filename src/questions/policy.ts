import { isModerator } from '../accounts/policy.ts'
import type { Viewer } from '../plugins/sessions.ts'
import type { Question } from './queries.ts'

type Somebody = Viewer | null

export const isAsker = (viewer: Somebody, question: Question) =>
  viewer !== null && question.askerId !== null && viewer.id === question.askerId

/** Asked in confidence, and nothing else keeps it back: those it is for read it, although it is hidden. */
export const isInConfidence = ({ audience, hiddenReason, heldAt, publishAt, withdrawnAt }: Hidden) =>
  audience !== null && hiddenReason === null && heldAt === null && publishAt === null && withdrawnAt === null

type Sleeping = Pick<Question, 'publishAt' | 'hiddenReason' | 'withdrawnAt'>

/**
 * Its asker sleeps on it: till it is published nobody else knows of it. Kept back by staff before that, they can read it,
 * and `publishAt` goes on to say that it has never been published.
 */
export const isSleptOn = ({ publishAt, hiddenReason, withdrawnAt }: Sleeping) =>
  publishAt !== null && hiddenReason === null && withdrawnAt === null

/** Whoever it is for reads it, be that everybody or a few. */
export const isLive = (question: Hidden) => question.hiddenAt === null || isInConfidence(question)

/**
 * A hidden question is seen by its asker and by staff, one that is not published yet by its asker alone, and one of
 * which nothing is left by nobody.
 * @param isForThem asked in confidence of them, which `isInAudience` finds out: routes ask `mayOpen`
 */
export const canSeeQuestion = (viewer: Somebody, question: Question, isForThem = false) =>
  question.erasedAt === null &&
  (question.hiddenAt === null ||
    isAsker(viewer, question) ||
    (isModerator(viewer) && !isSleptOn(question)) ||
    (isForThem && isInConfidence(question)))

/** What an asker took out of a question is nobody else's to read. */
export const canSeeOldVersions = (viewer: Somebody, question: Question) =>
  (isModerator(viewer) && !isSleptOn(question)) || isAsker(viewer, question)

/** Its asker while it is open to answers; moderators always, but nobody what its asker has taken back. */
export const canEditQuestion = (viewer: Somebody, question: Question) =>
  isInUse(viewer, question) && (isModerator(viewer) || question.status !== 'closed')

export const canCloseQuestion = (viewer: Somebody, question: Question) =>
  isInUse(viewer, question) && question.publishAt === null

const isInUse = (viewer: Somebody, question: Question) =>
  question.withdrawnAt === null && (isAsker(viewer, question) || (isModerator(viewer) && !isSleptOn(question)))

export const isClosedByStaff = ({ status, closedById, askerId }: Question) =>
  status === 'closed' && (closedById === null || closedById !== askerId)

/** What staff closed, only staff open again. */
export const canReopenQuestion = (viewer: Somebody, question: Question) =>
  question.withdrawnAt === null && (isModerator(viewer) || (isAsker(viewer, question) && !isClosedByStaff(question)))

/** Neither kept back nor taken back by its asker. */
export const isHiddenByStaff = (question: Hidden) =>
  !isLive(question) && !isSleptOn(question) && question.withdrawnAt === null

type Hidden = Pick<Question, 'hiddenAt' | 'hiddenReason' | 'heldAt' | 'publishAt' | 'withdrawnAt' | 'audience'>

/** Their own, once others may see it; before that they delete it without a trace. */
export const canWithdrawQuestion = (viewer: Somebody, question: Question) =>
  isAsker(viewer, question) && question.withdrawnAt === null

export const canPublishQuestion = (viewer: Somebody, question: Question) =>
  isAsker(viewer, question) && isSleptOn(question)

/** What they asked in confidence they show to everybody later. */
export const canOpenToAll = (viewer: Somebody, question: Question) =>
  isAsker(viewer, question) && isInConfidence(question)

/** Asked of one expert alone, they ask the others of its category too. */
export const canAskMore = (viewer: Somebody, question: Question) =>
  canOpenToAll(viewer, question) && question.audience === 'expert' && question.status !== 'closed'

/** Also of one they have taken back, but not of one that was never published, which they take back, nor while a moderator has to reach them. */
export const canCutLink = (viewer: Somebody, question: Question) =>
  isAsker(viewer, question) &&
  question.heldAt === null &&
  (question.publishAt === null || question.withdrawnAt !== null)
