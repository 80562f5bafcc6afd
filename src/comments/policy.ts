import { canAnswer, isModerator } from '../accounts/policy.ts'
import type { Answer } from '../answers/queries.ts'
import type { Viewer } from '../plugins/sessions.ts'
import { isAsker } from '../questions/policy.ts'
import type { Question } from '../questions/queries.ts'
import type { Comment } from './queries.ts'

type Somebody = Viewer | null

const DAY_MS = 86_400_000

/** Verified experts, whatever their category, and staff. Never whoever asked, even if they are one of them. */
export const canConfer = (viewer: Somebody, question: Question) =>
  (canAnswer(viewer) || isModerator(viewer)) && !isAsker(viewer, question)

/** Where they may answer, `mayAnswerQuestion` tells. */
export const canAskBack = (viewer: Somebody, question: Question) => canAnswer(viewer) && !isAsker(viewer, question)

const isWriter = (viewer: Somebody, { authorId }: Comment) => viewer !== null && viewer.id === authorId

/** A hidden comment is seen by its writer and by staff; one that was taken back while it was held by staff alone. */
export const canSeeComment = (viewer: Somebody, comment: Comment, question: Question) =>
  (comment.kind !== 'colleague' || canConfer(viewer, question)) &&
  (comment.hiddenAt === null || isModerator(viewer) || (isWriter(viewer, comment) && comment.withdrawnAt === null))

/** What an asker told of themselves they may always take out; an expert's question stays once it has a reply. */
export const canTakeBack = (viewer: Somebody, comment: Comment, isLast: boolean) =>
  isWriter(viewer, comment) && comment.withdrawnAt === null && (comment.isByAsker || isLast)

/** Until when its asker may come back to an answer. Undefined: not at all. */
export const followUpEnd = ({ createdAt, expertId }: Pick<Answer, 'createdAt' | 'expertId'>, days: number) =>
  days > 0 && expertId !== null ? new Date(createdAt.getTime() + days * DAY_MS) : undefined
