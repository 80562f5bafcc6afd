import { and, eq, isNotNull, isNull } from 'drizzle-orm'
import { categories, questions } from '../database/schema.ts'
import type { Writer } from '../database/types.ts'
import { countOtherDrafts, deleteQuestionDrafts, saveDraftAnyhow } from '../drafts/queries.ts'
import { newKey } from '../lib/form-keys.ts'
import { isTakenBack, wasNeverAsked, withdrawConsent } from './queries.ts'

/** Not what staff keep back: somebody may be in danger. */
const isUnpublished = (accountId: number) =>
  and(
    eq(questions.askerId, accountId),
    isNotNull(questions.publishAt),
    isNull(questions.hiddenReason),
    isNull(questions.withdrawnAt),
  )

/** What nobody else has seen of what somebody asked. */
export async function deleteAllUnpublished(db: Writer, accountId: number) {
  await db.delete(questions).where(isUnpublished(accountId))
}

/** What was to be published to everybody is its writer's draft again. */
export async function unsendUnpublished(db: Writer, accountId: number) {
  const isPublic = and(isUnpublished(accountId), isNull(questions.audience))
  const unsent = await db
    .select({ question: questions, category: categories.path })
    .from(questions)
    .innerJoin(categories, eq(categories.id, questions.categoryId))
    .where(isPublic)
  for (const { question, category } of unsent) {
    const deleted = await db
      .delete(questions)
      .where(and(isPublic, eq(questions.id, question.id)))
      .returning({ id: questions.id })
    if (deleted.length > 0)
      await saveDraftAnyhow(db, { key: newKey(), accountId, fields: fieldsOf(question, category) })
  }
}

/**
 * Staff released what its asker had taken the consent to back of meanwhile, or did not give it then: it is deleted, or a draft.
 */
export async function followWithdrawal(db: Writer, questionId: number) {
  const [question] = await db.select({ askerId: questions.askerId }).from(questions).where(eq(questions.id, questionId))
  const accountId = question?.askerId
  if (!accountId) return
  if (await isTakenBack(db, accountId, 'health-data')) await deleteAllUnpublished(db, accountId)
  else if ((await isTakenBack(db, accountId, 'publication')) || (await wasNeverAsked(db, accountId, 'publication')))
    await unsendUnpublished(db, accountId)
}

/**
 * The box of a form that is not posted yet was ticked, a draft was kept, and now it is cleared: the consent is taken back,
 * unless something else rests on it.
 */
export async function takeBackCleared(db: Writer, accountId: number, { key, now }: { key: string; now: Date }) {
  const questionCount = await db.$count(questions, eq(questions.askerId, accountId))
  if (questionCount > 0 || (await countOtherDrafts(db, accountId, key)) > 0) return
  if (await withdrawConsent(db, accountId, { kind: 'health-data', now })) await deleteQuestionDrafts(db, accountId)
}

/** As its form was filled in. */
function fieldsOf(question: typeof questions.$inferSelect, category: string) {
  const { title, body, ageBand, duration, tried, imaging, isPseudonym } = question
  const fields = {
    category,
    title,
    body,
    ageBand,
    duration,
    tried,
    imaging,
    shownAs: isPseudonym ? 'pseudonym' : 'name',
  }
  return Object.fromEntries(Object.entries(fields).filter((field): field is [string, string] => field[1] !== null))
}
