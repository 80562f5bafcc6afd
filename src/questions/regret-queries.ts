import { and, asc, desc, eq, gte, isNotNull, isNull, like, lte, or } from 'drizzle-orm'
import { holdCategories, unfileQuestion } from '../categories/queries.ts'
import { isTakenBack, wasNeverAsked } from '../consents/queries.ts'
import {
  categories,
  comments,
  drafts,
  formerNumbers,
  outcomeRequests,
  questions,
  revisions,
} from '../database/schema.ts'
import type { Reader, Writer } from '../database/types.ts'
import { mayIdentify } from '../identity/blurring.ts'
import { SHOWN_TO_ITS_READERS } from './concealment-queries.ts'
import { asOf, datePage } from './dating-queries.ts'
import { isShown, listQuestion, type Question, UNCLAIMED } from './queries.ts'
import { renumberPage } from './renumbering-queries.ts'
import { isSleptOn } from './standing.ts'
import { writtenIn } from './texts.ts'

const DAY_MS = 86_400_000
/** Till then its asker may say yes to publishing what was held; after that it is a draft of theirs. */
const LEAVE_IS_AWAITED_MS = 14 * DAY_MS

/** Those whose asker has slept on them long enough. */
export async function listDueQuestions(db: Reader, now: Date, limit: number) {
  const due = await db
    .select({ id: questions.id, categoryId: questions.categoryId })
    .from(questions)
    .where(and(lte(questions.publishAt, now), isSleptOn))
    .orderBy(asc(questions.publishAt))
    .limit(limit)
  return due
}

/**
 * From now on everybody it is for sees it, as if it had been asked this moment: it waits from now, under a number of now, and
 * what it said before is nobody's to read. Undefined: it has been published or deleted meanwhile.
 */
export async function publishQuestion(db: Writer, { id, categoryId }: Pick<Question, 'id' | 'categoryId'>, now: Date) {
  await holdCategories(db, categoryId)
  if (!(await isAllowed(db, id))) return undefined
  const [woken] = await db
    .update(questions)
    .set({ ...SHOWN_TO_ITS_READERS, ...asOf(now), publishAt: null })
    .where(and(eq(questions.id, id), isSleptOn))
    .returning()
  if (!woken) return undefined
  await db.delete(revisions).where(eq(revisions.questionId, id))
  await datePage(db, id, now)
  const published = { ...woken, id: await renumberPage(db, id) }
  if (!published.audience) await listQuestion(db, published)
  return published
}

/** What was held is kept without leave to publish it: its asker is asked once a moderator has read it. */
export const lacksLeave = async (db: Reader, { askerId, audience }: Pick<Question, 'askerId' | 'audience'>) =>
  askerId !== null &&
  audience === null &&
  ((await isTakenBack(db, askerId, 'publication')) || (await wasNeverAsked(db, askerId, 'publication')))

/** Staff kept it back, and its asker has taken their leave back since, or has yet to give it. */
async function isAllowed(db: Reader, id: number) {
  const [question] = await db
    .select({ askerId: questions.askerId, audience: questions.audience })
    .from(questions)
    .where(eq(questions.id, id))
  if (!question?.askerId) return true
  if (await isTakenBack(db, question.askerId, 'health-data')) return false
  return question.audience !== null || !(await lacksLeave(db, question))
}

type Kept = Pick<Question, 'id' | 'categoryId'>

/**
 * Staff keep back no longer what was never published: it is as its asker left it, and published where that is due. What may
 * tell who somebody is nobody has pointed out to them: they have a day to look at it first.
 * Undefined: it was published before, is not kept back, or has been taken back.
 */
export async function releaseUnpublished(db: Writer, { id, categoryId }: Kept, now: Date) {
  await holdCategories(db, categoryId)
  const [released] = await db
    .update(questions)
    .set({ hiddenById: null, hiddenReason: null, heldAt: null, changedAt: now })
    .where(
      and(
        eq(questions.id, id),
        isNotNull(questions.publishAt),
        isNotNull(questions.hiddenReason),
        isNull(questions.withdrawnAt),
      ),
    )
    .returning()
  const rested = released && (await putOff(db, released, now))
  return (rested && rested.publishAt! <= now && (await publishQuestion(db, rested, now))) || rested
}

