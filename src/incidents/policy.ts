import { isModerator } from '../accounts/policy.ts'
import type { Answer } from '../answers/queries.ts'
import type { Viewer } from '../plugins/sessions.ts'
import type { Incident } from './queries.ts'

/** Anybody who can read it, signed in or not, but for whoever wrote it. */
export const canReport = (viewer: Viewer | null, answer: Pick<Answer, 'expertId'>) =>
  viewer === null || viewer.id !== answer.expertId

/** Nobody judges their own answer, or what they reported themselves. */
export const canDecide = (viewer: Viewer, { reporterId }: Incident, answer?: Pick<Answer, 'expertId'>) =>
  isModerator(viewer) && viewer.id !== reporterId && viewer.id !== answer?.expertId
