import { eq } from 'drizzle-orm'
import { acceptAnswer } from '../../src/acceptance/queries.ts'
import { createComment, findComment, hideComment, type NewComment } from '../../src/comments/queries.ts'
import { answers, outcomeRequests } from '../../src/database/schema.ts'
import type { Database } from '../../src/database/types.ts'
import { outcomeToken } from '../../src/outcomes/links.ts'
import { planOutcomes } from '../../src/outcomes/queries.ts'
import { giveThanks } from '../../src/thanks/queries.ts'
import { answerSomething, askSomething, newKey } from '../fixtures.ts'
import { SECRET } from '../helper.ts'

type Among = { people: { member: number; expert: number; moderator: number }; categoryId: number; body: string }

const LONG_AGO = new Date('2026-01-05T09:00:00Z')

/** Questions with all that can be said beside their answers. */
export async function plantDiscussions(database: Database, { people, categoryId, body }: Among) {
  const { member, expert, moderator } = people
  const ask = (title: string) => askSomething(database, { askerId: member, categoryId, title })
  const [asked, followed, late] = [await ask('Asked back?'), await ask('Followed up?'), await ask('Too late?')]
  const answer = await answerSomething(database, followed.id, expert, 'Rest for a week.')
  const old = await answerSomething(database, late.id, expert, 'Rest for a month.')

  const byExpert = { authorId: expert, authorName: 'Vera Lund', isByAsker: false }
  const byAsker = { authorId: member, authorName: 'Quiet Heron 7', isByAsker: true }
  const say = (comment: Omit<NewComment, 'body' | 'submissionKey'>) =>
    database.write(async (db) => {
      const made = await createComment(db, { ...comment, body, submissionKey: newKey() }, { now: new Date() })
      if (typeof made === 'string') throw new Error(made)
      return made.comment.id
    })
  const clarification = { questionId: asked.id, kind: 'clarification' } as const
  const followUp = { questionId: followed.id, answerId: answer.id, kind: 'follow-up' } as const
  await say({ ...byExpert, ...clarification })
  const hidden = await say({ ...byAsker, ...clarification })
  await say({ ...byExpert, questionId: asked.id, kind: 'colleague' })
  for (const author of [byAsker, byExpert, byAsker]) await say({ ...author, ...followUp })
  const last = await say({ ...byExpert, ...clarification })

  await database.write(async (db) => {
    await hideComment(db, (await findComment(db, hidden))!, {
      hiddenById: moderator,
      hiddenReason: 'It names somebody who has not agreed to that.',
    })
    await acceptAnswer(db, answer)
    await giveThanks(db, { answerId: answer.id, accountId: member })
    await db.update(answers).set({ createdAt: LONG_AGO }).where(eq(answers.id, old.id))
    await planOutcomes(db, { questionId: followed.id, accountId: member, answeredAt: LONG_AGO })
    await db.update(outcomeRequests).set({ sentAt: LONG_AGO })
  })
  return { asked, followed, late, answer, comment: last, outcomes: await outcomeTokens(database) }
}

async function outcomeTokens(database: Database) {
  const [first, second] = await database.read.select().from(outcomeRequests).orderBy(outcomeRequests.week)
  return {
    open: outcomeToken(SECRET, first!.id, new Date()),
    told: outcomeToken(SECRET, second!.id, new Date()),
    old: outcomeToken(SECRET, first!.id, LONG_AGO),
  }
}
