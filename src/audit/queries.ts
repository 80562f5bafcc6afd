import { and, desc, eq, inArray, type SQL } from 'drizzle-orm'
import { isBefore } from '../database/paging.ts'
import {
  accounts,
  answers,
  applications,
  auditEvents,
  categories,
  comments,
  incidents,
  professions,
  questions,
} from '../database/schema.ts'
import type { Reader, Writer } from '../database/types.ts'
import { PAGE_SIZE, type Position } from '../lib/paging.ts'
import type { Question } from '../questions/queries.ts'
import { openTitle } from '../questions/standing.ts'

type NewEvent = Pick<typeof auditEvents.$inferInsert, 'actorId' | 'action' | 'subjectKind' | 'subjectId' | 'reason'>

/** Written in the same transaction as what it tells of, so that neither is ever there without the other. */
export async function recordEvent(db: Writer, event: NewEvent) {
  await db.insert(auditEvents).values(event)
}

type Subject = Pick<NewEvent, 'subjectKind' | 'subjectId'>
export type Event = Awaited<ReturnType<typeof listEvents>>[number]

const LAST_SHOWN = 100

/** What staff did, the last first, one more than a page. */
export const listEvents = (db: Reader, after?: Position) =>
  listEventsWhere(db, after && isBefore(auditEvents.createdAt, auditEvents.id, after), PAGE_SIZE + 1)

export const listLatestEvents = (db: Reader, limit: number) => listEventsWhere(db, undefined, limit)

/** When staff looked up who asked a question, and why: its asker may know. */
export const listReveals = (db: Reader, questionId: number) =>
  db
    .select({ reason: auditEvents.reason, createdAt: auditEvents.createdAt })
    .from(auditEvents)
    .where(
      and(
        eq(auditEvents.subjectKind, 'question'),
        eq(auditEvents.subjectId, questionId),
        eq(auditEvents.action, 'asker-revealed'),
      ),
    )
    .orderBy(desc(auditEvents.createdAt), desc(auditEvents.id))
    .limit(LAST_SHOWN)

/** What staff did about one thing, the last first. */
export const listEventsAbout = (db: Reader, { subjectKind, subjectId }: Subject) =>
  listEventsWhere(db, and(eq(auditEvents.subjectKind, subjectKind), eq(auditEvents.subjectId, subjectId)), LAST_SHOWN)

/** Each with the name that what it is about has now, if it is still there. */
async function listEventsWhere(db: Reader, where: SQL | undefined, limit: number) {
  const rows = await db
    .select({
      id: auditEvents.id,
      action: auditEvents.action,
      subjectKind: auditEvents.subjectKind,
      subjectId: auditEvents.subjectId,
      reason: auditEvents.reason,
      createdAt: auditEvents.createdAt,
      actorName: accounts.name,
    })
    .from(auditEvents)
    .leftJoin(accounts, eq(accounts.id, auditEvents.actorId))
    .where(where)
    .orderBy(desc(auditEvents.createdAt), desc(auditEvents.id))
    .limit(limit)
  const subjects = await listSubjects(db, rows)
  return rows.map((row) => ({ ...row, subject: subjects.get(keyOf(row)) }))
}

/** No name: it was asked in confidence, or its asker sleeps on it. */
type NamedSubject = { id: number; name: string | null; questionId?: number; audience?: Question['audience'] }

const keyOf = ({ subjectKind, subjectId }: Subject) => `${subjectKind} ${subjectId}`

async function listSubjects(db: Reader, events: Subject[]) {
  const idsOf = (...kinds: string[]) =>
    events.filter(({ subjectKind }) => kinds.includes(subjectKind)).map(({ subjectId }) => subjectId)
  const [people, places, crafts, applied, asked, answered, said, reported] = await Promise.all([
    listNames(db, accounts, idsOf('account', 'expert')),
    listNames(db, categories, idsOf('category')),
    listNames(db, professions, idsOf('profession')),
    listApplicants(db, idsOf('application')),
    listTitles(db, idsOf('question')),
    listAnswered(db, idsOf('answer')),
    listSaid(db, idsOf('comment')),
    listReported(db, idsOf('incident')),
  ])
  const entries = (kind: string, rows: NamedSubject[]) =>
    rows.map((row): [string, NamedSubject] => [`${kind} ${row.id}`, row])
  return new Map([
    ...entries('account', people),
    ...entries('expert', people),
    ...entries('category', places),
    ...entries('profession', crafts),
    ...entries('application', applied),
    ...entries('question', asked),
    ...entries('answer', answered),
    ...entries('comment', said),
    ...entries('incident', reported),
  ])
}

type Named = typeof accounts | typeof categories | typeof professions

const listNames = (db: Reader, table: Named, ids: number[]) =>
  db.select({ id: table.id, name: table.name }).from(table).where(inArray(table.id, ids))

const listApplicants = (db: Reader, ids: number[]) =>
  db
    .select({ id: applications.id, name: accounts.name })
    .from(applications)
    .innerJoin(accounts, eq(accounts.id, applications.accountId))
    .where(inArray(applications.id, ids))

const listTitles = (db: Reader, ids: number[]) =>
  db
    .select({ id: questions.id, name: openTitle, audience: questions.audience })
    .from(questions)
    .where(inArray(questions.id, ids))

const listAnswered = (db: Reader, ids: number[]) =>
  db
    .select({ id: answers.id, questionId: questions.id, name: openTitle, audience: questions.audience })
    .from(answers)
    .innerJoin(questions, eq(questions.id, answers.questionId))
    .where(inArray(answers.id, ids))

const listReported = (db: Reader, ids: number[]) =>
  db
    .select({ id: incidents.id, name: openTitle, audience: questions.audience })
    .from(incidents)
    .innerJoin(questions, eq(questions.id, incidents.questionId))
    .where(inArray(incidents.id, ids))

const listSaid = (db: Reader, ids: number[]) =>
  db
    .select({ id: comments.id, questionId: questions.id, name: openTitle, audience: questions.audience })
    .from(comments)
    .innerJoin(questions, eq(questions.id, comments.questionId))
    .where(inArray(comments.id, ids))
