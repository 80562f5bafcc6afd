import { and, count, eq, isNotNull, isNull, min } from 'drizzle-orm'
import { answers } from '../database/schema.ts'
import type { Reader, Writer } from '../database/types.ts'
import { countAnswersOf } from '../experts/queries.ts'
import {
  type Concealment,
  hideQuestion,
  lockQuestion,
  SHOWN,
  setAnswered,
  showQuestion,
} from '../questions/concealment-queries.ts'
import { settleDiscussion } from '../questions/discussion-queries.ts'
import type { Question } from '../questions/queries.ts'
import { releaseUnpublished, withdrawQuestion } from '../questions/regret-queries.ts'
import { indexQuestion } from '../questions/searched-queries.ts'
import { removeDocument } from '../search/queries.ts'
import { type Answer, indexAnswersTo, isShown } from './queries.ts'

/** A question with its answers: they no longer count for those who gave them. False: it was hidden already. */
export async function hideThread(db: Writer, question: Question, concealment: Concealment) {
  const hidden = await hideQuestion(db, question, concealment)
  if (!hidden) return false
  if (hidden.audience) return true
  await countAnswersOf(db, await listExpertsIn(db, hidden.id), -1)
  await removeDocument(db, 'question', hidden.id)
  return true
}

/** The question as it is then, which its asker may go on to sleep on. Undefined: see `showQuestion`. */
export async function showThread(db: Writer, question: Question, now = new Date()) {
  const released = await releaseUnpublished(db, question, now)
  if (released) return released
  const shown = await showQuestion(db, question)
  if (shown && !shown.audience) await listThread(db, shown)
  return shown
}

/** Its answers count from now on, and searches find it. */
export async function listThread(db: Writer, question: Question) {
  await countAnswersOf(db, await listExpertsIn(db, question.id), 1)
  await indexQuestion(db, question)
  await indexAnswersTo(db, question.id)
}

/** Its asker takes it back for good. False: they had done so already. */
export async function withdrawThread(db: Writer, question: Question, now: Date) {
  const withdrawn = await withdrawQuestion(db, question, now)
  if (!withdrawn?.wasShown) return withdrawn !== undefined
  await countAnswersOf(db, await listExpertsIn(db, question.id), -1)
  await removeDocument(db, 'question', question.id)
  return true
}

/** False: it was hidden already. */
export async function hideAnswer(db: Writer, answer: Answer, concealment: Concealment) {
  const question = await lockQuestion(db, answer.questionId)
  const hidden = await db
    .update(answers)
    .set({ ...concealment, hiddenAt: new Date() })
    .where(and(eq(answers.id, answer.id), isNull(answers.hiddenAt)))
    .returning({ withdrawnAt: answers.withdrawnAt })
  if (hidden[0]?.withdrawnAt === null) await recountAnswers(db, { question, answer, by: -1 })
  return hidden.length > 0
}

export async function showAnswer(db: Writer, answer: Answer) {
  const question = await lockQuestion(db, answer.questionId)
  const shown = await db
    .update(answers)
    .set({ ...SHOWN, hiddenNotice: null })
    .where(and(eq(answers.id, answer.id), isNotNull(answers.hiddenAt)))
    .returning({ withdrawnAt: answers.withdrawnAt })
  if (shown[0]?.withdrawnAt === null) await recountAnswers(db, { question, answer, by: 1 })
  return shown.length > 0
}

type Change = { question: Question; answer: Answer; by: 1 | -1 }

/** After an answer has come to count, or does so no more. Whoever calls this holds the question. */
export async function recountAnswers(db: Writer, { question, answer: { expertId }, by }: Change) {
  const [answered] = await db
    .select({ answerCount: count(), answeredAt: min(answers.createdAt) })
    .from(answers)
    .where(and(eq(answers.questionId, question.id), isShown))
  await setAnswered(db, question, answered!)
  if (expertId && !question.hiddenAt) await countAnswersOf(db, [expertId], by)
  await indexAnswersTo(db, question.id)
  await settleDiscussion(db, question.id)
}

async function listExpertsIn(db: Reader, questionId: number) {
  const rows = await db
    .select({ id: answers.expertId })
    .from(answers)
    .where(and(eq(answers.questionId, questionId), isShown))
  return rows.map(({ id }) => id).filter((id) => id !== null)
}
