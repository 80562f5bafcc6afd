import { and, eq, inArray, isNull } from 'drizzle-orm'
import type { Role } from '../accounts/queries.ts'
import { accounts, type answers, categories, questions, sessions, verifications } from '../database/schema.ts'
import type { Reader, Writer } from '../database/types.ts'

export const exampleEmail = (name: string) => `${name}@example.org`

/** Whether nobody has put anything into the forum yet. */
export async function isEmpty(db: Reader) {
  const [[category], [question]] = await Promise.all([
    db.select({ id: categories.id }).from(categories).limit(1),
    db.select({ id: questions.id }).from(questions).limit(1),
  ])
  return !category && !question
}

export async function findSubmission(db: Reader, table: typeof questions | typeof answers, submissionKey: string) {
  const [found] = await db.select({ id: table.id }).from(table).where(eq(table.submissionKey, submissionKey))
  return found
}

/** The example content's first person of this role. */
export async function findExample(db: Reader, role: Role) {
  const [example] = await db
    .select({ email: accounts.email })
    .from(accounts)
    .where(and(eq(accounts.isExample, true), eq(accounts.role, role), isNull(accounts.closedAt)))
    .orderBy(accounts.id)
    .limit(1)
  return example
}

/** What trying the forum out has left behind: nobody is an example of staff any more, or signed in as one of them. */
export async function lockExamples(db: Writer) {
  await db
    .delete(accounts)
    .where(and(eq(accounts.isExample, true), inArray(accounts.role, ['administrator', 'moderator'])))
  const examples = db.select({ id: accounts.id }).from(accounts).where(eq(accounts.isExample, true))
  await db.delete(sessions).where(inArray(sessions.accountId, examples))
  await db.delete(verifications).where(inArray(verifications.accountId, examples))
}
