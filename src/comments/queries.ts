import { and, asc, eq, gt, inArray, isNotNull, isNull } from 'drizzle-orm'
import { accounts, answers, comments, experts, questions } from '../database/schema.ts'
import type { Reader, Writer } from '../database/types.ts'
import { renderMarkdown } from '../lib/markdown.ts'
import { type Concealment, lockQuestion, SHOWN } from '../questions/concealment-queries.ts'
import { settleDiscussion } from '../questions/discussion-queries.ts'
import { isLive } from '../questions/policy.ts'
import type { Question } from '../questions/queries.ts'
import { WHY_HELD } from '../safety/mark-queries.ts'

export type Comment = typeof comments.$inferSelect
export type CommentRow = Awaited<ReturnType<typeof listComments>>[number]

/** Below the heading of what they belong to: a question's part of the page, or an answer. */
const TOP_HEADING = { clarification: 3, colleague: 3, 'follow-up': 4 } as const

/** All of a question, in order, hidden ones and those among colleagues too: whoever calls this asks the policy. */
export function listComments(db: Reader, questionId: number) {
  return db
    .select({ comment: comments, handle: experts.handle, isExample: accounts.isExample })
    .from(comments)
    .leftJoin(accounts, eq(accounts.id, comments.authorId))
    .leftJoin(experts, eq(experts.accountId, comments.authorId))
    .where(eq(comments.questionId, questionId))
    .orderBy(asc(comments.createdAt), asc(comments.id))
}

export async function findComment(db: Reader, id: number) {
  const [comment] = await db.select().from(comments).where(eq(comments.id, id))
  return comment
}

/** Whom to tell. None where the account has been closed. */
export async function findCommentWriter(db: Reader, id: number) {
  const [writer] = await db
    .select({ accountId: accounts.id, name: accounts.name, email: accounts.email })
    .from(comments)
    .innerJoin(accounts, eq(accounts.id, comments.authorId))
    .where(eq(comments.id, id))
  return writer
}

// --- writing ------------------------------------------------------------------------------------------------------

export type NewComment = Pick<
  typeof comments.$inferInsert,
  'questionId' | 'answerId' | 'kind' | 'isByAsker' | 'authorName' | 'body' | 'submissionKey'
> & { authorId: number }

/** Why nothing more can be said there. */
export type Refusal = 'closed' | 'unread' | 'unasked' | 'left' | 'late' | 'enough'

const MOST_IN_A_ROW = { clarification: 3, 'follow-up': 3, colleague: 10 }

type Rules = {
  now: Date
  /** Until when an asker may come back to the answer. */
  until?: Date
  /** Whoever wrote it may be in danger: it waits for a moderator, whatever else speaks against it. */
  isHeld?: boolean
}

/** The same form posted twice makes one comment. */
export async function createComment(db: Writer, values: NewComment, { now, until, isHeld = false }: Rules) {
  const question = await lockQuestion(db, values.questionId)
  const [posted] = await db.select().from(comments).where(eq(comments.submissionKey, values.submissionKey))
  if (posted) return { comment: posted, isNew: false }
  const refusal =
    isHeld && question.erasedAt === null ? undefined : await refusalOf(db, question, values, until && until < now)
  if (refusal) return refusal
  const bodyHtml = renderMarkdown(values.body, TOP_HEADING[values.kind])
  const [comment] = await db
    .insert(comments)
    .values({ ...values, bodyHtml, createdAt: now, ...(isHeld && { hiddenAt: now, hiddenReason: WHY_HELD }) })
    .returning()
  if (values.kind !== 'colleague') await settleDiscussion(db, values.questionId, now)
  return { comment: comment!, isNew: true }
}

async function refusalOf(
  db: Writer,
  question: Question,
  values: NewComment,
  isLate = false,
): Promise<Refusal | undefined> {
  if (!isLive(question) || (question.status === 'closed' && values.kind !== 'colleague')) return 'closed'
  if (values.kind === 'clarification' && question.askerId === null) return 'left'
  if (values.answerId && !(await isAnswerRead(db, values.answerId))) return 'unread'
  if (values.kind === 'follow-up' && values.isByAsker && isLate) return 'late'
  const thread = await listThread(db, values)
  const isReply = (values.kind === 'clarification') === values.isByAsker
  if (values.kind !== 'colleague' && isReply && !isAnswerable(thread, values)) return 'unasked'
  return inARow(thread, values) >= MOST_IN_A_ROW[values.kind] ? 'enough' : undefined
}

const isAnswerRead = async (db: Writer, id: number) =>
  (await db.$count(answers, and(eq(answers.id, id), isNull(answers.hiddenAt), isNull(answers.withdrawnAt)))) > 0

