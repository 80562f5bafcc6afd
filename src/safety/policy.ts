import { canAnswer, isModerator } from '../accounts/policy.ts'
import type { Viewer } from '../plugins/sessions.ts'

/** Marks tell of somebody's health: only those who may have to act on them see them. */
export const canSeeMarks = (viewer: Viewer | null) => isModerator(viewer) || canAnswer(viewer)
