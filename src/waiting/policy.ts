import type { Viewer } from '../plugins/sessions.ts'
import { isAsker } from '../questions/policy.ts'
import type { Question } from '../questions/queries.ts'

export const isWaiting = ({ status, answerCount, hiddenAt }: Question) =>
  status === 'open' && answerCount === 0 && hiddenAt === null

/** Into a category above its own. */
export const canMoveUp = (viewer: Viewer | null, question: Question) => isAsker(viewer, question) && isWaiting(question)
