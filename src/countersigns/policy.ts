import { canAnswer } from '../accounts/policy.ts'
import type { Answer } from '../answers/queries.ts'
import type { Viewer } from '../plugins/sessions.ts'
import { isAsker } from '../questions/policy.ts'
import type { Question } from '../questions/queries.ts'

type Place = { answer: Answer; question: Question; isInScope: boolean }

/** A second verified expert who may answer there: neither its author nor whoever asked. */
export const canCountersign = (viewer: Viewer | null, { answer, question, isInScope }: Place) =>
  viewer !== null &&
  canAnswer(viewer) &&
  isInScope &&
  answer.hiddenAt === null &&
  answer.withdrawnAt === null &&
  question.hiddenAt === null &&
  viewer.id !== answer.expertId &&
  !isAsker(viewer, question)
