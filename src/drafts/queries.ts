import { and, desc, eq, gt, inArray, isNull, lt, ne, or } from 'drizzle-orm'
import { answers, comments, drafts, questions } from '../database/schema.ts'
import type { Reader, Writer } from '../database/types.ts'
import { newKey } from '../lib/form-keys.ts'

const DAY_MS = 86_400_000
/** Long enough to find the confirmation in one's mail; short, since it may hold what a stranger told of their health. */
const UNSIGNED_DAYS = 3
const SIGNED_DAYS = 90
const MOST_DRAFTS = 100

export type DraftFields = Record<string, string>
/** `address`: where its form is, unless that is the form of a question or of an answer. */
type Draft = { key: string; accountId?: number; questionId?: number; address?: string; fields: DraftFields }

/**
 * Saves over an earlier save of the same form. False: the key is somebody else's, what was written under it has been
 * posted, or its writer has more drafts than anybody needs.
 */
export async function saveDraft(db: Writer, { key, accountId, questionId, address, fields }: Draft) {
  if (await isPosted(db, key)) return false
  if (accountId !== undefined && (await hasTooMany(db, accountId, key))) return false
  const now = new Date()
  const expiresAt = new Date(now.getTime() + (accountId === undefined ? UNSIGNED_DAYS : SIGNED_DAYS) * DAY_MS)
  const saved = await db
    .insert(drafts)
    .values({ key, accountId, questionId, address, fields, expiresAt })
    .onConflictDoUpdate({
      target: drafts.key,
      set: { accountId, fields, updatedAt: now, expiresAt },
      setWhere: isOwn(accountId),
    })
    .returning({ id: drafts.id })
  return saved.length > 0
}

/** Keeps what cannot be kept under its own key, and returns the key it is kept under instead. */
export async function saveDraftAnyhow(db: Writer, draft: Draft) {
  if (await saveDraft(db, draft)) return draft.key
  const key = newKey()
  await saveDraft(db, { ...draft, key })
  return key
}

/** One's own, or one that nobody owns yet: then the key is the proof. */
export async function findDraft(db: Reader, key: string, accountId?: number) {
  const [draft] = await db
    .select()
    .from(drafts)
    .where(and(eq(drafts.key, key), isOwn(accountId), gt(drafts.expiresAt, new Date())))
  return draft
}

/** From now on only this account sees it. */
export async function adoptDraft(db: Writer, key: string, accountId: number) {
  const expiresAt = new Date(Date.now() + SIGNED_DAYS * DAY_MS)
  await db
    .update(drafts)
    .set({ accountId, expiresAt })
    .where(and(eq(drafts.key, key), isNull(drafts.accountId)))
}

export async function findAnswerDraft(db: Reader, accountId: number, questionId: number) {
  const [draft] = await db
    .select()
    .from(drafts)
    .where(and(eq(drafts.accountId, accountId), eq(drafts.questionId, questionId), isNull(drafts.address)))
    .orderBy(desc(drafts.updatedAt))
    .limit(1)
  return draft
}

/** Newest first. */
export function listDrafts(db: Reader, accountId: number) {
  return db
    .select()
    .from(drafts)
    .where(and(eq(drafts.accountId, accountId), gt(drafts.expiresAt, new Date())))
    .orderBy(desc(drafts.updatedAt))
    .limit(50)
}

/** How many more somebody has of questions they have not posted. */
export const countOtherDrafts = (db: Reader, accountId: number, key: string) =>
  db.$count(drafts, and(eq(drafts.accountId, accountId), isNull(drafts.questionId), ne(drafts.key, key)))

export async function deleteDraft(db: Writer, key: string, accountId?: number) {
  await db.delete(drafts).where(and(eq(drafts.key, key), isOwn(accountId)))
}

/** What they have written of questions of their own, posted or not. */
export async function deleteQuestionDrafts(db: Writer, accountId: number) {
  const own = db.select({ id: questions.id }).from(questions).where(eq(questions.askerId, accountId))
  await db
    .delete(drafts)
    .where(and(eq(drafts.accountId, accountId), or(isNull(drafts.questionId), inArray(drafts.questionId, own))))
}

export async function deleteExpiredDrafts(db: Writer, now = new Date()) {
  await db.delete(drafts).where(lt(drafts.expiresAt, now))
}

async function hasTooMany(db: Writer, accountId: number, key: string) {
  const others = and(eq(drafts.accountId, accountId), ne(drafts.key, key))
  return (await db.$count(drafts, others)) >= MOST_DRAFTS
}

async function isPosted(db: Writer, key: string) {
  for (const table of [questions, answers, comments])
    if ((await db.$count(table, eq(table.submissionKey, key))) > 0) return true
  return false
}

const isOwn = (accountId: number | undefined) =>
  accountId === undefined ? isNull(drafts.accountId) : or(isNull(drafts.accountId), eq(drafts.accountId, accountId))
