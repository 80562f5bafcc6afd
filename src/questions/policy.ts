import { isModerator } from '../accounts/policy.ts'
import type { Viewer } from '../plugins/sessions.ts'
import type { Question } from './queries.ts'

type Somebody = Viewer | null

export const isAsker = (viewer: Somebody, question: Question) =>
  viewer !== null && question.askerId !== null && viewer.id === question.askerId

/** Its asker while it is open to answers; moderators always. */
export const canEditQuestion = (viewer: Somebody, question: Question) =>
  isModerator(viewer) || (isAsker(viewer, question) && question.status !== 'closed')

export const canCloseQuestion = (viewer: Somebody, question: Question) =>
  isModerator(viewer) || isAsker(viewer, question)
