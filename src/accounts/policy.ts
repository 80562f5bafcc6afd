import type { Viewer } from '../plugins/sessions.ts'

type Somebody = Pick<Viewer, 'role' | 'verifiedAt'> | null

/** Administrators may do all that moderators may. */
export const isModerator = (viewer: Somebody) => viewer?.role === 'moderator' || isAdministrator(viewer)

export const isAdministrator = (viewer: Somebody) => viewer?.role === 'administrator'

/** A verified expert's name is part of what was checked. */
export const canRename = (viewer: Somebody) => !canAnswer(viewer)

/** Whoever's credentials have been checked, whatever else they are. */
export const canAnswer = (viewer: Somebody) => Boolean(viewer?.verifiedAt)
