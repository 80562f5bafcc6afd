import { isModerator } from '../accounts/policy.ts'
import type { Answer } from '../answers/queries.ts'
import type { Viewer } from '../plugins/sessions.ts'

type Somebody = Viewer | null

/** Its author, even one whose verification has ended, and staff. What staff have hidden says nothing any more. */
export const canWithdraw = (viewer: Somebody, answer: Answer) =>
  answer.hiddenAt === null && answer.withdrawnAt === null && (isAuthor(viewer, answer) || isModerator(viewer))

/** Whoever withdrew it, and staff. */
export const canRestore = (viewer: Somebody, answer: Answer, withdrawal: { byId: number | null } | undefined) =>
  answer.hiddenAt === null &&
  answer.withdrawnAt !== null &&
  (isModerator(viewer) || (isAuthor(viewer, answer) && viewer?.id === withdrawal?.byId))

/** What a withdrawn answer said before it was changed is its author's and staff's to read. */
export const canSeeChanges = (viewer: Somebody, answer: Answer) =>
  answer.withdrawnAt === null || isAuthor(viewer, answer) || isModerator(viewer)

const isAuthor = (viewer: Somebody, { expertId }: Answer) =>
  viewer !== null && !viewer.needsSecondFactor && viewer.id === expertId
