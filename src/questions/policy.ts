import { isModerator } from '../accounts/policy.ts'
import type { Viewer } from '../plugins/sessions.ts'
import type { Question } from './queries.ts'

type Somebody = Viewer | null

export const isAsker = (viewer: Somebody, question: Question) =>
  viewer !== null && question.askerId !== null && viewer.id === question.askerId

/** A hidden question is seen by its asker and by staff. */
export const canSeeQuestion = (viewer: Somebody, question: Question) =>
  question.hiddenAt === null || isModerator(viewer) || isAsker(viewer, question)

/** What an asker took out of a question is nobody else's to read. */
export const canSeeOldVersions = (viewer: Somebody, question: Question) =>
  isModerator(viewer) || isAsker(viewer, question)

/** Its asker while it is open to answers; moderators always. */
export const canEditQuestion = (viewer: Somebody, question: Question) =>
  isModerator(viewer) || (isAsker(viewer, question) && question.status !== 'closed')

export const canCloseQuestion = (viewer: Somebody, question: Question) =>
  isModerator(viewer) || isAsker(viewer, question)

export const isClosedByStaff = ({ status, closedById, askerId }: Question) =>
  status === 'closed' && (closedById === null || closedById !== askerId)

/** What staff closed, only staff open again. */
export const canReopenQuestion = (viewer: Somebody, question: Question) =>
  isModerator(viewer) || (isAsker(viewer, question) && !isClosedByStaff(question))
