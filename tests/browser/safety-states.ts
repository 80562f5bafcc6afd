import { eq, inArray } from 'drizzle-orm'
import { watch } from '../../src/asking/watching.ts'
import { noteLook } from '../../src/audiences/queries.ts'
import { type Comment, createComment } from '../../src/comments/queries.ts'
import { accounts, questions } from '../../src/database/schema.ts'
import type { Database } from '../../src/database/types.ts'
import { saveDraft } from '../../src/drafts/queries.ts'
import { siteOf } from '../../src/notifications/site.ts'
import { type Question, updateQuestion } from '../../src/questions/queries.ts'
import { withdrawQuestion } from '../../src/questions/regret-queries.ts'
import { createMarks, endHolding } from '../../src/safety/mark-queries.ts'
import { ALLOWED, askSomething, newKey } from '../fixtures.ts'
import { signedIn } from '../helper.ts'
import type { State } from './states.ts'
import type { World } from './world.ts'

const URGENT = 'My back went on Monday. Since last night my groin is <b>numb</b> and I cannot pee.'
const CRISIS = 'I want to kill myself because of this pain.'
const WRITTEN = { title: 'What may I do with a sore back?', key: 'u'.repeat(30), considered: 'yes', ...ALLOWED }

/** A question whose asker went on, one that is held, and somebody whose age is not known. */
export async function plantUrgent(database: Database, askerId: number, categoryId: number) {
  const flagged = await askSomething(database, { askerId, categoryId, title: 'May it be urgent?', body: URGENT })
  const held = await askSomething(database, { askerId, categoryId, title: 'Held?', body: CRISIS })
  const site = siteOf({ baseUrl: undefined, basePath: '', host: '127.0.0.1', port: 0, siteName: 'Bone Health' })
  const found = (flag: string, severity: 'emergency' | 'crisis') => [{ flag, severity, pattern: '', places: [] }]
  await database.write(async (db) => {
    await watch(db, site, { question: flagged, found: found('cauda-equina', 'emergency'), now: new Date() })
    await watch(db, site, { question: held, found: found('suicide', 'crisis'), now: new Date() })
  })
  const below = await holdBelow(database, flagged)
  const unpublished = await plantUnpublished(database, { askerId, categoryId })
  const ageless = await signedIn(database, 'member', 'Abe Ageless')
  await database.write((db) =>
    db.update(accounts).set({ ageConfirmedAt: null }).where(eq(accounts.id, ageless.account.id)),
  )
  return { urgent: { flagged, held, below, ...unpublished, ageless: ageless.cookie } }
}

const DAY_MS = 86_400_000
/** What somebody in danger wrote who has yet to sign up. */
const UNSENT = 'v'.repeat(30)
const NAMED = `${CRISIS} My name is Ada King and I live in LS1 4AB.`

/** What a moderator has released to its asker, not published, or could not decide on before it was taken back. */
async function plantUnpublished(database: Database, asked: { askerId: number; categoryId: number }) {
  const now = new Date()
  const publishAt = new Date(now.getTime() + DAY_MS)
  const plant = (title: string) => askSomething(database, { ...asked, title, body: NAMED, publishAt })
  const [asleep, kept, taken] = [await plant('Slept on?'), await plant('Kept back?'), await plant('Taken back?')]
  await database.write(async (db) => {
    for (const { id } of [asleep, kept, taken])
      await createMarks(db, { questionId: id, flags: ['suicide'], isHeld: true }, now)
    await db
      .update(questions)
      .set({ isIdentityUnseen: true })
      .where(inArray(questions.id, [asleep.id, kept.id]))
    await saveDraft(db, { key: UNSENT, fields: { title: 'Unsent?', body: CRISIS } })
    await noteLook(db, { questionId: asleep.id, accountId: asked.askerId, isStaff: true, now })
    await endHolding(db, kept.id, 'Please call Samaritans.')
    await withdrawQuestion(db, taken, now)
    const { title, categoryId } = asleep
    const edit = { title, categoryId, body: `${NAMED} It is worse at night.`, editorId: asked.askerId }
    await updateQuestion(db, asleep, edit)
  })
  return { asleep, kept, taken }
}

/** A reply that waits for a moderator. */
async function holdBelow(database: Database, { id: questionId, askerId, askerName }: Question) {
  const values = {
    questionId,
    kind: 'clarification' as const,
    isByAsker: true,
    authorId: askerId!,
    authorName: askerName,
  }
  const now = new Date()
  return database.write(async (db) => {
    const said = { ...values, body: CRISIS, submissionKey: newKey() }
    const made = (await createComment(db, said, { now, isHeld: true })) as { comment: Comment }
    const { id: commentId } = made.comment
    await createMarks(db, { questionId, commentId, flags: ['suicide'], isHeld: true }, now)
    return commentId
  })
}

