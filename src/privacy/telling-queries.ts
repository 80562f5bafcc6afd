import { and, asc, eq, inArray, isNull, or } from 'drizzle-orm'
import { listConsents } from '../consents/queries.ts'
import {
  accounts,
  answers,
  applicationFiles,
  applications,
  auditEvents,
  questionLooks,
  questions,
  revisions,
  safetyMarks,
} from '../database/schema.ts'
import type { Reader } from '../database/types.ts'

type Part = { limit: number; offset: number }
type Row = Record<string, unknown>

/** What is kept of somebody in rows that do not say so by themselves. */
export type Lister = (db: Reader, accountId: number, part: Part) => Promise<Row[]>

/** With the words they read. */
export const listAllowed: Lister = async (db, accountId, { limit, offset }) =>
  (await listConsents(db, accountId))
    .slice(offset, offset + limit)
    .map(({ kind, version, text, givenAt, withdrawnAt }) => ({ kind, version, text, givenAt, withdrawnAt }))

/** Of texts of theirs, whoever changed them. */
export const listEarlier: Lister = (db, accountId, { limit, offset }) =>
  db
    .select({
      questionId: revisions.questionId,
      answerId: revisions.answerId,
      title: revisions.title,
      body: revisions.body,
      writtenAt: revisions.writtenAt,
      replacedAt: revisions.replacedAt,
    })
    .from(revisions)
    .innerJoin(questions, eq(questions.id, revisions.questionId))
    .leftJoin(answers, eq(answers.id, revisions.answerId))
    .where(or(and(isNull(revisions.answerId), eq(questions.askerId, accountId)), eq(answers.expertId, accountId)))
    .orderBy(asc(revisions.id))
    .limit(limit)
    .offset(offset)

/** Experts by name, staff as staff: as on the page of the question. */
export const listLooksAtOwn: Lister = async (db, accountId, { limit, offset }) => {
  const rows = await db
    .select({ look: questionLooks, name: accounts.name })
    .from(questionLooks)
    .innerJoin(questions, eq(questions.id, questionLooks.questionId))
    .leftJoin(accounts, eq(accounts.id, questionLooks.accountId))
    .where(eq(questions.askerId, accountId))
    .orderBy(asc(questionLooks.id))
    .limit(limit)
    .offset(offset)
  return rows.map(({ look: { questionId, day, count, isStaff }, name }) => ({
    questionId,
    day,
    count,
    by: isStaff ? 'staff' : (name ?? 'an expert who has left'),
  }))
}

/** What a program took for urgent in what they asked and said. */
export const listMarksOfOwn: Lister = async (db, accountId, { limit, offset }) => {
  const rows = await db
    .select({ mark: safetyMarks })
    .from(safetyMarks)
    .innerJoin(questions, eq(questions.id, safetyMarks.questionId))
    .where(eq(questions.askerId, accountId))
    .orderBy(asc(safetyMarks.id))
    .limit(limit)
    .offset(offset)
  return rows.map(({ mark: { questionId, commentId, flag, isHeld, createdAt, seenAt } }) => ({
    ...{ questionId, flag, isHeld, createdAt, seenAt },
    isInComment: commentId !== null,
  }))
}

export const listRevealsOfOwn: Lister = (db, accountId, { limit, offset }) =>
  db
    .select({ questionId: auditEvents.subjectId, reason: auditEvents.reason, createdAt: auditEvents.createdAt })
    .from(auditEvents)
    .where(
      and(
        eq(auditEvents.subjectKind, 'question'),
        eq(auditEvents.action, 'asker-revealed'),
        inArray(
          auditEvents.subjectId,
          db.select({ id: questions.id }).from(questions).where(eq(questions.askerId, accountId)),
        ),
      ),
    )
    .orderBy(asc(auditEvents.id))
    .limit(limit)
    .offset(offset)

/** What they handed in, as long as it is kept. */
export const listOwnFiles = (db: Reader, accountId: number) =>
  db
    .select({ id: applicationFiles.id, name: applicationFiles.name })
    .from(applicationFiles)
    .innerJoin(applications, eq(applications.id, applicationFiles.applicationId))
    .where(eq(applications.accountId, accountId))
    .orderBy(asc(applicationFiles.id))

export async function findContent(db: Reader, id: number) {
  const [file] = await db
    .select({ content: applicationFiles.content })
    .from(applicationFiles)
    .where(eq(applicationFiles.id, id))
  return file?.content ?? Buffer.alloc(0) // deleted meanwhile
}
