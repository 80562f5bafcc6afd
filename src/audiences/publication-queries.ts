import { and, asc, eq, isNull, ne } from 'drizzle-orm'
import { listThread } from '../answers/concealment-queries.ts'
import { rewordComment } from '../comments/queries.ts'
import { accounts, answers, comments, recalls, referrals } from '../database/schema.ts'
import type { Reader, Writer } from '../database/types.ts'
import { openToAll } from '../questions/audience-queries.ts'
import { listQuestion, type Question } from '../questions/queries.ts'
import { renumberPage } from '../questions/renumbering-queries.ts'

type Texts = Record<string, string>

/** What becomes public with a question besides its own text: what its asker said later, and what experts wrote. */
export async function listSaid(db: Reader, questionId: number) {
  const [said, answered, changed, passed] = await Promise.all([
    listComments(db, questionId),
    listAnswers(db, questionId),
    listReasons(db, questionId),
    listPassed(db, questionId),
  ])
  const beside = said.filter(({ isByAsker }) => !isByAsker)
  return {
    own: said.filter(({ isByAsker }) => isByAsker),
    experts: [
      ...answered.map((answer) => ({ ...answer, what: 'answer' as const })),
      ...changed.map((recall) => ({ ...recall, what: 'recall' as const })),
      ...beside.map(({ body, authorName: name }) => ({ body, name, what: 'comment' as const })),
      ...passed.map((referral) => ({ ...referral, what: 'referral' as const })),
    ],
  }
}

const listComments = (db: Reader, questionId: number) =>
  db
    .select({
      id: comments.id,
      kind: comments.kind,
      body: comments.body,
      authorName: comments.authorName,
      isByAsker: comments.isByAsker,
    })
    .from(comments)
    .where(and(eq(comments.questionId, questionId), ne(comments.kind, 'colleague'), isNull(comments.hiddenAt)))
    .orderBy(asc(comments.createdAt), asc(comments.id))

const isReadable = (questionId: number) => and(eq(answers.questionId, questionId), isNull(answers.hiddenAt))

/** Those that were withdrawn too: what they said stays behind a link. */
const listAnswers = (db: Reader, questionId: number) =>
  db
    .select({
      id: answers.id,
      body: answers.body,
      name: answers.expertName,
      expertId: answers.expertId,
      createdAt: answers.createdAt,
      withdrawnAt: answers.withdrawnAt,
    })
    .from(answers)
    .where(isReadable(questionId))
    .orderBy(asc(answers.createdAt), asc(answers.id))

/** Why an answer was put right, taken back or restored. */
const listReasons = (db: Reader, questionId: number) =>
  db
    .select({ body: recalls.reason, name: recalls.byName })
    .from(recalls)
    .innerJoin(answers, eq(answers.id, recalls.answerId))
    .where(isReadable(questionId))
    .orderBy(asc(recalls.createdAt), asc(recalls.id))

const listPassed = (db: Reader, questionId: number) =>
  db
    .select({ body: referrals.reason, name: referrals.expertName })
    .from(referrals)
    .where(eq(referrals.questionId, questionId))
    .orderBy(asc(referrals.createdAt), asc(referrals.id))

type Own = Awaited<ReturnType<typeof listSaid>>['own'][number]

/** How a form names what was said later. */
export const fieldOfSaid = ({ id }: Pick<Own, 'id'>) => `said${id}`

/** The question with its answers, in these words. Undefined: see `openToAll`. */
export async function publishToAll(db: Writer, question: Question, { texts, own, now }: Publication) {
  const { title = question.title, body = question.body, tried = null, imaging = null } = texts
  const opened = await openToAll(db, question, { title, body, tried, imaging }, now)
  if (!opened) return undefined
  for (const said of own) {
    const text = texts[fieldOfSaid(said)]
    if (text !== undefined && text !== said.body) await rewordComment(db, said, text)
  }
  const published = { ...opened, id: await renumberPage(db, opened.id) }
  await listQuestion(db, published)
  await listThread(db, published)
  return published
}

type Publication = { texts: Texts; own: Own[]; now: Date }

/** The experts whose answers became public. */
export const listAuthors = (db: Reader, questionId: number) =>
  db
    .select({ accountId: accounts.id, name: accounts.name, email: accounts.email })
    .from(answers)
    .innerJoin(accounts, eq(accounts.id, answers.expertId))
    .where(and(eq(answers.questionId, questionId), isNull(answers.hiddenAt), isNull(accounts.closedAt)))
    .orderBy(asc(accounts.id))
