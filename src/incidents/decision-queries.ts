import { and, asc, eq, inArray, isNotNull, isNull, ne } from 'drizzle-orm'
import { hideAnswer, showAnswer } from '../answers/concealment-queries.ts'
import type { Answer } from '../answers/queries.ts'
import { answers, incidents } from '../database/schema.ts'
import type { Reader, Writer } from '../database/types.ts'
import { type NewRecall, withdrawAnswer } from '../recalls/queries.ts'
import { type Incident, REASON } from './queries.ts'

type Decision = {
  outcome: NonNullable<Incident['outcome']>
  explanation: string
  notice?: string
  decidedById: number
  now: Date
}

/** False: somebody else was quicker. Who a visitor was is forgotten: they are told in the same transaction. */
export async function decideIncident(db: Writer, { id }: Incident, { now, ...decision }: Decision) {
  const decided = await db
    .update(incidents)
    .set({ ...decision, decidedAt: now, reporterEmail: null, visitorKey: null })
    .where(and(eq(incidents.id, id), isNull(incidents.decidedAt)))
    .returning({ id: incidents.id })
  return decided.length > 0
}

/** Hidden by a report alone, not by staff for reasons of their own. */
export const isHiddenByReport = ({ hiddenAt, hiddenById, hiddenReason }: Answer) =>
  hiddenAt !== null && hiddenById === null && hiddenReason === REASON

/** What staff hid for another reason is not put before readers again by what is decided here. */
export const isHiddenOtherwise = (answer: Answer) => answer.hiddenAt !== null && !isHiddenByReport(answer)

type Concealment = { hiddenById: number; hiddenReason: string; hiddenNotice: string }

/** It stays hidden, or is hidden now, and readers see a notice in its place. */
export async function keepHidden(db: Writer, answer: Answer, { hiddenNotice, ...concealment }: Concealment) {
  await hideAnswer(db, answer, concealment)
  await db
    .update(answers)
    .set({ ...concealment, hiddenNotice })
    .where(and(eq(answers.id, answer.id), isNotNull(answers.hiddenAt)))
}

/** False: it has been changed or taken down since `answer` was read, or is taken back already. */
export async function takeBack(db: Writer, answer: Answer, recall: NewRecall) {
  if (isHiddenByReport(answer)) await showAnswer(db, answer)
  return withdrawAnswer(db, answer, recall)
}

/** What proves sound is shown again, once nobody else doubts it. False: it is not, or was to be read all the time. */
export async function clearAnswer(db: Writer, answer: Answer) {
  if (!isHiddenByReport(answer) || (await countOpenAbout(db, answer.id)) > 0) return false
  return showAnswer(db, answer)
}

/** The first that was reported. */
export async function findOpenAbout(db: Reader, answerId: number) {
  const [incident] = await db
    .select({ id: incidents.id })
    .from(incidents)
    .where(and(eq(incidents.answerId, answerId), isNull(incidents.decidedAt)))
    .orderBy(asc(incidents.id))
    .limit(1)
  return incident
}

/** Of the other open reports about the same answer those that somebody has read and may decide. */
export const listAlso = (db: Reader, { id, answerId }: Incident, ids: number[]) =>
  answerId === null
    ? []
    : db
        .select()
        .from(incidents)
        .where(
          and(
            inArray(incidents.id, ids),
            eq(incidents.answerId, answerId),
            ne(incidents.id, id),
            isNull(incidents.decidedAt),
          ),
        )

const countOpenAbout = (db: Reader, answerId: number) =>
  db.$count(incidents, and(eq(incidents.answerId, answerId), isNull(incidents.decidedAt)))
