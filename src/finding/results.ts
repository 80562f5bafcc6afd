import type { Reader } from '../database/types.ts'
import type { Hit } from '../search/searching.ts'
import { shownKinds } from './forms.ts'
import { answersByQuestion, loaders } from './kinds.ts'
import type { Marks } from './marks.ts'
import { listFoundQuestions } from './queries.ts'
import type { Result } from './search-views.ts'
import { shownSuggestion } from './views.ts'

/** What was found, in its order; what has gone meanwhile is left out. */
export async function loadResults(db: Reader, hits: Hit[], marks: Marks): Promise<Result[]> {
  const idsOf = (kind: Hit['kind']) => hits.flatMap((hit) => (hit.kind === kind ? hit.id : []))
  const results = await Promise.all(shownKinds.map((kind) => loaders[kind](db, idsOf(kind), marks)))
  const byHit = new Map(results.flat().map((result) => [`${result.kind} ${result.id}`, result]))
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
