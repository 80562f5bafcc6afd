import { canAnswer, isModerator } from '../accounts/policy.ts'
import type { Viewer } from '../plugins/sessions.ts'
import { isAsker, isLive } from '../questions/policy.ts'
import type { Answer, Thread } from './queries.ts'

/**
 * Verified experts, once each, and not their own questions; where they may, `mayAnswerIn` tells, and whether they may
 * see it, `mayOpen`.
 */
export const canAnswerQuestion = (viewer: Viewer | null, { question, answers }: Thread) =>
  viewer !== null &&
  canAnswer(viewer) &&
  question.status !== 'closed' &&
  isLive(question) &&
  !isAsker(viewer, question) &&
  answers.every(({ answer }) => answer.expertId !== viewer.id)

/** Neither hidden nor withdrawn. */
export const isCounted = ({ hiddenAt, withdrawnAt }: Answer) => hiddenAt === null && withdrawnAt === null

/** A hidden answer is seen by its expert and by staff. */
export const canSeeAnswer = (viewer: Viewer | null, answer: Answer) =>
  answer.hiddenAt === null || isModerator(viewer) || isExpertOf(viewer, answer)

/** Nobody puts words into an expert's mouth: what is wrong, staff hide. */
export const canEditAnswer = (viewer: Viewer | null, answer: Answer) => canAnswer(viewer) && isExpertOf(viewer, answer)

const isExpertOf = (viewer: Viewer | null, { expertId }: Answer) => viewer !== null && viewer.id === expertId
