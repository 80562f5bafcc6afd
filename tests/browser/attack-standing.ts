import { eq } from 'drizzle-orm'
import { findAnswer, listAnswers } from '../../src/answers/queries.ts'
import { basisOf } from '../../src/answers/views.ts'
import { answers, incidents } from '../../src/database/schema.ts'
import type { Database } from '../../src/database/types.ts'
import { reviewBasis } from '../../src/reviews/views.ts'
import { answerSomething, newKey, verifiedExpert } from '../fixtures.ts'
import { signedIn } from '../helper.ts'
import { allPayloads } from '../xss-payloads.ts'

type Poster = (url: string, cookie: string, fields: Record<string, string>) => Promise<void>

const someOf = (from: number, length: number) =>
  `${allPayloads.filter((_, index) => index % 7 === from).join('\n')} and so on`.slice(-length)

/** What experts say of each other's answers, and of themselves. @returns an answer that was taken back */
export async function plantStanding(post: Poster, database: Database, questionId: number) {
  const expert = await verifiedExpert(database, 'Ada Attacker')
  const [row] = await listAnswers(database.read, questionId)
  const { id } = row!.answer
  const basis = async () => basisOf((await findAnswer(database.read, id))!)
  await post(`/answers/${id}/countersign`, expert.cookie, {
    stance: 'disagrees',
    reason: someOf(0, 2_000),
    basis: await basis(),
  })
  const seen = reviewBasis((await findAnswer(database.read, id))!)
  await post(`/answers/${id}/review`, expert.cookie, { note: someOf(1, 1_000), basis: seen })
  await post('/account/profile', expert.cookie, {
    biography: someOf(2, 5_000),
    interests: someOf(3, 1_000),
    practice: `"><img src=x onerror=xss()>`,
    practiceUrl: 'https://example.org/"onmouseover="xss()',
  })
  await reportHarm(post, database, questionId)
  return { expert, withdrawnId: await withdraw(post, database, { questionId, expert }) }
}

/** What a visitor writes to staff, and what staff write in the place of an answer. */
async function reportHarm(post: Poster, database: Database, questionId: number) {
  const [moderator, expert] = [await signedIn(database, 'moderator'), await verifiedExpert(database, 'Ann Swers')]
  const answer = await answerSomething(database, questionId, expert.account.id, 'Stop whatever you take for a week.')
  await post(`/answers/${answer.id}/incidents`, '', { body: someOf(1, 5_000), key: newKey() })
  const [incident] = await database.read.select().from(incidents).where(eq(incidents.answerId, answer.id))
  const texts = { explanation: someOf(2, 2_000), notice: someOf(3, 1_000), basis: basisOf(answer) }
  await post(`/moderation/incidents/${incident!.id}/outcome`, moderator.cookie, { outcome: 'upheld', ...texts })
}

type Withdrawal = { questionId: number; expert: Awaited<ReturnType<typeof verifiedExpert>> }

async function withdraw(post: Poster, database: Database, { questionId, expert }: Withdrawal) {
  const body = someOf(4, 5_000)
  await post(`/questions/${questionId}/answers`, expert.cookie, { body, key: 'an-attack-that-is-long-enough' })
  const [mine] = await database.read.select().from(answers).where(eq(answers.expertId, expert.account.id))
  const edit = { body: `${body} and on`, basis: basisOf(mine!), correction: someOf(5, 1_000) }
  await post(`/answers/${mine!.id}/edit`, expert.cookie, edit)
  const current = (await findAnswer(database.read, mine!.id))!
  const reason = someOf(6, 1_000)
  await post(`/answers/${current.id}/withdrawal`, expert.cookie, { reason, basis: basisOf(current) })
  return current.id
}
