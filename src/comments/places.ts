import { canAnswer } from '../accounts/policy.ts'
import { findAnswer, findThread, type Thread } from '../answers/queries.ts'
import type { Reader } from '../database/types.ts'
import { mayAnswerQuestion } from '../experts/scope-queries.ts'
import { Forbidden, NotFound } from '../plugins/errors.ts'
import type { Viewer } from '../plugins/sessions.ts'
import { isAsker } from '../questions/policy.ts'
import { canAskBack, canConfer, followUpEnd } from './policy.ts'
import type { NewComment } from './queries.ts'

export type Purpose = 'clarification' | 'reply' | 'follow-up' | 'follow-up-reply' | 'colleague'

/** Where somebody may say something, and as whom. */
export type Place = {
  purpose: Purpose
  address: string
  thread: Thread
  comment: Omit<NewComment, 'body' | 'submissionKey'>
  /** Whoever speaks may see the question. */
  canSee?: boolean
  /** The expert who is spoken to. */
  expertName?: string
  /** Till then. */
  until?: Date
  isOutOfScope?: boolean
  /** Of whoever asked: they allow that what they write is kept. */
  isAllowed?: boolean
}

type Find = (db: Reader, viewer: Viewer, id: number, followUpDays: number) => Promise<Place>

const findClarification: Find = async (db, viewer, id) => {
  const thread = await findThreadOf(db, id)
  if (!canAskBack(viewer, thread.question)) throw new Forbidden()
  const categoryIds = [thread.category.id, ...thread.ancestors.map((ancestor) => ancestor.id)]
  return {
    purpose: 'clarification',
    address: `/questions/${id}/clarifications`,
    thread,
    comment: { ...byExpert(viewer), questionId: id, kind: 'clarification' },
    isOutOfScope: !(await mayAnswerQuestion(db, viewer.id, { questionId: id, categoryIds })),
  }
}

const findReply: Find = async (db, viewer, id) => {
  const thread = await findThreadOf(db, id)
  if (!isAsker(viewer, thread.question)) throw new Forbidden()
  return {
    purpose: 'reply',
    address: `/questions/${id}/replies`,
    thread,
    comment: { ...byAsker(viewer, thread), questionId: id, kind: 'clarification' },
  }
}

const findFollowUp: Find = async (db, viewer, id, followUpDays) => {
  const answer = await findAnswer(db, id)
  if (!answer) throw new NotFound()
  const thread = await findThreadOf(db, answer.questionId)
  const isByAsker = isAsker(viewer, thread.question)
  if (!isByAsker && !(canAnswer(viewer) && answer.expertId === viewer.id)) throw new Forbidden()
  const writer = isByAsker ? byAsker(viewer, thread) : byExpert(viewer)
  return {
    purpose: isByAsker ? 'follow-up' : 'follow-up-reply',
    address: `/answers/${id}/follow-ups`,
    thread,
    comment: { ...writer, questionId: thread.question.id, answerId: id, kind: 'follow-up' },
    expertName: answer.expertName,
    until: followUpEnd(answer, followUpDays) ?? answer.createdAt,
  }
}

const findConference: Find = async (db, viewer, id) => {
  const thread = await findThreadOf(db, id)
  if (!canConfer(viewer, thread.question)) throw new Forbidden()
  return {
    purpose: 'colleague',
    address: `/questions/${id}/colleague-comments`,
    thread,
    comment: { ...byExpert(viewer), questionId: id, kind: 'colleague' },
  }
}

export const PLACES: [string, Find][] = [
  ['/questions/:id/clarifications', findClarification],
  ['/questions/:id/replies', findReply],
  ['/answers/:id/follow-ups', findFollowUp],
  ['/questions/:id/colleague-comments', findConference],
]

const byExpert = ({ id, name }: Viewer) => ({ authorId: id, authorName: name, isByAsker: false })

/** Under the name they asked under. */
const byAsker = ({ id }: Viewer, { question }: Thread) => ({
  authorId: id,
  authorName: question.askerName,
  isByAsker: true,
})

async function findThreadOf(db: Reader, questionId: number) {
  const thread = await findThread(db, questionId)
  if (!thread) throw new NotFound()
  return thread
}
