import { canAnswer, isModerator } from '../accounts/policy.ts'
import type { Viewer } from '../plugins/sessions.ts'
import { isAsker } from '../questions/policy.ts'
import type { Question } from '../questions/queries.ts'
import type { Holder } from './queries.ts'

/** Everybody else reads that an expert is answering, not which. */
export const canSeeHolder = (viewer: Viewer | null, question: Question) =>
  canAnswer(viewer) || isModerator(viewer) || isAsker(viewer, question)

/** Staff let go of what somebody else holds. */
export const canEndClaim = (viewer: Viewer | null, { expertId }: Pick<Holder, 'expertId'>) =>
  isModerator(viewer) && viewer?.id !== expertId
