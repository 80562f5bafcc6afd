import { isModerator } from '../accounts/policy.ts'
import type { Viewer } from '../plugins/sessions.ts'
import type { Application } from './queries.ts'

type Whose = Pick<Application, 'accountId'>

/** Nobody decides on their own. */
export const canDecide = (viewer: Viewer | null, application: Whose & Pick<Application, 'status'>) =>
  canReview(viewer, application) && isOpen(application)

/** Evidence is for other people's eyes. */
export const canReview = (viewer: Viewer | null, application: Whose) =>
  isModerator(viewer) && !isApplicant(viewer, application)

export const isApplicant = (viewer: Viewer | null, { accountId }: Whose) => viewer?.id === accountId

/** It has been sent, and nobody has decided on it. */
export const isOpen = ({ status }: Pick<Application, 'status'>) => status === 'waiting' || status === 'asked'
