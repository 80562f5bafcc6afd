import type { Answer } from '../answers/queries.ts'
import type { Viewer } from '../plugins/sessions.ts'
import { isAsker, isLive } from '../questions/policy.ts'
import type { Question } from '../questions/queries.ts'

/** Whoever asked says which answer is theirs, also once the question is closed. */
export const canAccept = (viewer: Viewer | null, question: Question) => isAsker(viewer, question) && isLive(question)

/** What nobody reads any more answers nothing, until it is back. */
export const isAccepted = ({ acceptedAt, hiddenAt, withdrawnAt }: Answer) =>
  acceptedAt !== null && hiddenAt === null && withdrawnAt === null