type Place = Pick<NewComment, 'questionId' | 'answerId' | 'kind'>
type Said = Awaited<ReturnType<typeof listThread>>[number]
type Speaker = Pick<NewComment, 'kind' | 'isByAsker' | 'authorId'>

const isOf = ({ questionId, answerId, kind }: Place) =>
  and(
    eq(comments.questionId, questionId),
    eq(comments.kind, kind),
    answerId ? eq(comments.answerId, answerId) : isNull(comments.answerId),
  )

const listThread = (db: Reader, place: Place) =>
  db
    .select({ authorId: comments.authorId, isByAsker: comments.isByAsker, hiddenAt: comments.hiddenAt })
    .from(comments)
    .where(isOf(place))
    .orderBy(asc(comments.createdAt), asc(comments.id))

/** Somebody on the other side has said something that still stands. */
const isAnswerable = (thread: Said[], { isByAsker }: Speaker) =>
  thread.some((said) => said.isByAsker !== isByAsker && said.hiddenAt === null)

/** How often they have spoken since somebody on the other side did. Hidden or not: it was written. */
function inARow(thread: Said[], { kind, isByAsker, authorId }: Speaker) {
  const isOther = (said: Said) => (kind === 'colleague' ? said.authorId !== authorId : said.isByAsker !== isByAsker)
  const since = thread.slice(thread.findLastIndex(isOther) + 1)
  return since.filter((said) => said.authorId === authorId).length
}

/** In other words, which its writer chose. */
export async function rewordComment(db: Writer, { id, kind }: Pick<Comment, 'id' | 'kind'>, body: string) {
  const bodyHtml = renderMarkdown(body, TOP_HEADING[kind])
  await db.update(comments).set({ body, bodyHtml }).where(eq(comments.id, id))
}

// --- taking down --------------------------------------------------------------------------------------------------

/** False: somebody has replied to it meanwhile, or it is moderators' to delete. */
export async function deleteComment(db: Writer, comment: Comment, now = new Date()) {
  await lockQuestion(db, comment.questionId)
  if (!comment.isByAsker && !(await isLastOfThread(db, comment))) return false
  const deleted = await db
    .delete(comments)
    .where(and(eq(comments.id, comment.id), isNull(comments.withdrawnAt)))
    .returning({ id: comments.id })
  if (deleted.length > 0 && comment.kind !== 'colleague') await settleDiscussion(db, comment.questionId, now)
  return deleted.length > 0
}

/** Nobody else has said anything after it. */
export async function isLastOfThread(db: Reader, comment: Comment) {
  const rows = await db
    .select({ id: comments.id, authorId: comments.authorId })
    .from(comments)
    .where(and(isOf(comment), gt(comments.id, comment.id)))
  return rows.every((row) => row.authorId === comment.authorId)
}

/** False: it was hidden already. */
export const hideComment = (db: Writer, comment: Comment, concealment: Concealment) =>
  setHidden(db, comment, { ...concealment, hiddenAt: new Date() })

export const showComment = (db: Writer, comment: Comment) => setHidden(db, comment, SHOWN)

type Hidden = { hiddenAt: Date | null; hiddenById: number | null; hiddenReason: string | null }

async function setHidden(db: Writer, { id, kind, questionId }: Comment, hidden: Hidden) {
  await lockQuestion(db, questionId)
  const isOtherwise = hidden.hiddenAt
    ? isNull(comments.hiddenAt)
    : and(isNotNull(comments.hiddenAt), isNull(comments.withdrawnAt))
  const changed = await db
    .update(comments)
    .set(hidden)
    .where(and(eq(comments.id, id), isOtherwise))
    .returning({ id: comments.id })
  if (changed.length > 0 && kind !== 'colleague') await settleDiscussion(db, questionId)
  return changed.length > 0
}

// --- telling ------------------------------------------------------------------------------------------------------

/** The experts who asked its asker something, and whoever is answering it. */
export async function listAwaiting(db: Reader, questionId: number, now: Date) {
  const asked = await db
    .select({ id: comments.authorId })
    .from(comments)
    .where(
      and(
        eq(comments.questionId, questionId),
        eq(comments.kind, 'clarification'),
        eq(comments.isByAsker, false),
        isNull(comments.hiddenAt),
      ),
    )
  const claimed = await db
    .select({ id: questions.claimedById })
    .from(questions)
    .where(and(eq(questions.id, questionId), gt(questions.claimedUntil, now)))
  const ids = [...asked, ...claimed].map(({ id }) => id).filter((id) => id !== null)
  return db
    .select({ accountId: accounts.id, name: accounts.name, email: accounts.email })
    .from(accounts)
    .where(and(inArray(accounts.id, ids), isNull(accounts.closedAt)))
    .orderBy(asc(accounts.id))
}
