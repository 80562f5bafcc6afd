import { canAnswer, isModerator } from '../accounts/policy.ts'
import type { Viewer } from '../plugins/sessions.ts'
import { isAsker, isLive } from '../questions/policy.ts'
import type { Question } from '../questions/queries.ts'

type Somebody = Viewer | null

/** Where they may answer; that is asked elsewhere. */
export const canRefer = (viewer: Somebody, question: Question) =>
  canAnswer(viewer) && question.status !== 'closed' && isLive(question) && !isAsker(viewer, question)

/** Why an expert would rather not is between experts and staff. */
export const canSeeDeclines = (viewer: Somebody, question: Question) =>
  isModerator(viewer) || (canAnswer(viewer) && !isAsker(viewer, question))
