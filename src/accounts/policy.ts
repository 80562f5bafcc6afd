import type { Viewer } from '../plugins/sessions.ts'

type Somebody = Pick<Viewer, 'role' | 'verifiedAt'> | null

/** Administrators may do all that moderators may. */
export const isModerator = (viewer: Somebody) => viewer?.role === 'moderator' || isAdministrator(viewer)

export const isAdministrator = (viewer: Somebody) => viewer?.role === 'administrator'

/** Whoever's credentials have been checked, whatever else they are. */
export const canAnswer = (viewer: Somebody) => Boolean(viewer?.verifiedAt)
