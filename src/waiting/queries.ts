import { and, asc, desc, eq, gt, gte, isNotNull, sql } from 'drizzle-orm'
import { isShown } from '../answers/queries.ts'
import { pathsTo } from '../categories/queries.ts'
import { answers, categories, categoryQuestions, categoryWaits, questions } from '../database/schema.ts'
import type { Database, Reader, Writer } from '../database/types.ts'
import { listExperts } from '../experts/queries.ts'
import { countExpertsIn } from '../experts/scope-queries.ts'
import { isShown as isQuestionShown, type Question } from '../questions/queries.ts'
import { hasWaitedLong } from '../questions/waits.ts'
import { isWaiting } from './policy.ts'

const DAY_MS = 86_400_000
const LATELY_MS = 90 * DAY_MS
const ENOUGH = 5
const AT_ONCE = 200

export type Wait = NonNullable<Awaited<ReturnType<typeof findWait>>>

/** What an asker can expect there. None: it has not been reckoned yet. */
export async function findWait(db: Reader, categoryId: number) {
  const [wait] = await db
    .select({ medianSeconds: categoryWaits.medianSeconds, expertCount: categoryWaits.expertCount })
    .from(categoryWaits)
    .where(eq(categoryWaits.categoryId, categoryId))
  return wait
}

const RECENT = 50
const HOUR_MS = 3_600_000

/** Half of the last answered questions had their first answer within this many hours. None: too few to say. */
export async function findTypicalWait(db: Reader) {
  const recent = await db
    .select({ createdAt: questions.createdAt, answeredAt: questions.answeredAt })
    .from(questions)
    .where(and(isQuestionShown, isNotNull(questions.answeredAt), wasWaitedFor))
    .orderBy(desc(questions.answeredAt))
    .limit(RECENT)
  if (recent.length < ENOUGH) return undefined
  const hours = recent.map(({ createdAt, answeredAt }) => (answeredAt!.getTime() - createdAt.getTime()) / HOUR_MS)
  return Math.max(1, Math.round(hours.sort((a, b) => a - b)[Math.floor(hours.length / 2)]!))
}

/** Published with its answers, it says nothing of how long people wait. */
const wasWaitedFor = gt(questions.answeredAt, questions.createdAt)

type Waiting = { question: Question; categoryIds: number[]; viewerId?: number; now: Date }

/** What whoever waits is told. Nothing is looked for where nobody waits. */
export async function findWaiting(db: Reader, { question, categoryIds, viewerId, now }: Waiting) {
  if (!isWaiting(question)) return undefined
  const wait = await findWait(db, question.categoryId)
  const isOwn = viewerId !== undefined && viewerId === question.askerId
  const isLong = isOwn && hasWaitedLong(question, wait?.medianSeconds, now)
  return { wait, experts: isLong ? await listExperts(db, { categoryIds, limit: MOST_EXPERTS, now }) : [] }
}

const MOST_EXPERTS = 3

/** What askers can expect of every category, from what was so lately. */
export async function reckonWaits(database: Database, now: Date) {
  const [medians, places] = await Promise.all([
    listMedians(database.read, new Date(now.getTime() - LATELY_MS)),
    listPlaces(database.read),
  ])
  const byCategory = new Map(medians.map((median) => [median.categoryId, median]))
  const rows: WaitRow[] = []
  for (const { id, trail } of places) {
    const { seconds = null, total = 0 } = byCategory.get(id) ?? {}
    const expertCount = await countExpertsIn(database.read, trail, now)
    const medianSeconds = total < ENOUGH ? null : seconds
    rows.push({ categoryId: id, medianSeconds, answeredCount: total, expertCount, computedAt: now })
  }
  for (let start = 0; start < rows.length; start += AT_ONCE)
    await database.write((db) => saveWaits(db, rows.slice(start, start + AT_ONCE)))
}

type WaitRow = typeof categoryWaits.$inferInsert

/** By category: the wait that half of its first answers kept to, and how many there were. */
function listMedians(db: Reader, since: Date) {
  const first = db
    .select({
      categoryId: categoryQuestions.categoryId,
      seconds: answers.waitSeconds,
      rank: sql`row_number() over (partition by ${categoryQuestions.categoryId} order by ${answers.waitSeconds})`
        .mapWith(Number)
        .as('rank'),
      total: sql`count(*) over (partition by ${categoryQuestions.categoryId})`.mapWith(Number).as('total'),
    })
    .from(questions)
    .innerJoin(categoryQuestions, eq(categoryQuestions.questionId, questions.id))
    .innerJoin(answers, and(eq(answers.questionId, questions.id), eq(answers.createdAt, questions.answeredAt)))
    .where(and(isQuestionShown, gte(questions.answeredAt, since), isShown, isNotNull(answers.waitSeconds)))
    .as('first')
  return db
    .select({ categoryId: first.categoryId, seconds: first.seconds, total: first.total })
    .from(first)
    .where(sql`${first.rank} = (${first.total} + 1) / 2`)
}

/** Every category with the ids of its own and of all above it. */
async function listPlaces(db: Reader) {
  const rows = await db
    .select({ id: categories.id, path: categories.path })
    .from(categories)
    .orderBy(asc(categories.id))
  const ids = new Map(rows.map(({ id, path }) => [path, id]))
  return rows.map(({ id, path }) => ({ id, trail: pathsTo(path).flatMap((above) => ids.get(above) ?? []) }))
}

async function saveWaits(db: Writer, rows: WaitRow[]) {
  await db
    .insert(categoryWaits)
    .values(rows)
    .onConflictDoUpdate({
      target: categoryWaits.categoryId,
      set: {
        medianSeconds: sql`excluded.median_seconds`,
        answeredCount: sql`excluded.answered_count`,
        expertCount: sql`excluded.expert_count`,
        computedAt: sql`excluded.computed_at`,
      },
    })
}