export const warning = ({ urgent: { flagged, held, below, ...urgent }, category, open }: World): State[] => {
  const { asleep, kept, taken } = urgent
  const asked = { ...WRITTEN, category: category.path }
  const unallowed = { title: WRITTEN.title, key: 'w'.repeat(30), category: category.path }
  const path = `/questions/${flagged.id}/${flagged.slug}`
  return [
    { path: '/ask', as: 'member', send: { ...asked, body: URGENT } },
    { path: '/ask', send: { ...asked, body: URGENT, action: 'preview' } },
    { path: '/ask', send: { ...asked, body: CRISIS } },
    { path: '/ask', send: { ...unallowed, body: CRISIS, warned: 'suicide' }, status: 422 },
    {
      path: '/ask',
      as: 'member',
      send: { ...asked, title: 'Too much', body: 'I took 40 paracetamol tablets.', action: 'preview' },
    },
    ...['/sign-up', '/sign-in'].map((path) => ({ path: `${path}?next=/ask?draft=${UNSENT}` })),
    { path: `/comments/${below}/withdrawal`, as: 'member' },
    { path: '/account/questions', as: 'member' },
    { path: '/ask', as: 'ageless', send: { ...asked, body: 'A stiff back since the weekend, nothing else.' } },
    { path: '/ask', as: 'ageless', send: { ...asked, body: 'A stiff back since the weekend.', age: 'none' } },
    { path: '/ask', as: 'member', send: { ...asked, body: CRISIS, category: '' } },
    { path: '/ask', as: 'member', send: { ...asked, body: URGENT, key: 'd'.repeat(30), action: 'draft' } },
    { path: '/ask', as: 'member', send: { ...asked, body: NAMED.replace(CRISIS, 'My back is stiff.') } },
    { path: '/search?q=I+want+to+kill+myself' },
    { path: '/search?q=my+groin+is+numb+and+I+cannot+pee' },
    { path: `/questions/${asleep.id}/${asleep.slug}`, as: 'member' },
    { path: `/questions/${asleep.id}/identity`, as: 'member' },
    { path: `/moderation/safety/${asleep.id}`, as: 'moderator' },
    { path: `/questions/${kept.id}/${kept.slug}`, as: 'member' },
    { path: `/questions/${kept.id}/help`, as: 'member' },
    { path: `/questions/${taken.id}/help`, as: 'member' },
    { path: `/moderation/safety/${kept.id}`, as: 'moderator' },
    { path: `/moderation/safety/${taken.id}`, as: 'moderator' },
    { path: '/ask/younger' },
    { path: '/ask/younger?country=US' },
    { path: `/questions/${open.id}/edit`, as: 'member', send: { ...asked, basis: '0', body: URGENT } },
    { path, as: 'expert' },
    { path, as: 'moderator' },
    { path: '/questions', as: 'expert' },
    { path: `/questions/${held.id}/help`, as: 'member' },
    { path: `/questions/${held.id}/${held.slug}`, as: 'member' },
    { path: `/questions/${held.id}/${held.slug}`, as: 'moderator' },
    { path: `/questions/${held.id}/${held.slug}`, status: 410 },
    { path: '/moderation/safety', as: 'moderator' },
    { path: `/moderation/safety/${held.id}`, as: 'moderator' },
    { path: `/moderation/safety/${held.id}`, as: 'moderator', send: { outcome: 'keep' }, status: 422 },
    { path: `/moderation/safety/${flagged.id}`, as: 'moderator' },
    { path: `/moderation/safety/comments/${below}`, as: 'moderator', send: { outcome: 'keep' }, status: 422 },
    { path: '/admin/safety', as: 'administrator' },
    { path: '/admin/safety/trial', as: 'administrator', send: { text: URGENT } },
    { path: '/admin/safety/flag/heart', as: 'administrator' },
    { path: '/admin/safety/flag/heart', as: 'administrator', send: { rule: 'name: [' }, status: 422 },
    { path: '/admin/safety/concept/saddle', as: 'administrator' },
    { path: '/admin/safety/country/GB', as: 'administrator' },
    { path: '/admin/safety/flag/of-our-own', as: 'administrator' },
  ]
}
