import { and, asc, eq, inArray, isNull, ne, sql } from 'drizzle-orm'
import { rewordComment } from '../comments/queries.ts'
import { comments, questions } from '../database/schema.ts'
import type { Reader, Writer } from '../database/types.ts'
import { settleDiscussion } from '../questions/discussion-queries.ts'
import { type Question, shapes } from '../questions/queries.ts'

export type Staying = Awaited<ReturnType<typeof listStaying>>[number]
/** By field: `title12` of question 12, `said7` of comment 7. */
type Texts = Record<string, string>

/** What goes on to be read once somebody has left and did not take their texts along. */
export async function listStaying(db: Reader, accountId: number) {
  const own = await db
    .select()
    .from(questions)
    .where(
      and(
        eq(questions.askerId, accountId),
        isNull(questions.audience),
        isNull(questions.publishAt),
        isNull(questions.withdrawnAt),
      ),
    )
    .orderBy(asc(questions.id))
  const ids = own.map(({ id }) => id)
  const said = await db
    .select({ id: comments.id, questionId: comments.questionId, kind: comments.kind, body: comments.body })
    .from(comments)
    .where(and(inArray(comments.questionId, ids), eq(comments.isByAsker, true), ne(comments.kind, 'colleague')))
    .orderBy(asc(comments.createdAt), asc(comments.id))
  const byQuestion = Map.groupBy(said, ({ questionId }) => questionId)
  return own.map((question) => ({ question, said: byQuestion.get(question.id) ?? [] }))
}

const ASKED = ['title', 'body', 'tried', 'imaging'] as const

export function textsOf({ question, said }: Staying): Texts {
  const asked = ASKED.map((name) => [name + question.id, question[name] ?? ''])
  const later = said.map(({ id, body }) => [`said${id}`, body])
  return Object.fromEntries([...asked, ...later].filter(([, text]) => text !== ''))
}

/** In other words from now on; what it said before is nobody's to read once its asker has left. */
export async function rewordStaying(db: Writer, staying: Staying, texts: Texts, now: Date) {
  const before = textsOf(staying)
  if (Object.entries(texts).every(([field, text]) => before[field] === text)) return
  const { question, said } = staying
  const told = Object.fromEntries(ASKED.map((name) => [name, texts[name + question.id] ?? question[name]])) as Told
  await db
    .update(questions)
    .set({ ...told, ...shapes(told), version: sql`${questions.version} + 1` })
    .where(eq(questions.id, question.id))
  for (const comment of said) {
    const text = texts[`said${comment.id}`]
    if (text !== undefined && text !== comment.body) await rewordComment(db, comment, text)
  }
  await settleDiscussion(db, question.id, now)
}

type Told = Pick<Question, (typeof ASKED)[number]>
