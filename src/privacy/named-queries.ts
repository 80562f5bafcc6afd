import { eq } from 'drizzle-orm'
import { accounts, answers, categories, questions } from '../database/schema.ts'
import type { Reader } from '../database/types.ts'

/** What a question is called before somebody: its title, or that it is gone or not theirs to read. */
export async function findTitle(db: Reader, id: number, accountId: number) {
  const [question] = await db
    .select({
      title: questions.title,
      askerId: questions.askerId,
      hiddenAt: questions.hiddenAt,
      erasedAt: questions.erasedAt,
    })
    .from(questions)
    .where(eq(questions.id, id))
  if (!question || question.erasedAt) return 'gone'
  return question.hiddenAt === null || question.askerId === accountId ? { title: question.title } : 'closed'
}

export async function findAnswered(db: Reader, answerId: number) {
  const [answer] = await db
    .select({ questionId: answers.questionId, expertName: answers.expertName })
    .from(answers)
    .where(eq(answers.id, answerId))
  return answer
}

/** By its id, or by its path. */
export async function findCategoryName(db: Reader, key: number | string) {
  const [category] = await db
    .select({ name: categories.name })
    .from(categories)
    .where(typeof key === 'number' ? eq(categories.id, key) : eq(categories.path, key))
  return category?.name
}

export async function findName(db: Reader, accountId: number) {
  const [account] = await db.select({ name: accounts.name }).from(accounts).where(eq(accounts.id, accountId))
  return account?.name
}
