import { and, asc, eq, exists, gt, inArray, isNull, type SQL } from 'drizzle-orm'
import { isShown as isAnswerShown } from '../answers/queries.ts'
import { accounts, answers, categories, comments, consents, questions } from '../database/schema.ts'
import type { Reader } from '../database/types.ts'
import { isShown } from '../questions/queries.ts'

/** `version`: of the wording that holds now; a yes to other words was to something else. */
type Allowing = { version: number; after: number; limit: number }

/** What anybody can read, of people who allow it for research; no examples, and nothing whose asker we have forgotten. */
export const listAllowed = (db: Reader, { version, after, limit }: Allowing) =>
  db
    .select({ question: questions, category: categories.path, askerName: accounts.name })
    .from(questions)
    .innerJoin(accounts, and(eq(accounts.id, questions.askerId), eq(accounts.isExample, false)))
    .innerJoin(categories, eq(categories.id, questions.categoryId))
    .where(and(isShown, gt(questions.id, after), exists(yesOf(db, eq(consents.accountId, questions.askerId), version))))
    .orderBy(asc(questions.id))
    .limit(limit)

export type Allowed = Awaited<ReturnType<typeof listAllowed>>[number]

/** What their askers said later. */
export const listAdded = (db: Reader, questionIds: number[]) =>
  db
    .select({ questionId: comments.questionId, body: comments.body })
    .from(comments)
    .where(and(inArray(comments.questionId, questionIds), eq(comments.isByAsker, true), isNull(comments.hiddenAt)))
    .orderBy(asc(comments.id))

/** Of experts who allow it too. */
export const listAllowedAnswers = (db: Reader, questionIds: number[], version: number) =>
  db
    .select({
      questionId: answers.questionId,
      profession: answers.expertProfession,
      body: answers.body,
      name: answers.expertName,
    })
    .from(answers)
    .where(
      and(
        inArray(answers.questionId, questionIds),
        isAnswerShown,
        exists(yesOf(db, eq(consents.accountId, answers.expertId), version)),
      ),
    )
    .orderBy(asc(answers.id))

const yesOf = (db: Reader, isTheirs: SQL, version: number) =>
  db
    .select({ id: consents.id })
    .from(consents)
    .where(and(isTheirs, eq(consents.kind, 'research'), eq(consents.version, version), isNull(consents.withdrawnAt)))
