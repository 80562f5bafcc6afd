import { and, asc, eq, exists, like, or, sql } from 'drizzle-orm'
import { renumber } from '../database/renumbering.ts'
import { answers, auditEvents, comments, drafts, formerNumbers, questionLooks, questions } from '../database/schema.ts'
import type { Reader, Writer } from '../database/types.ts'
import { newKey } from '../lib/form-keys.ts'

type Kind = 'question' | 'answer' | 'comment'

/** What is published gets the numbers of now, as all else that is published now: the question, its answers, what was said. */
export async function renumberPage(db: Writer, formerId: number) {
  const id = await renumber(db, questions, formerId, { submissionKey: newKey() })
  await follow(db, 'question', formerId, id)
  await db.insert(formerNumbers).values({ number: formerId, questionId: id })
  const given = db.select({ id: answers.id }).from(answers).where(eq(answers.questionId, id))
  for (const answer of await given.orderBy(asc(answers.id))) {
    const room = { submissionKey: newKey(), expertId: null, acceptedAt: null }
    await follow(db, 'answer', answer.id, await renumber(db, answers, answer.id, room))
  }
  const said = db.select({ id: comments.id }).from(comments).where(eq(comments.questionId, id))
  for (const comment of await said.orderBy(asc(comments.id)))
    await follow(db, 'comment', comment.id, await renumber(db, comments, comment.id, { submissionKey: newKey() }))
  return id
}

/** What names it without pointing at it. */
async function follow(db: Writer, subjectKind: Kind, from: number, to: number) {
  const [before, after] = [`/${subjectKind}s/${from}/`, `/${subjectKind}s/${to}/`]
  await db
    .update(auditEvents)
    .set({ subjectId: to })
    .where(and(eq(auditEvents.subjectKind, subjectKind), eq(auditEvents.subjectId, from)))
  await db
    .update(drafts)
    .set({ address: sql`replace(${drafts.address}, ${before}, ${after})` })
    .where(like(drafts.address, `${before}%`))
}

type Former = { number: number; viewerId: number; isStaff: boolean }

/** For those alone who knew it by its former number: whoever asked it, who has read it, and staff. */
export async function findByFormerNumber(db: Reader, { number, viewerId, isStaff }: Former) {
  const looks = db
    .select({ id: questionLooks.id })
    .from(questionLooks)
    .where(and(eq(questionLooks.questionId, questions.id), eq(questionLooks.accountId, viewerId)))
  const knewIt = isStaff ? undefined : or(eq(questions.askerId, viewerId), exists(looks))
  const [question] = await db
    .select({ id: questions.id })
    .from(formerNumbers)
    .innerJoin(questions, eq(questions.id, formerNumbers.questionId))
    .where(and(eq(formerNumbers.number, number), knewIt))
  return question?.id
}
