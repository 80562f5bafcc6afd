import { canAnswer } from '../accounts/policy.ts'
import type { Answer } from '../answers/queries.ts'
import type { Viewer } from '../plugins/sessions.ts'
import { isAsker } from '../questions/policy.ts'
import type { Question } from '../questions/queries.ts'

type Place = { answer: Answer; question: Question; isInScope: boolean }

/** Its expert, or another who may answer there: not whoever asked. */
export const canReview = (viewer: Viewer | null, { answer, question, isInScope }: Place) =>
  viewer !== null &&
  canAnswer(viewer) &&
  answer.hiddenAt === null &&
  answer.withdrawnAt === null &&
  question.hiddenAt === null &&
  !isAsker(viewer, question) &&
  (viewer.id === answer.expertId || isInScope)

export const isOverdue = ({ reviewBy }: Pick<Answer, 'reviewBy'>, now: Date) => reviewBy !== null && reviewBy <= now
