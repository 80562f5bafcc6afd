import { and, eq, inArray, or } from 'drizzle-orm'
import { blurConsentTimes } from '../consents/queries.ts'
import {
  accounts,
  answerRecipients,
  answers,
  comments,
  drafts,
  formerNumbers,
  incidents,
  outbox,
  outcomeRequests,
  questionRoutings,
  questions,
  revisions,
  thanks,
} from '../database/schema.ts'
import type { Reader, Writer } from '../database/types.ts'
import { startOfDay } from '../lib/days.ts'
import { newKey } from '../lib/form-keys.ts'
import { newPseudonym } from '../lib/pseudonyms.ts'
import { resumeClock } from '../questions/clock-queries.ts'
import type { Question } from '../questions/queries.ts'

type Own = { question: Pick<Question, 'id' | 'isPseudonym'>; accountId: number; now: Date }

/**
 * Whatever leads from a question to whoever asked it goes, for good. False: it is not theirs, or not published yet.
 * What they thanked for or was shown as theirs stays as it is; only that it was them does not.
 */
export async function anonymiseQuestion(db: Writer, { question: { id, isPseudonym }, accountId, now }: Own) {
  const renamed = isPseudonym ? {} : { askerName: newPseudonym(), isPseudonym: true }
  const [cut] = await db
    .update(questions)
    .set({ askerId: null, submissionKey: newKey(), changedAt: now, ...renamed })
    .where(and(eq(questions.id, id), eq(questions.askerId, accountId)))
    .returning()
  if (!cut) return false
  await resumeClock(db, cut, now) // nobody is there to reply any more
  await db
    .update(questions)
    .set({ closedById: null })
    .where(and(eq(questions.id, id), eq(questions.closedById, accountId)))
  await db
    .update(comments)
    .set({ authorId: null, authorName: cut.askerName })
    .where(and(eq(comments.questionId, id), eq(comments.isByAsker, true)))
  await db
    .update(revisions)
    .set({ replacedById: null })
    .where(and(eq(revisions.questionId, id), eq(revisions.replacedById, accountId)))
  await deleteTraces(db, id, accountId)
  await deleteLetters(db, id, accountId)
  await blurTimes(db, accountId)
  return true
}

/** Rows that name both. */
async function deleteTraces(db: Writer, questionId: number, accountId: number) {
  const own = db.select({ id: answers.id }).from(answers).where(eq(answers.questionId, questionId))
  await deleteDraftsOn(db, questionId, accountId)
  await db.delete(outcomeRequests).where(eq(outcomeRequests.questionId, questionId))
  await db.delete(formerNumbers).where(eq(formerNumbers.questionId, questionId))
  await db
    .update(incidents)
    .set({ reporterId: null })
    .where(and(eq(incidents.questionId, questionId), eq(incidents.reporterId, accountId)))
  await db
    .delete(questionRoutings)
    .where(and(eq(questionRoutings.questionId, questionId), eq(questionRoutings.expertId, accountId)))
  await db.delete(thanks).where(and(eq(thanks.accountId, accountId), inArray(thanks.answerId, own)))
  await db
    .delete(answerRecipients)
    .where(and(eq(answerRecipients.accountId, accountId), inArray(answerRecipients.answerId, own)))
}

/** Some know only the address of the form they were written in, which leads here as well. */
async function deleteDraftsOn(db: Writer, questionId: number, accountId: number) {
  const answered = await db.select({ id: answers.id }).from(answers).where(eq(answers.questionId, questionId))
  const addresses = answered.flatMap(({ id }) => [`/answers/${id}/follow-ups/new`, `/answers/${id}/incidents/new`])
  const isOnIt = or(
    eq(drafts.questionId, questionId),
    inArray(drafts.address, [`/questions/${questionId}/replies/new`, ...addresses]),
  )
  await db.delete(drafts).where(and(eq(drafts.accountId, accountId), isOnIt))
}

/** Letters that speak of it, and old ones whose text is gone and whose hour would still tell. */
async function deleteLetters(db: Writer, questionId: number, accountId: number) {
  const answerIds = await db.select({ id: answers.id }).from(answers).where(eq(answers.questionId, questionId))
  const address = new RegExp(
    `/(?:questions/${questionId}|answers/(?:${answerIds.map(({ id }) => id).join('|') || 0}))(?!\\d)`,
  )
  const letters = await db
    .select({ id: outbox.id, text: outbox.text })
    .from(outbox)
    .where(eq(outbox.accountId, accountId))
  const ids = letters.filter(({ text }) => text === '' || address.test(text)).map(({ id }) => id)
  for (let at = 0; at < ids.length; at += AT_ONCE)
    await db.delete(outbox).where(inArray(outbox.id, ids.slice(at, at + AT_ONCE)))
}

const AT_ONCE = 500

/** Who signed up, agreed or told their age in the minute a question was asked would be known by that. */
async function blurTimes(db: Writer, accountId: number) {
  await blurConsentTimes(db, accountId)
  const [account] = await db
    .select({ createdAt: accounts.createdAt, ageConfirmedAt: accounts.ageConfirmedAt })
    .from(accounts)
    .where(eq(accounts.id, accountId))
  const { createdAt, ageConfirmedAt } = account!
  await db
    .update(accounts)
    .set({ createdAt: startOfDay(createdAt), ageConfirmedAt: ageConfirmedAt && startOfDay(ageConfirmedAt) })
    .where(eq(accounts.id, accountId))
}

/** All of somebody's, published or not. */
export const listOwnQuestions = (db: Reader, askerId: number) =>
  db.select().from(questions).where(eq(questions.askerId, askerId)).orderBy(questions.id)