/** What may tell who they are was never pointed out to its asker. */
export const hasToLook = (question: Question) => question.isIdentityUnseen && mayIdentify(writtenIn(question))

export async function noteIdentitySeen(db: Writer, id: number) {
  await db.update(questions).set({ isIdentityUnseen: false }).where(eq(questions.id, id))
}

async function putOff(db: Writer, question: Question, now: Date) {
  if (question.askerId && !question.audience && (await wasNeverAsked(db, question.askerId, 'publication')))
    return restTill(db, question, new Date(now.getTime() + LEAVE_IS_AWAITED_MS))
  const tomorrow = new Date(now.getTime() + DAY_MS)
  return question.publishAt! >= tomorrow || !hasToLook(question) ? question : restTill(db, question, tomorrow)
}

async function restTill(db: Writer, question: Question, publishAt: Date) {
  await db.update(questions).set({ publishAt }).where(eq(questions.id, question.id))
  return { ...question, publishAt }
}

/** Nobody but its asker has ever seen it: nothing of it is left. False: it has been published or kept back meanwhile. */
export async function deleteUnpublished(db: Writer, id: number) {
  const deleted = await db
    .delete(questions)
    .where(and(eq(questions.id, id), isSleptOn))
    .returning({ id: questions.id })
  return deleted.length > 0
}

/** Taken back by its asker, for good. `wasShown`: till now; undefined where it had been taken back already. */
export async function withdrawQuestion(db: Writer, { id, categoryId }: Question, now: Date) {
  await holdCategories(db, categoryId)
  const taken = { ...UNCLAIMED, withdrawnAt: now, heldAt: null, changedAt: now }
  const isThis = and(eq(questions.id, id), isNull(questions.withdrawnAt))
  const shown = await db
    .update(questions)
    .set({ ...taken, hiddenAt: now })
    .where(and(isThis, isShown))
    .returning({ id: questions.id })
  if (shown.length > 0) await unfileQuestion(db, id)
  const hidden =
    shown.length > 0 ? [] : await db.update(questions).set(taken).where(isThis).returning({ id: questions.id })
  if (shown.length + hidden.length === 0) return undefined
  await db.delete(outcomeRequests).where(and(eq(outcomeRequests.questionId, id), isNull(outcomeRequests.sentAt)))
  return { wasShown: shown.length > 0 }
}

const TOLD_OF_MS = 30 * DAY_MS
const MOST_TOLD_OF = 50

/** For those who may have them from a feed; in a category, and in those below it. */
export async function listLatelyWithdrawn(db: Reader, now: Date, path?: string) {
  const since = new Date(now.getTime() - TOLD_OF_MS)
  const isBelow = path === undefined ? undefined : or(eq(categories.path, path), like(categories.path, `${path}/%`))
  const rows = await db
    .select({ id: questions.id, at: questions.withdrawnAt })
    .from(questions)
    .innerJoin(categories, eq(categories.id, questions.categoryId))
    .where(and(gte(questions.withdrawnAt, since), isNull(questions.audience), isNull(questions.publishAt), isBelow))
    .orderBy(desc(questions.withdrawnAt), desc(questions.id))
    .limit(MOST_TOLD_OF)
  return rows.map(({ id, at }) => ({ id, at: at! }))
}

const NOTHING = {
  title: 'Withdrawn',
  slug: 'withdrawn',
  body: '',
  bodyHtml: '',
  excerpt: '',
  ageBand: null,
  duration: null,
  tried: null,
  imaging: null,
  hiddenReason: null,
}

/** Nothing of what its asker wrote is left; its address goes on to say that it is gone. */
export async function eraseQuestion(db: Writer, id: number, now: Date) {
  await db
    .update(questions)
    .set({ ...NOTHING, erasedAt: now })
    .where(and(eq(questions.id, id), isNotNull(questions.withdrawnAt)))
  await db.delete(revisions).where(and(eq(revisions.questionId, id), isNull(revisions.answerId)))
  await db.delete(comments).where(and(eq(comments.questionId, id), eq(comments.isByAsker, true)))
  await db.delete(drafts).where(eq(drafts.questionId, id))
  await db.delete(formerNumbers).where(eq(formerNumbers.questionId, id))
}
