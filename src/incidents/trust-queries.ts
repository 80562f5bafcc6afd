import { and, eq, gt, inArray, isNull, ne } from 'drizzle-orm'
import { countAttempt, countedSoFar, forgiveAttempt } from '../accounts/attempt-queries.ts'
import type { Answer } from '../answers/queries.ts'
import { locked } from '../database/dialect.ts'
import { accounts, incidents } from '../database/schema.ts'
import type { Reader, Writer } from '../database/types.ts'

const DAY_MS = 86_400_000
/** Beyond so many reports of one person in a day, and of all visitors together, staff look first: nobody empties a forum. */
const MOST_HIDING = 3

type Incident = Pick<
  typeof incidents.$inferSelect,
  'id' | 'isByVisitor' | 'reporterId' | 'visitorKey' | 'emailConfirmedAt'
>
type Doubted = { incident: Incident; answer: Answer; now: Date }

/** Whether a report takes an answer down before anybody has looked. */
export async function mayHide(db: Writer, { incident, answer, now }: Doubted) {
  if (await isFoundSound(db, answer)) return false
  if (!incident.isByVisitor) return isWithinMembers(db, incident, now)
  return incident.emailConfirmedAt ? isWithinConfirmed(db, incident, now) : isWithinVisitors(db, incident, now)
}

/** Staff have found this very text to be sound. */
async function isFoundSound(db: Reader, { id, editedAt, createdAt }: Answer) {
  const sound = and(
    eq(incidents.answerId, id),
    inArray(incidents.outcome, ['dismissed', 'corrected']),
    gt(incidents.decidedAt, editedAt ?? createdAt),
  )
  return (await db.$count(incidents, sound)) > 0
}

async function isWithinMembers(db: Writer, { id, reporterId }: Incident, now: Date) {
  await locked(db.select({ id: accounts.id }).from(accounts).where(eq(accounts.id, reporterId!)))
  return (await db.$count(incidents, and(isLately(reporterId!, now), ne(incidents.id, id)))) < MOST_HIDING
}

const isLately = (reporterId: number, now: Date) =>
  and(
    eq(incidents.reporterId, reporterId),
    isNull(incidents.outcome),
    gt(incidents.createdAt, new Date(now.getTime() - DAY_MS)),
  )

const OF_VISITORS = 'harm reports of visitors that hide'

/** Three a day of all of them, and nobody a second one while their first is open. The count keeps others waiting. */
async function isWithinVisitors(db: Writer, { id, visitorKey }: Incident, now: Date) {
  const { count } = await countAttempt(db, { key: OF_VISITORS, endsAt: dayAfter(now), now })
  const others = and(isOpenOf(visitorKey!), ne(incidents.id, id))
  const isWithin = count <= MOST_HIDING && (await db.$count(incidents, others)) === 0
  if (!isWithin) await forgiveAttempt(db, OF_VISITORS)
  return isWithin
}

const isOpenOf = (visitorKey: string) => and(eq(incidents.visitorKey, visitorKey), isNull(incidents.decidedAt))

/** Whoever has shown that an e-mail address is theirs has as many as a member. */
async function isWithinConfirmed(db: Writer, { visitorKey }: Incident, now: Date) {
  const { count } = await countAttempt(db, { key: `harm reports ${visitorKey}`, endsAt: dayAfter(now), now })
  return count <= MOST_HIDING
}

const dayAfter = (now: Date) => new Date(now.getTime() + DAY_MS)

/** Whoever thinks of reporting it: a member, or a visitor by where they come from. */
type Thinking = { answer: Answer; reporterId?: number; visitorKey: string; now: Date }

/** Whether a report would hide an answer, to tell that before it is made. */
export async function wouldHide(db: Reader, { answer, reporterId, visitorKey, now }: Thinking) {
  if (await isFoundSound(db, answer)) return false
  if (reporterId !== undefined) return (await db.$count(incidents, isLately(reporterId, now))) < MOST_HIDING
  if ((await countedSoFar(db, OF_VISITORS, now)) >= MOST_HIDING) return false
  return (await db.$count(incidents, isOpenOf(visitorKey))) === 0
}
