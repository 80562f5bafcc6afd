import { randomBytes } from 'node:crypto'
import { count, eq, sql } from 'drizzle-orm'
import {
  ageBands,
  answers,
  categories,
  categoryQuestions,
  durations,
  experts,
  questions,
} from '../src/database/schema.ts'
import type { Writer } from '../src/database/types.ts'
import { newPseudonym } from '../src/lib/pseudonyms.ts'
import type { fillCategories } from './fill-categories.ts'
import type { fillExperts } from './fill-people.ts'
import { fillSearch } from './fill-search.ts'
import { createRandom, type Random } from './random.ts'
import type { makeTexts } from './texts.ts'

type Filling = {
  texts: ReturnType<typeof makeTexts>
  askers: { id: number }[]
  experts: Awaited<ReturnType<typeof fillExperts>>
  leaves: Awaited<ReturnType<typeof fillCategories>>['leaves']
  count: number
}

const SPAN_MS = 8 * 365 * 86_400_000
const DAY_MS = 86_400_000
/** SQLite takes 32,766 values in one statement. */
const ROWS_AT_ONCE = 1000
/** Answers a question has, each as likely as the next: about one. */
const ANSWERS = [0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 3]

/** Questions of these ids, asked one after the other over the years, each with its answers and filed in its categories. */
export async function fillThreads(db: Writer, filling: Filling, { from, to }: { from: number; to: number }) {
  const random = createRandom(from)
  const threads = Array.from({ length: to - from + 1 }, (_, index) => threadOf(filling, random, from + index))
  for (const some of inParts(threads)) {
    await db.insert(questions).values(some.map(({ question }) => question))
    await db.insert(categoryQuestions).values(some.flatMap(({ filed }) => filed))
  }
  for (const some of inParts(threads.flatMap((thread) => thread.answers))) await db.insert(answers).values(some)
  await fillSearch(db, threads, random)
}

/** Counts once what the forum counts up one by one. */
export async function countEverything(db: Writer) {
  const filed = db
    .select({ count: count() })
    .from(categoryQuestions)
    .where(eq(categoryQuestions.categoryId, categories.id))
  const answered = db.select({ count: count() }).from(answers).where(eq(answers.expertId, experts.accountId))
  await db.update(categories).set({ questionCount: sql`(${filed})` })
  await db.update(experts).set({ answerCount: sql`(${answered})` })
}

function threadOf(filling: Filling, random: Random, id: number) {
  const step = SPAN_MS / filling.count
  const createdAt = new Date(Date.now() - SPAN_MS + (id - random.next()) * step)
  // some categories have many questions, most have few
  const leaf = filling.leaves[Math.floor(random.next() ** 2 * filling.leaves.length)]!
  const written = answersOf(filling, random, { questionId: id, createdAt })
  const answeredAt = written[0]?.createdAt ?? null
  const question = {
    ...random.pick(filling.texts.questions),
    ...factsOf(random),
    id,
    categoryId: leaf.trail.at(-1)!,
    askerId: random.pick(filling.askers).id,
    askerName: newPseudonym(),
    status: answeredAt ? ('answered' as const) : ('open' as const),
    answerCount: written.length,
    submissionKey: newKey(),
    createdAt,
    waitsFrom: createdAt,
    answeredAt,
    changedAt: written.at(-1)?.createdAt ?? createdAt,
  }
  const filed = leaf.trail.map((categoryId) => ({ categoryId, questionId: id, createdAt }))
  return { question, filed, answers: written }
}

function answersOf({ texts, experts }: Filling, random: Random, { questionId, createdAt }: Asked) {
  const first = random.below(experts.length)
  const wait = random.next() * DAY_MS
  return Array.from({ length: random.pick(ANSWERS) }, (_, index) => {
    const { accountId, name, profession, credentials } = experts[(first + index) % experts.length]!
    return {
      ...random.pick(texts.answers),
      questionId,
      expertId: accountId,
      expertName: name,
      expertProfession: profession,
      expertCredentials: credentials,
      submissionKey: newKey(),
      createdAt: new Date(createdAt.getTime() + wait * (index + 1)),
    }
  })
}

type Asked = { questionId: number; createdAt: Date }

/** Most askers tell some of them. */
const factsOf = (random: Random) => ({
  ageBand: random.pick([null, ...ageBands]),
  duration: random.pick([null, ...durations]),
  tried: random.pick([null, 'Ibuprofen, heat, two weeks of rest']),
  imaging: random.pick([null, null, 'An X-ray in March, nothing broken']),
})

const newKey = () => randomBytes(24).toString('base64url')

const inParts = <Row>(rows: Row[]) =>
  Array.from({ length: Math.ceil(rows.length / ROWS_AT_ONCE) }, (_, part) =>
    rows.slice(part * ROWS_AT_ONCE, (part + 1) * ROWS_AT_ONCE),
  )
