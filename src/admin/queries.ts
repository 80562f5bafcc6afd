import { and, desc, eq, gt, inArray, isNotNull, isNull, lt, or, type SQL, sql } from 'drizzle-orm'
import { locked } from '../database/dialect.ts'
import { accounts, answers, experts, formerNumbers, outbox, questions, type roles } from '../database/schema.ts'
import type { Reader, Writer } from '../database/types.ts'
import { indexExpert } from '../experts/queries.ts'
import { PAGE_SIZE, type Position } from '../lib/paging.ts'

export type Role = (typeof roles)[number]
export type ExpertProfile = Omit<
  typeof experts.$inferInsert,
  'accountId' | 'answerCount' | 'verifiedAt' | 'verifiedById' | 'verifiedUntil' | 'createdAt'
>

const MONTH_MS = 30 * 86_400_000

/** What waits for an administrator. */
export async function countWaiting(db: Reader, now = new Date()) {
  const isRecent = gt(outbox.createdAt, new Date(now.getTime() - MONTH_MS))
  const isUnsent = isNull(outbox.sentAt)
  const [failedMail, queuedMail, unverifiedExperts] = await Promise.all([
    db.$count(outbox, and(isRecent, isUnsent, isNull(outbox.nextAttemptAt))),
    db.$count(outbox, and(isRecent, isUnsent, isNotNull(outbox.nextAttemptAt))),
    db.$count(experts, isNull(experts.verifiedAt)),
  ])
  return { failedMail, queuedMail, unverifiedExperts }
}

// --- accounts -----------------------------------------------------------------------------------------------------

const listed = {
  id: accounts.id,
  name: accounts.name,
  email: accounts.email,
  role: accounts.role,
  isExample: accounts.isExample,
  createdAt: accounts.createdAt,
  handle: experts.handle,
  verifiedAt: experts.verifiedAt,
  verifiedUntil: experts.verifiedUntil,
}

const accountFilters = ['staff', 'experts', 'unverified'] as const

type AccountSearch = { q?: string; show?: (typeof accountFilters)[number]; after?: Position }

/** The newest first, one more than a page. `q` is a part of the name or of the address. */
export function searchAccounts(db: Reader, { q, show, after }: AccountSearch) {
  const shown: Record<(typeof accountFilters)[number], SQL | undefined> = {
    staff: inArray(accounts.role, ['moderator', 'administrator']),
    experts: isNotNull(experts.handle),
    unverified: and(or(isNotNull(experts.handle), eq(accounts.role, 'expert')), isNull(experts.verifiedAt)),
  }
  return db
    .select(listed)
    .from(accounts)
    .leftJoin(experts, eq(experts.accountId, accounts.id))
    .where(
      and(
        isNull(accounts.closedAt),
        q === undefined ? undefined : or(contains(accounts.name, q), contains(accounts.email, q)),
        show && shown[show],
        after && lt(accounts.id, after.id),
      ),
    )
    .orderBy(desc(accounts.id))
    .limit(PAGE_SIZE + 1)
}

export async function findAccountWithProfile(db: Reader, id: number) {
  const [row] = await db
    .select({ account: accounts, expert: experts })
    .from(accounts)
    .leftJoin(experts, eq(experts.accountId, accounts.id))
    .where(and(eq(accounts.id, id), isNull(accounts.closedAt)))
  return row
}

/** False where the last administrator would be gone: nothing is changed then. */
export async function changeRole(db: Writer, id: number, role: Role) {
  const administrators = await locked(
    db
      .select({ id: accounts.id })
      .from(accounts)
      .where(and(eq(accounts.role, 'administrator'), isNull(accounts.closedAt)))
      .orderBy(accounts.id),
  )
  const isLast = administrators.length === 1 && administrators[0]!.id === id
  if (isLast && role !== 'administrator') return false
  await db.update(accounts).set({ role, updatedAt: new Date() }).where(eq(accounts.id, id))
  return true
}

// --- experts ------------------------------------------------------------------------------------------------------

/** Makes the profile, or changes it. Fails where somebody else has the handle. */
export async function saveExpert(db: Writer, accountId: number, profile: ExpertProfile) {
  await db
    .insert(experts)
    .values({ accountId, ...profile })
    .onConflictDoUpdate({ target: experts.accountId, set: profile })
  await indexExpert(db, accountId)
}

/** Without regard to capitals; `%` and `_` are meant as they stand. */
function contains(column: typeof accounts.name | typeof accounts.email, text: string) {
  const pattern = `%${text.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`
  return sql`lower(${column}) like ${pattern} escape '\\'`
}

/** The question that a letter to whoever asked it leads to. */
export async function findAskedIn(db: Reader, text: string, accountId: number) {
  const [, kind, number] = /\/(questions|answers)\/(\d{1,15})/.exec(text) ?? []
  if (!number) return undefined
  const id = Number(number)
  const answered = db.select({ id: answers.questionId }).from(answers).where(eq(answers.id, id))
  const moved = db.select({ id: formerNumbers.questionId }).from(formerNumbers).where(eq(formerNumbers.number, id))
  const [question] = await db
    .select({ id: questions.id })
    .from(questions)
    .where(
      and(
        eq(questions.askerId, accountId),
        kind === 'answers' ? inArray(questions.id, answered) : or(eq(questions.id, id), inArray(questions.id, moved)),
      ),
    )
  return question?.id
}
