import { and, asc, eq, ne } from 'drizzle-orm'
import { answers, comments, questions } from '../database/schema.ts'
import type { Reader, Writer } from '../database/types.ts'
import { resumed } from './clock-queries.ts'
import { lockQuestion } from './concealment-queries.ts'
import type { Question } from './queries.ts'
import { indexQuestion, isReadable } from './searched-queries.ts'

/**
 * To be called whenever what is said beside the answers of a question has changed, or who may read it: how much there
 * is, whether the waiting stands still, and what a search reads all follow from that.
 */
export async function settleDiscussion(db: Writer, questionId: number, now = new Date()) {
  const question = await lockQuestion(db, questionId)
  const said = await listReadable(db, questionId)
  const [settled] = await db
    .update(questions)
    .set({
      commentCount: said.length,
      changedAt: now,
      ...clockOf(question, question.askerId !== null && isReplyWanted(said), now),
    })
    .where(eq(questions.id, questionId))
    .returning()
  if (!settled!.hiddenAt) await indexQuestion(db, settled!)
}

/** What everybody may read, in order. */
function listReadable(db: Reader, questionId: number) {
  return db
    .select({ kind: comments.kind, isByAsker: comments.isByAsker })
    .from(comments)
    .leftJoin(answers, eq(answers.id, comments.answerId))
    .where(and(eq(comments.questionId, questionId), ne(comments.kind, 'colleague'), isReadable))
    .orderBy(asc(comments.createdAt), asc(comments.id))
}

type Said = { kind: string; isByAsker: boolean }

/** An expert was the last to speak before there is an answer. */
const isReplyWanted = (said: Said[]) => said.findLast(({ kind }) => kind === 'clarification')?.isByAsker === false

function clockOf(question: Question, isWanted: boolean, now: Date) {
  if (!isWanted) return resumed(question, now)
  const starts = question.status === 'open' && question.clarifyingSince === null
  return starts ? { clarifyingSince: now } : {}
}
