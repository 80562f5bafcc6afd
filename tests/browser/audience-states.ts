import { eq } from 'drizzle-orm'
import { hideThread } from '../../src/answers/concealment-queries.ts'
import { noteLook } from '../../src/audiences/queries.ts'
import { comments, outbox, questions } from '../../src/database/schema.ts'
import type { Database } from '../../src/database/types.ts'
import { answerSomething, askSomething, newKey } from '../fixtures.ts'
import type { State } from './states.ts'
import type { World } from './world.ts'

type People = { member: number; expert: number; moderator: number }

/** Asked in confidence: of the experts of a category, read and answered; of one alone; hidden by staff. */
export async function plantConfidence(database: Database, people: People, categoryId: number) {
  const telling = 'My name is Mary-Ann O’Neill, born 12/3/1961. It has been sore since the birth.'
  const values = { askerId: people.member, categoryId, body: telling }
  const ofMany = await askSomething(database, {
    ...values,
    title: 'In confidence, of the experts?',
    audience: 'experts',
  })
  const one = { audience: 'expert' as const, addresseeId: people.expert }
  const ofOne = await askSomething(database, { ...values, ...one, title: 'In confidence, of one expert?' })
  const hidden = await askSomething(database, { ...values, ...one, title: 'In confidence and hidden?' })
  const alone = await askSomething(database, { ...values, audience: 'expert', title: 'In confidence, of nobody now?' })
  await answerSomething(database, ofMany.id, people.expert, 'Thank you, Mary-Ann O’Neill. Pelvic floor training helps.')
  await database.write(async (db) => {
    for (const [accountId, isStaff] of [
      [people.expert, false],
      [people.moderator, true],
    ] as const)
      await noteLook(db, { questionId: ofMany.id, accountId, isStaff, now: new Date() })
    await hideThread(db, hidden, { hiddenById: people.moderator, hiddenReason: 'It names somebody else.' })
    const body = 'Ask mary-ann@example.org, if you need more.'
    const asker = { isByAsker: true, authorId: people.member, authorName: ofMany.askerName }
    await db
      .insert(comments)
      .values({ ...asker, questionId: ofMany.id, kind: 'clarification', body, bodyHtml: body, submissionKey: newKey() })
    await db.update(questions).set({ commentCount: 1 }).where(eq(questions.id, ofMany.id))
  })
  const letterId = await plantLetter(database, people.member, ofMany.id)
  return { confidence: { ofMany, ofOne, hidden, alone, letterId } }
}

async function plantLetter(database: Database, accountId: number, questionId: number) {
  const text = `Hello Mia,\n\nhttps://example.org/questions/${questionId}`
  const letter = { accountId, recipient: 'mia@example.org', subject: 'Your question has an answer', text }
  const [row] = await database.write((db) => db.insert(outbox).values(letter).returning())
  return row!.id
}

export const confiding = ({ confidence, category, expertPath }: World): State[] => {
  const { ofMany, ofOne, letterId } = confidence
  const [many, one, hidden, alone] = [ofMany, ofOne, confidence.hidden, confidence.alone].map(
    ({ id, slug }) => `/questions/${id}/${slug}`,
  )
  const publication = `/questions/${ofMany.id}/publication`
  const letter = `/admin/outbox/${letterId}`
  const handle = expertPath.replace('/experts/', '')
  const asked = {
    title: 'What helps with a sore tailbone?',
    body: 'It has been sore since the spring, most of all when I sit.',
    category: category.path,
    key: 'c'.repeat(30),
  }
  return [
    { path: many!, as: 'member' },
    { path: many!, as: 'expert' },
    { path: many!, as: 'moderator' },
    { path: many!, status: 404 },
    { path: one!, as: 'member' },
    { path: one!, as: 'expert' },
    { path: hidden!, as: 'member' },
    { path: hidden!, as: 'moderator' },
    { path: `/questions/${ofOne.id}/referral`, as: 'expert' },
    { path: alone!, as: 'member' },
    { path: `/questions/${ofOne.id}/audience`, as: 'member' },
    { path: letter, as: 'administrator' },
    { path: letter, as: 'administrator', send: { reason: '' }, status: 422 },
    { path: letter, as: 'administrator', send: { reason: 'They say that nothing has come.' } },
    { path: publication, as: 'member' },
    { path: publication, as: 'member', send: { basis: '1' }, status: 409 },
    { path: `/ask?expert=${handle}`, as: 'member' },
    { path: '/ask?expert=nobody', as: 'member' },
    { path: '/ask', as: 'member', send: { ...asked, audience: 'expert', expert: 'nobody' }, status: 422 },
    { path: '/desk', as: 'expert' },
  ]
}
