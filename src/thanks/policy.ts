import type { Answer } from '../answers/queries.ts'
import type { Viewer } from '../plugins/sessions.ts'

/** Anybody but whoever gave the answer. */
export const canThank = (viewer: Viewer | null, answer: Answer) =>
  viewer !== null && viewer.id !== answer.expertId && answer.hiddenAt === null && answer.withdrawnAt === null
