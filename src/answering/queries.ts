import type { Thread } from '../answers/queries.ts'
import { findConfidence } from '../audiences/queries.ts'
import { listReveals } from '../audit/queries.ts'
import { categoryIdsOf } from '../categories/trail.ts'
import { findHolder } from '../claims/queries.ts'
import { listComments } from '../comments/queries.ts'
import { hasConsent } from '../consents/queries.ts'
import type { Reader } from '../database/types.ts'
import { mayAnswerQuestion } from '../experts/scope-queries.ts'
import { listSimilar } from '../finding/queries.ts'
import { outcomeInCategory } from '../outcomes/remembered.ts'
import { findPassing } from '../referrals/queries.ts'
import { listThankedBy } from '../thanks/queries.ts'
import { findWaiting } from '../waiting/queries.ts'
import { findStanding } from './standing-queries.ts'

export type ThreadParts = Awaited<ReturnType<typeof findThreadParts>>

/** Whoever looks at the page. */
type Somebody = { id?: number; isExpert: boolean; isModerator: boolean }
type Looking = Somebody & { followUpDays: number }

/** What else stands on the page of a question. What its rows say is not there is not looked for. */
export async function findThreadParts(db: Reader, thread: Thread, somebody: Looking) {
  const { id, isExpert, followUpDays } = somebody
  const { question } = thread
  const place = { questionId: question.id, categoryIds: categoryIdsOf(thread) }
  const now = new Date()
  const isClaimed = question.claimedUntil !== null && question.claimedUntil > now
  const [similar, isInScope, holder, comments, thanked, standing, passing, own, outcome, waiting, confidence] =
    await Promise.all([
      question.audience ? [] : listSimilar(db, question.id),
      id !== undefined && isExpert ? mayAnswerQuestion(db, id, place) : false,
      isClaimed ? findHolder(db, question.id, now) : undefined,
      hasComments(thread, somebody) ? listComments(db, question.id) : [],
      findThanked(db, thread, id),
      findStanding(db, thread),
      findPassing(db, question, somebody),
      findOwn(db, question, id),
      question.answerCount > 0 && !question.audience ? outcomeInCategory(db, question.categoryId, now) : undefined,
      findWaiting(db, { ...place, question, viewerId: id, now }),
      findConfidence(db, question, { viewerId: id, now }),
    ])
  return {
    similar,
    isInScope,
    holder,
    comments,
    thanked,
    standing,
    passing,
    outcome,
    waiting,
    confidence,
    ...own,
    followUpDays,
    now,
  }
}

/** Those who may read more than everybody need a look. */
const hasComments = ({ question }: Thread, { id, isExpert, isModerator }: Somebody) =>
  question.commentCount > 0 || isExpert || isModerator || (id !== undefined && id === question.askerId)

/** For whoever asked: when staff looked up that it was them, and whether what they write may be kept. */
async function findOwn(db: Reader, { id: questionId, askerId }: Thread['question'], id?: number) {
  if (id === undefined || id !== askerId) return { reveals: [], isAllowed: undefined }
  const [reveals, isAllowed] = await Promise.all([listReveals(db, questionId), hasConsent(db, id, 'health-data')])
  return { reveals, isAllowed }
}

function findThanked(db: Reader, { answers }: Thread, id?: number) {
  const ids = answers.filter(({ answer }) => answer.thanksCount > 0).map(({ answer }) => answer.id)
  return id === undefined || ids.length === 0 ? new Set<number>() : listThankedBy(db, id, ids)
}
