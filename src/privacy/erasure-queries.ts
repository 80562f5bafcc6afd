import { and, eq, isNull } from 'drizzle-orm'
import type { Account } from '../accounts/queries.ts'
import { withdrawThread } from '../answers/concealment-queries.ts'
import { answerReviews, answers, comments, countersigns, recalls, referrals, revisions } from '../database/schema.ts'
import type { Writer } from '../database/types.ts'
import type { Site } from '../notifications/site.ts'
import { resumeClock } from '../questions/clock-queries.ts'
import { deleteUnpublished } from '../questions/regret-queries.ts'
import { listOwnQuestions } from './anonymity-queries.ts'
import { tellAnswered } from './mails.ts'
import { eraseThread } from './quotation-queries.ts'

export type Farewell = {
  /** What becomes of the texts of their questions. */
  texts: 'anonymous' | 'removed'
  /** Of an expert: whether their answers go on to say who gave them. */
  isNameKept: boolean
}

type Leaving = { now: Date; site: Site }

/** Comes before their account is closed: what they choose to take along. What others wrote stays theirs for 30 days more. */
export async function takeAlong(db: Writer, account: Account, { texts, isNameKept }: Farewell, { now, site }: Leaving) {
  for (const question of await listOwnQuestions(db, account.id)) {
    if (question.publishAt && (await deleteUnpublished(db, question.id))) continue
    // what nobody could publish any more helps nobody
    await resumeClock(db, question, now)
    const isRemoved = texts === 'removed' || question.audience !== null || question.publishAt !== null
    if (isRemoved && (await withdrawThread(db, question, now))) await tellAnswered(db, site, question.id)
    if (isRemoved || question.withdrawnAt) await eraseThread(db, question.id, now)
    await db.delete(revisions).where(and(eq(revisions.questionId, question.id), isNull(revisions.answerId)))
  }
  if (!isNameKept) await forgetName(db, account.id)
}

const LEFT = 'An expert who has left'

/** Profession and qualifications stay, since readers weigh an answer by them; a number in a register is a name. */
async function forgetName(db: Writer, accountId: number) {
  const expertName = LEFT
  await db.update(answers).set({ expertName, expertRegistrations: null }).where(eq(answers.expertId, accountId))
  await db.update(countersigns).set({ expertName }).where(eq(countersigns.expertId, accountId))
  await forgetReviewer(db, accountId)
  await db.update(recalls).set({ byName: LEFT }).where(eq(recalls.byId, accountId))
  await db.update(referrals).set({ expertName }).where(eq(referrals.expertId, accountId))
  await db
    .update(comments)
    .set({ authorName: LEFT })
    .where(and(eq(comments.authorId, accountId), eq(comments.isByAsker, false)))
}

async function forgetReviewer(db: Writer, accountId: number) {
  const reviewed = await db
    .update(answerReviews)
    .set({ expertName: LEFT })
    .where(eq(answerReviews.expertId, accountId))
    .returning({ answerId: answerReviews.answerId, at: answerReviews.createdAt })
  for (const { answerId, at } of reviewed)
    await db
      .update(answers)
      .set({ reviewedByName: LEFT })
      .where(and(eq(answers.id, answerId), eq(answers.reviewedAt, at)))
}
