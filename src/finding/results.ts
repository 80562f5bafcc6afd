import type { Reader } from '../database/types.ts'
import type { Hit } from '../search/searching.ts'
import type { Marks } from './marks.ts'
import { listFoundAnswers, listFoundCategories, listFoundExperts, listFoundQuestions } from './queries.ts'
import type { Result } from './search-views.ts'
import { shownCategory, shownExpert, shownQuestion, shownSuggestion } from './views.ts'

/** What was found, in its order; what has gone meanwhile is left out. */
export async function loadResults(db: Reader, hits: Hit[], marks: Marks): Promise<Result[]> {
  const idsOf = (kind: Hit['kind']) => hits.flatMap((hit) => (hit.kind === kind ? hit.id : []))
  const questionIds = idsOf('question')
  const [questions, answers, experts, categories] = await Promise.all([
    listFoundQuestions(db, questionIds),
    answersByQuestion(db, questionIds),
    listFoundExperts(db, idsOf('expert')),
    listFoundCategories(db, idsOf('category')),
  ])
  const results = [
    ...questions.map((question) => shownQuestion(question, answers.get(question.id) ?? [], marks)),
    ...experts.map((expert) => shownExpert(expert, marks)),
    ...categories.map((category) => shownCategory(category, marks)),
  ]
  const byHit = new Map(results.map((result) => [`${result.kind} ${result.id}`, result]))
  return hits.flatMap(({ kind, id }) => byHit.get(`${kind} ${id}`) ?? [])
}

export async function loadSuggestions(db: Reader, hits: Hit[]) {
  const ids = hits.map(({ id }) => id)
  if (ids.length === 0) return []
  const [questions, answers] = await Promise.all([listFoundQuestions(db, ids), answersByQuestion(db, ids)])
  return questions
    .sort((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id))
    .map((question) => shownSuggestion(question, answers.get(question.id) ?? []))
}

const answersByQuestion = async (db: Reader, questionIds: number[]) =>
  Map.groupBy(await listFoundAnswers(db, questionIds), ({ questionId }) => questionId)
