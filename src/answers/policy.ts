import { canAnswer, isModerator } from '../accounts/policy.ts'
import type { Viewer } from '../plugins/sessions.ts'
import { isAsker } from '../questions/policy.ts'
import type { Answer, Thread } from './queries.ts'

/** Verified experts, once each, and not their own questions. */
export const canAnswerQuestion = (viewer: Viewer | null, { question, answers }: Thread) =>
  viewer !== null &&
  canAnswer(viewer) &&
  question.status !== 'closed' &&
  !isAsker(viewer, question) &&
  answers.every(({ answer }) => answer.expertId !== viewer.id)

export const canEditAnswer = (viewer: Viewer | null, answer: Answer) =>
  isModerator(viewer) || (viewer !== null && canAnswer(viewer) && viewer.id === answer.expertId)
