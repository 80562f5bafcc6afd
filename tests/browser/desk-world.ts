import { claimQuestion } from '../../src/claims/queries.ts'
import { answers, comments } from '../../src/database/schema.ts'
import type { Database } from '../../src/database/types.ts'
import { saveDraft } from '../../src/drafts/queries.ts'
import type { Question } from '../../src/questions/queries.ts'
import { declineQuestion, type NewReferral, referQuestion } from '../../src/referrals/queries.ts'
import { markWidened } from '../../src/referrals/widening-queries.ts'
import { askSomething, newKey, verifiedExpert } from '../fixtures.ts'
import type { State } from './states.ts'

type People = { member: number; expert: number }
type Desk = Awaited<ReturnType<typeof plantDesk>>['desk']

const REASON = 'It needs somebody who has seen many of these.\nAnd perhaps <em>two</em> of them.'

/** Questions in hand, taken by others, passed on in every way, declined, and waiting for long. */
export async function plantDesk(database: Database, { member, expert }: People, categoryId: number) {
  const colleague = (await verifiedExpert(database, 'Ugo Bassi')).account.id
  const ask = (title: string) => askSomething(database, { askerId: member, categoryId, title })
  const [held, taken, passed, waited] = [
    await ask('In hand?'),
    await ask('Taken by a colleague?'),
    await ask('Passed on, and on?'),
    await ask('Waiting for long?'),
  ]
  const claim = { now: new Date(), hours: 4 }
  await database.write((db) => claimQuestion(db, { ...claim, questionId: held.id, expertId: expert }))
  await database.write((db) => claimQuestion(db, { ...claim, questionId: taken.id, expertId: colleague }))
  await passOn(database, passed, { from: colleague, to: expert })
  await database.write(async (db) => {
    await markWidened(db, waited.id, new Date())
    const decline = { questionId: waited.id, expertId: colleague, reason: REASON }
    await declineQuestion(db, { ...decline, now: new Date() })
    await saveDraft(db, { key: newKey(), accountId: expert, questionId: waited.id, fields: { body: 'To begin with' } })
  })
  return { desk: { held, taken, passed, waited } }
}

async function passOn(database: Database, question: Question, { from, to }: { from: number; to: number }) {
  const refer = (referral: Pick<NewReferral, 'kind' | 'toExpertId'>) =>
    database.write((db) =>
      referQuestion(db, question, {
        ...referral,
        expert: { accountId: from, name: 'Ugo Bassi' },
        reason: REASON,
        submissionKey: newKey(),
        now: new Date(),
      }),
    )
  await refer({ kind: 'expert', toExpertId: to })
  await refer({ kind: 'in-person' })
}

/** The asker has said something to an answer, which is due for another look. */
export const plantFollowUp = (database: Database, questionId: number, answerId: number) =>
  database.write(async (db) => {
    await db.update(answers).set({ reviewBy: new Date(0) })
    await db.insert(comments).values({
      questionId,
      answerId,
      kind: 'follow-up',
      authorName: 'Quiet Heron 7',
      isByAsker: true,
      body: 'For how long?',
      bodyHtml: '<p>For how long?</p>',
      submissionKey: newKey(),
    })
  })

const pathOf = ({ id, slug }: Question) => `/questions/${id}/${slug}`

export const atTheDesk = ({ desk }: { desk: Desk }): State[] => {
  const { held, taken, passed, waited } = desk
  const answer = { body: 'Whichever eases it. Neither heals anything.', key: 'd'.repeat(30) }
  const as = 'expert'
  return [
    { path: '/desk', as },
    { path: '/desk?category=pain-and-symptoms&order=newest', as },
    { path: '/desk?show=asked', as },
    { path: '/desk', as: 'member', status: 403 },
    { path: '/desk/availability', as },
    { path: '/desk/availability', as, send: { capacity: '99', leaveUntil: '2020-01-01' }, status: 422 },
    ...[held, taken, passed, waited].flatMap((question): State[] => [
      { path: pathOf(question) },
      { path: pathOf(question), as: 'member' },
      { path: pathOf(question), as },
      { path: pathOf(question), as: 'moderator' },
    ]),
    { path: `/questions/${taken.id}/answers`, as, send: answer, status: 409 },
    { path: `/questions/${taken.id}/claim`, as, send: {}, status: 409 },
    { path: `/questions/${waited.id}/referral`, as },
    { path: `/questions/${waited.id}/referral`, as, send: { kind: 'expert' }, status: 422 },
    { path: `/questions/${waited.id}/referral`, as, send: { reason: '' }, status: 422 },
    { path: `/questions/${waited.id}/decline`, as },
    { path: `/questions/${waited.id}/decline`, as, send: { reason: '' }, status: 422 },
    { path: '/account/questions', as: 'member' },
  ]
}
