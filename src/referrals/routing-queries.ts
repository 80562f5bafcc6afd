import { and, asc, eq, isNull, ne, notInArray, or } from 'drizzle-orm'
import { accounts, declines, experts, questionRoutings } from '../database/schema.ts'
import type { Reader, Writer } from '../database/types.ts'
import { isVerifiedExpert } from '../database/verification.ts'
import { isInProfession, isInScope } from '../experts/scope-queries.ts'

type Routing = Pick<typeof questionRoutings.$inferInsert, 'questionId' | 'expertId' | 'reason'>

/** A colleague puts a question before an expert, who may have had it before them because it waited long. */
export async function passQuestionTo(db: Writer, to: Omit<Routing, 'reason'>, now: Date) {
  const passed = { reason: 'referred' as const, createdAt: now }
  await db
    .insert(questionRoutings)
    .values({ ...to, ...passed })
    .onConflictDoUpdate({ target: [questionRoutings.questionId, questionRoutings.expertId], set: passed })
}

/** Puts a question before an expert. False: it has been before. */
export async function routeQuestion(db: Writer, routing: Routing, now: Date) {
  const routed = await db
    .insert(questionRoutings)
    .values({ ...routing, createdAt: now })
    .onConflictDoNothing()
    .returning({ id: questionRoutings.expertId })
  return routed.length > 0
}

export async function withdrawRouting(db: Writer, { questionId, expertId }: Omit<Routing, 'reason'>) {
  await db
    .delete(questionRoutings)
    .where(and(eq(questionRoutings.questionId, questionId), eq(questionRoutings.expertId, expertId)))
}

export const recipient = {
  accountId: experts.accountId,
  handle: experts.handle,
  name: accounts.name,
  email: accounts.email,
  profession: experts.profession,
  leaveUntil: experts.leaveUntil,
  isExample: accounts.isExample,
}

export type Colleague = Awaited<ReturnType<typeof listColleagues>>[number]

const MOST_COLLEAGUES = 200

/**
 * To whom a question can be passed on, those on leave too; not those who declined it. Whoever asked it is among them if
 * they are an expert: left out they would be known.
 */
export function listColleagues(db: Reader, { questionId, categoryIds, exceptId, now }: Passing) {
  const declined = db.select({ id: declines.expertId }).from(declines).where(eq(declines.questionId, questionId))
  return db
    .select(recipient)
    .from(experts)
    .innerJoin(accounts, eq(accounts.id, experts.accountId))
    .where(
      and(
        isVerifiedExpert(now),
        isNull(accounts.closedAt),
        ne(experts.accountId, exceptId),
        notInArray(experts.accountId, declined),
        or(isInScope(db, categoryIds), isInProfession(db, categoryIds)),
      ),
    )
    .orderBy(asc(accounts.name), asc(experts.accountId))
    .limit(MOST_COLLEAGUES)
}

type Passing = { questionId: number; categoryIds: number[]; exceptId: number; now: Date }
