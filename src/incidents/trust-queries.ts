import { and, eq, gt, isNull, ne } from 'drizzle-orm'
import { countAttempt, forgiveAttempt } from '../accounts/attempt-queries.ts'
import type { Answer } from '../answers/queries.ts'
import { locked } from '../database/dialect.ts'
import { accounts, incidents } from '../database/schema.ts'
import type { Writer } from '../database/types.ts'
import type { Incident } from './queries.ts'

const DAY_MS = 86_400_000
/** Beyond so many reports of one person in a day, and of all visitors together, staff look first: nobody empties a forum. */
const MOST_HIDING = 3

type Doubted = { incident: Incident; answer: Answer; now: Date }

/** Whether a report takes an answer down before anybody has looked. */
export async function mayHide(db: Writer, { incident, answer, now }: Doubted) {
  if (await isFoundSound(db, incident, answer)) return false
  if (!incident.isByVisitor) return isWithinMembers(db, incident, now)
  return incident.emailConfirmedAt ? isWithinConfirmed(db, incident, now) : isWithinVisitors(db, incident, now)
}

/** Staff have found this very text to be sound. */
async function isFoundSound(db: Writer, { answerId }: Incident, { editedAt, createdAt }: Answer) {
  const sound = and(
    eq(incidents.answerId, answerId!),
    eq(incidents.outcome, 'dismissed'),
    gt(incidents.createdAt, editedAt ?? createdAt),
  )
  return (await db.$count(incidents, sound)) > 0
}

async function isWithinMembers(db: Writer, { id, reporterId }: Incident, now: Date) {
  await locked(db.select({ id: accounts.id }).from(accounts).where(eq(accounts.id, reporterId!)))
  const lately = and(
    eq(incidents.reporterId, reporterId!),
    isNull(incidents.outcome),
    gt(incidents.createdAt, new Date(now.getTime() - DAY_MS)),
    ne(incidents.id, id),
  )
  return (await db.$count(incidents, lately)) < MOST_HIDING
}

const OF_VISITORS = 'harm reports of visitors that hide'

/** Three a day of all of them, and nobody a second one while their first is open. The count keeps others waiting. */
async function isWithinVisitors(db: Writer, { id, visitorKey }: Incident, now: Date) {
  const { count } = await countAttempt(db, { key: OF_VISITORS, endsAt: dayAfter(now), now })
  const others = and(eq(incidents.visitorKey, visitorKey!), isNull(incidents.decidedAt), ne(incidents.id, id))
  const isWithin = count <= MOST_HIDING && (await db.$count(incidents, others)) === 0
  if (!isWithin) await forgiveAttempt(db, OF_VISITORS)
  return isWithin
}

/** Whoever has shown that an e-mail address is theirs has as many as a member. */
async function isWithinConfirmed(db: Writer, { visitorKey }: Incident, now: Date) {
  const { count } = await countAttempt(db, { key: `harm reports ${visitorKey}`, endsAt: dayAfter(now), now })
  return count <= MOST_HIDING
}

const dayAfter = (now: Date) => new Date(now.getTime() + DAY_MS)
