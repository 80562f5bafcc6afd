import type { Reader } from '../database/types.ts'
import type { ShownKind } from './forms.ts'
import type { Marks } from './marks.ts'
import { listFoundAnswers, listFoundCategories, listFoundExperts, listFoundQuestions } from './queries.ts'
import type { Result } from './search-views.ts'
import { shownCategory, shownExpert, shownQuestion } from './views.ts'

type Load = (db: Reader, ids: number[], marks: Marks) => Promise<Result[]>

/** How what was found of each kind is read and shown. */
export const loaders: Record<ShownKind, Load> = {
  async question(db, ids, marks) {
    const [questions, answers] = await Promise.all([listFoundQuestions(db, ids), answersByQuestion(db, ids)])
    return questions.map((question) => shownQuestion(question, answers.get(question.id) ?? [], marks))
  },
  expert: async (db, ids, marks) => (await listFoundExperts(db, ids)).map((expert) => shownExpert(expert, marks)),
  category: async (db, ids, marks) =>
    (await listFoundCategories(db, ids)).map((category) => shownCategory(category, marks)),
}

export const answersByQuestion = async (db: Reader, questionIds: number[]) =>
  Map.groupBy(await listFoundAnswers(db, questionIds), ({ questionId }) => questionId)
