import { and, asc, desc, eq, isNotNull, isNull, lte, ne } from 'drizzle-orm'
import { hideAnswer } from '../answers/concealment-queries.ts'
import type { Answer } from '../answers/queries.ts'
import { isBefore } from '../database/paging.ts'
import { accounts, incidents, questions } from '../database/schema.ts'
import type { Reader, Writer } from '../database/types.ts'
import { PAGE_SIZE, type Position } from '../lib/paging.ts'
import { openTitle } from '../questions/standing.ts'
import { mayHide } from './trust-queries.ts'

export type Incident = typeof incidents.$inferSelect
export type ListedIncident = Awaited<ReturnType<typeof listOpenIncidents>>[number]

const HOUR_MS = 3_600_000
/** So long staff have to look. */
const HOURS_TO_LOOK = 24

/** What the page and its writer are told till staff have looked. */
export const REASON = 'Somebody has reported that this answer may do harm. We are looking into it.'

/** By a member, or by somebody who is not signed in. */
type Reporter = { reporterId: number } | { visitorKey: string; reporterEmail?: string }
type Report = { answer: Answer; reporter: Reporter; body: string; submissionKey: string; now: Date }

/** Takes the answer down at once. The same form sent twice makes one: the second time `isNew` is false. */
export async function createIncident(db: Writer, { answer, now, reporter, ...report }: Report) {
  const [created] = await db
    .insert(incidents)
    .values({
      ...report,
      ...reporter,
      isByVisitor: 'visitorKey' in reporter,
      answerId: answer.id,
      questionId: answer.questionId,
      expertName: answer.expertName,
      isHiding: false,
      createdAt: now,
      dueAt: new Date(now.getTime() + HOURS_TO_LOOK * HOUR_MS),
    })
    .onConflictDoNothing({ target: incidents.submissionKey })
    .returning()
  if (!created) return { incident: (await findSubmitted(db, report.submissionKey))!, isNew: false }
  return { incident: { ...created, isHiding: await hideReported(db, created, answer, now) }, isNew: true }
}

async function hideReported(db: Writer, incident: Incident, answer: Answer, now: Date) {
  const isHiding =
    (await mayHide(db, { incident, answer, now })) &&
    (await hideAnswer(db, answer, { hiddenById: null, hiddenReason: REASON }))
  if (isHiding) await db.update(incidents).set({ isHiding }).where(eq(incidents.id, incident.id))
  return isHiding
}

/** What was reported with a form. */
export async function findSubmitted(db: Reader, submissionKey: string) {
  const [incident] = await db.select().from(incidents).where(eq(incidents.submissionKey, submissionKey))
  return incident
}

/** The address is theirs; what their report could not do before, it does now. Undefined: it was done, or is decided. */
export async function confirmReporter(db: Writer, incident: Incident, { answer, now }: { answer?: Answer; now: Date }) {
  const [confirmed] = await db
    .update(incidents)
    .set({ emailConfirmedAt: now })
    .where(
      and(
        eq(incidents.id, incident.id),
        isNotNull(incidents.reporterEmail),
        isNull(incidents.emailConfirmedAt),
        isNull(incidents.decidedAt),
      ),
    )
    .returning()
  if (!confirmed) return undefined
  const isStanding = answer && !confirmed.isHiding && !answer.hiddenAt && !answer.withdrawnAt
  return { isHidingNow: isStanding ? await hideReported(db, confirmed, answer, now) : false }
}

// --- the register -----------------------------------------------------------------------------------------------------

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

/** How many wait, and how many of them for longer than they should. */
export async function countOpenIncidents(db: Reader, now: Date) {
  const isOpen = isNull(incidents.decidedAt)
  const [openCount, lateCount] = await Promise.all([
    db.$count(incidents, isOpen),
    db.$count(incidents, and(isOpen, lte(incidents.dueAt, now))),
  ])
  return { openCount, lateCount }
}

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

const MOST_OTHERS = 20

/** What else was reported about the same answer, the last first. */
export const listOthers = (db: Reader, { id, answerId }: Incident) =>
  answerId === null
    ? []
    : listIncidents(db)
        .where(and(eq(incidents.answerId, answerId), ne(incidents.id, id)))
        .orderBy(desc(incidents.createdAt), desc(incidents.id))
        .limit(MOST_OTHERS)
