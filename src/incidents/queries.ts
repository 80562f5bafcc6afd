import { and, asc, desc, eq, gt, isNotNull, isNull, lte } from 'drizzle-orm'
import { hideAnswer, showAnswer } from '../answers/concealment-queries.ts'
import type { Answer } from '../answers/queries.ts'
import { isBefore } from '../database/paging.ts'
import { accounts, answers, incidents, questions } from '../database/schema.ts'
import type { Reader, Writer } from '../database/types.ts'
import { PAGE_SIZE, type Position } from '../lib/paging.ts'
import { openTitle } from '../questions/standing.ts'

export type Incident = typeof incidents.$inferSelect
export type ListedIncident = Awaited<ReturnType<typeof listOpenIncidents>>[number]

const HOUR_MS = 3_600_000
/** So long staff have to look. */
export const HOURS_TO_LOOK = 24
const DAY_MS = 24 * HOUR_MS
/** Beyond so many reports of one person in a day, staff look first: nobody empties a forum alone. */
const MOST_HIDING = 3

/** What the page and its writer are told till staff have looked. */
export const REASON = 'Somebody has reported that this answer may do harm. We are looking into it.'

type Report = { answer: Answer; reporterId: number; body: string; submissionKey: string; now: Date }

/** Takes the answer down at once. The same form sent twice makes one: the second time `isNew` is false. */
export async function createIncident(db: Writer, { answer, now, ...report }: Report) {
  const mayHide = await isTrusted(db, answer, report.reporterId, now)
  const [created] = await db
    .insert(incidents)
    .values({
      ...report,
      answerId: answer.id,
      questionId: answer.questionId,
      expertName: answer.expertName,
      isHiding: false,
      createdAt: now,
      dueAt: new Date(now.getTime() + HOURS_TO_LOOK * HOUR_MS),
    })
    .onConflictDoNothing({ target: incidents.submissionKey })
    .returning()
  if (!created) return { incident: await findSubmitted(db, report.submissionKey), isNew: false }
  const isHiding = mayHide && (await hideAnswer(db, answer, { hiddenById: null, hiddenReason: REASON }))
  if (isHiding) await db.update(incidents).set({ isHiding }).where(eq(incidents.id, created.id))
  return { incident: { ...created, isHiding }, isNew: true }
}

/** Not where staff have found this very text to be sound, nor for whoever reports one answer after another. */
async function isTrusted(db: Writer, answer: Answer, reporterId: number, now: Date) {
  const writtenAt = answer.editedAt ?? answer.createdAt
  const sound = db.$count(
    incidents,
    and(eq(incidents.answerId, answer.id), eq(incidents.outcome, 'dismissed'), gt(incidents.createdAt, writtenAt)),
  )
  const lately = and(
    eq(incidents.reporterId, reporterId),
    isNull(incidents.outcome),
    gt(incidents.createdAt, new Date(now.getTime() - DAY_MS)),
  )
  return (await sound) === 0 && (await db.$count(incidents, lately)) < MOST_HIDING
}

async function findSubmitted(db: Writer, submissionKey: string) {
  const [incident] = await db.select().from(incidents).where(eq(incidents.submissionKey, submissionKey))
  return incident!
}

const listed = {
  incident: incidents,
  questionTitle: openTitle,
  audience: questions.audience,
  deciderName: accounts.name,
}

const listIncidents = (db: Reader) =>
  db
    .select(listed)
    .from(incidents)
    .leftJoin(questions, eq(questions.id, incidents.questionId))
    .leftJoin(accounts, eq(accounts.id, incidents.decidedById))

/** Those that are due first, first. */
export const listOpenIncidents = (db: Reader, limit: number) =>
  listIncidents(db).where(isNull(incidents.decidedAt)).orderBy(asc(incidents.dueAt), asc(incidents.id)).limit(limit)

export const countOpenIncidents = (db: Reader) => db.$count(incidents, isNull(incidents.decidedAt))

/** The register of those that were decided, the last reported first, one more than a page. */
export const listDecidedIncidents = (db: Reader, after?: Position) =>
  listIncidents(db)
    .where(and(isNotNull(incidents.decidedAt), after && isBefore(incidents.createdAt, incidents.id, after)))
    .orderBy(desc(incidents.createdAt), desc(incidents.id))
    .limit(PAGE_SIZE + 1)

export async function findIncident(db: Reader, id: number) {
  const [found] = await listIncidents(db).where(eq(incidents.id, id))
  return found
}

/** Whom to tell what became of it. None where they have left. */
export async function findReporter(db: Reader, { reporterId }: Incident) {
  if (reporterId === null) return undefined
  const [reporter] = await db
    .select({ accountId: accounts.id, name: accounts.name, email: accounts.email })
    .from(accounts)
    .where(and(eq(accounts.id, reporterId), isNull(accounts.closedAt)))
  return reporter
}

type Decision = { outcome: Incident['outcome']; explanation: string; decidedById: number; now: Date }

/** False: somebody else was quicker. What proves sound is shown again, once nobody else doubts it. */
export async function decideIncident(db: Writer, incident: Incident, { now, ...decision }: Decision) {
  const decided = await db
    .update(incidents)
    .set({ ...decision, decidedAt: now })
    .where(and(eq(incidents.id, incident.id), isNull(incidents.decidedAt)))
    .returning({ id: incidents.id })
  if (decided.length === 0) return false
  if (decision.outcome === 'dismissed' && incident.answerId) await clear(db, incident.answerId)
  return true
}

async function clear(db: Writer, answerId: number) {
  const others = and(eq(incidents.answerId, answerId), isNull(incidents.decidedAt))
  const [answer] = await db.select().from(answers).where(eq(answers.id, answerId))
  const isHiddenByReport = answer?.hiddenAt && answer.hiddenById === null && answer.hiddenReason === REASON
  if (isHiddenByReport && (await db.$count(incidents, others)) === 0) await showAnswer(db, answer)
}

/** Those whose time is over, each once, however many servers ask. */
export const claimOverdue = (db: Writer, now: Date) =>
  db
    .update(incidents)
    .set({ remindedAt: now })
    .where(and(isNull(incidents.decidedAt), isNull(incidents.remindedAt), lte(incidents.dueAt, now)))
    .returning({ id: incidents.id })
