import { and, eq, inArray, isNotNull, isNull, type SQL } from 'drizzle-orm'
import { rewordAnswer } from '../answers/queries.ts'
import { rewordComment } from '../comments/queries.ts'
import {
  answerReviews,
  answers,
  comments,
  countersigns,
  declines,
  incidents,
  questions,
  recalls,
  referrals,
  revisions,
} from '../database/schema.ts'
import type { Reader, Writer } from '../database/types.ts'
import { withoutQuotes } from '../lib/quotes.ts'
import { eraseQuestion } from '../questions/regret-queries.ts'

/** What its asker wrote goes, and where others repeat it that goes too. */
export async function eraseThread(db: Writer, questionId: number, now: Date) {
  const written = await listWritten(db, questionId)
  await removeQuotes(db, questionId, written)
  await eraseQuestion(db, questionId, now)
}

/** All that its asker ever wrote on its page. */
async function listWritten(db: Reader, questionId: number) {
  const [asked] = await db.select().from(questions).where(eq(questions.id, questionId))
  const earlier = await db
    .select({ title: revisions.title, body: revisions.body })
    .from(revisions)
    .where(and(eq(revisions.questionId, questionId), isNull(revisions.answerId)))
  const added = await db
    .select({ body: comments.body })
    .from(comments)
    .where(and(eq(comments.questionId, questionId), eq(comments.isByAsker, true)))
  const facts = asked ? [asked.title, asked.body, asked.tried, asked.imaging] : []
  const texts = [...facts, ...earlier.flatMap(({ title, body }) => [title, body]), ...added.map(({ body }) => body)]
  return texts.filter((text): text is string => Boolean(text))
}

type Shorten = (text: string) => string

async function removeQuotes(db: Writer, questionId: number, written: string[]) {
  const shorten = (text: string) => withoutQuotes(text, written)
  const replies = await db.select().from(answers).where(eq(answers.questionId, questionId))
  for (const { id, body } of replies) if (shorten(body) !== body) await rewordAnswer(db, id, shorten(body))
  const isByOther = and(eq(comments.questionId, questionId), eq(comments.isByAsker, false))
  for (const comment of await db.select().from(comments).where(isByOther))
    if (shorten(comment.body) !== comment.body) await rewordComment(db, comment, shorten(comment.body))
  for (const place of placesBeside(questionId, replies)) await shortenAt(db, place, shorten)
  await db.delete(declines).where(eq(declines.questionId, questionId))
}

type Place = { table: Table; field: string; where: SQL | undefined }
/** They differ in nothing that matters here. */
type Table = typeof revisions
const alike = (table: { id: unknown }) => table as Table

/** Short texts of others on its page, or about it. */
function placesBeside(questionId: number, replies: { id: number }[]): Place[] {
  const ids = replies.map(({ id }) => id)
  const isReported = eq(incidents.questionId, questionId)
  return [
    {
      table: revisions,
      field: 'body',
      where: and(eq(revisions.questionId, questionId), isNotNull(revisions.answerId)),
    },
    { table: alike(countersigns), field: 'reason', where: inArray(countersigns.answerId, ids) },
    { table: alike(answerReviews), field: 'note', where: inArray(answerReviews.answerId, ids) },
    { table: alike(recalls), field: 'reason', where: inArray(recalls.answerId, ids) },
    { table: alike(referrals), field: 'reason', where: eq(referrals.questionId, questionId) },
    { table: alike(incidents), field: 'body', where: isReported },
    { table: alike(incidents), field: 'explanation', where: isReported },
    { table: alike(incidents), field: 'notice', where: isReported },
    { table: alike(answers), field: 'hiddenNotice', where: eq(answers.questionId, questionId) },
  ]
}

async function shortenAt(db: Writer, { table, field, where }: Place, shorten: Shorten) {
  const column = (table as unknown as Record<string, Table['body']>)[field]!
  const rows: { id: number; text: string | null }[] = await db
    .select({ id: table.id, text: column })
    .from(table)
    .where(where)
  for (const { id, text } of rows)
    if (text && shorten(text) !== text)
      await db
        .update(table)
        .set({ [field]: shorten(text) })
        .where(eq(table.id, id))
}
