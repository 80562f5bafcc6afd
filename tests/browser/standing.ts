import { eq } from 'drizzle-orm'
import { findAnswer, updateAnswer } from '../../src/answers/queries.ts'
import { saveCountersign } from '../../src/countersigns/queries.ts'
import { answers, categoryWaits, expertCredentials, experts } from '../../src/database/schema.ts'
import type { Database } from '../../src/database/types.ts'
import { findVerifiedExpert } from '../../src/experts/queries.ts'
import { recordCorrection, withdrawAnswer } from '../../src/recalls/queries.ts'
import { reviewAnswer } from '../../src/reviews/queries.ts'
import { answerSomething, askSomething, verifiedExpert } from '../fixtures.ts'

type Among = { people: { member: number; expert: number; moderator: number }; categoryId: number; body: string }

const DAY_MS = 86_400_000
const LONG = `${'A reason that goes on. '.repeat(12)}\n${'Averylongwordwithoutanybreak'.repeat(6)}`

/** Answers that others have judged, that were checked, put right and taken back; a question that waits too long. */
export async function plantStanding(database: Database, { people, categoryId, body }: Among) {
  const ask = (title: string, createdAt?: Date) =>
    askSomething(database, { askerId: people.member, categoryId, title, createdAt })
  const [judged, withdrawn, byStaff] = [await ask('Judged?'), await ask('Withdrawn?'), await ask('Withdrawn by staff?')]
  const waiting = await ask('Waiting for long?', new Date(Date.now() - 9 * DAY_MS))
  const answer = await answerSomething(database, judged.id, people.expert, body)
  await judge(database, answer.id, people)
  const own = await answerSomething(database, withdrawn.id, people.expert, body)
  await withdraw(database, own.id, { byId: people.expert, byName: 'Vera Lund' })
  const other = await answerSomething(database, byStaff.id, people.expert, body)
  await withdraw(database, other.id, { byId: people.moderator, byName: 'Mo Moderator' })
  await plantProfile(database, people, categoryId)
  return { judged, withdrawn, byStaff, waiting, answer, own, other, byOther: await plantByOther(database, judged.id) }
}

async function plantByOther(database: Database, questionId: number) {
  const { account } = await verifiedExpert(database, 'Olga Other')
  return (await answerSomething(database, questionId, account.id, 'Move a little every hour.')).id
}

async function judge(database: Database, answerId: number, { expert }: Among['people']) {
  const stances = ['agrees', 'agrees-with-caveat', 'disagrees'] as const
  const now = new Date()
  for (const [index, stance] of stances.entries()) {
    const { account } = await verifiedExpert(database, `Judge Number${index}`)
    await database.write(async (db) => {
      const signed = (await findVerifiedExpert(db, account.id))!
      const reason = stance === 'agrees' ? null : LONG
      await saveCountersign(db, (await findAnswer(db, answerId))!, { stance, reason, expert: signed, now })
    })
  }
  await database.write(async (db) => {
    const answer = (await findAnswer(db, answerId))!
    await updateAnswer(db, answer, { body: 'Less is more, and later.', editorId: expert })
    await recordCorrection(db, answer, { reason: LONG, byId: expert, byName: 'Vera Lund', now })
    const reviewer = { accountId: expert, name: 'Vera Lund' }
    await reviewAnswer(db, (await findAnswer(db, answerId))!, { expert: reviewer, now, note: LONG, reviewMonths: 1 })
    const due = new Date(now.getTime() - 60 * DAY_MS)
    await db.update(answers).set({ reviewBy: due }).where(eq(answers.id, answerId))
  })
}

const withdraw = (database: Database, answerId: number, by: { byId: number; byName: string }) =>
  database.write(async (db) => {
    await withdrawAnswer(db, (await findAnswer(db, answerId))!, { ...by, reason: LONG, now: new Date() })
  })

async function plantProfile(database: Database, { expert, moderator }: Among['people'], categoryId: number) {
  const now = new Date()
  await database.write(async (db) => {
    const told = { interests: LONG, practice: 'Clinic at the Quay', practiceUrl: 'https://quay.example.org/' }
    await db.update(experts).set(told).where(eq(experts.accountId, expert))
    await db.insert(expertCredentials).values({
      expertId: expert,
      issuer: 'Health Council',
      number: 'PT 1234',
      registerUrl: 'https://register.example.org/1234',
      checkedAt: now,
      checkedById: moderator,
      checkAgainAt: new Date(now.getTime() + 300 * DAY_MS),
    })
    await db
      .insert(categoryWaits)
      .values({ categoryId, medianSeconds: 40_000, answeredCount: 9, expertCount: 3, computedAt: now })
  })
}
