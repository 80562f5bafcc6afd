type Grades = Map<string, Map<string, number>>
type Run = Map<string, string[]>

type Scores = Record<(typeof measures)[number], number>
export const measures = ['MAP@10', 'MRR@10', 'NDCG@10', 'success@5', 'MAP'] as const

const DEPTH = 10
/** LiveQA's grades: 1 incorrect, 2 related, 3 incomplete, 4 excellent. */
const RELEVANT = 3

/** query, document and grade on each line, between tabs or spaces */
export function readGrades(text: string): Grades {
  const grades: Grades = new Map()
  for (const line of text.split('\n')) {
    const fields = line.trim().split(/\s+/)
    if (fields.length < 3) continue
    const [query, document, grade] = fields.length === 4 ? [fields[0]!, fields[2]!, fields[3]!] : fields
    const judged = grades.get(query!) ?? new Map<string, number>()
    judged.set(document!, Math.max(judged.get(document!) ?? 0, Number.parseInt(grade!, 10)))
    grades.set(query!, judged)
  }
  return grades
}

/** Each judged query counts, also one that has no relevant document or found none. */
export function scoreRun(grades: Grades, run: Run): Scores {
  const all = [...grades].map(([query, judged]) => scoreQuery(run.get(query) ?? [], judged))
  return Object.fromEntries(
    measures.map((measure) => [measure, all.reduce((sum, scores) => sum + scores[measure], 0) / all.length]),
  ) as Scores
}

/** A document that nobody judged is not relevant. */
export function scoreQuery(found: string[], judged: Map<string, number>): Scores {
  const isRelevant = found.map((document) => (judged.get(document) ?? 0) >= RELEVANT)
  const relevant = [...judged.values()].filter((grade) => grade >= RELEVANT).length
  const first = isRelevant.slice(0, DEPTH).indexOf(true)
  const gains = found.map((document) => gainOf(judged.get(document) ?? 0))
  const ideal = discounted([...judged.values()].map(gainOf).sort((a, b) => b - a))
  return {
    'MAP@10': averagePrecision(isRelevant.slice(0, DEPTH), relevant),
    'MRR@10': first < 0 ? 0 : 1 / (first + 1),
    'NDCG@10': ideal === 0 ? 0 : discounted(gains) / ideal,
    'success@5': isRelevant.slice(0, 5).includes(true) ? 1 : 0,
    MAP: averagePrecision(isRelevant, relevant),
  }
}

/** Divided by all relevant documents there are, found or not. */
function averagePrecision(isRelevant: boolean[], relevant: number) {
  let met = 0
  let sum = 0
  for (const [index, is] of isRelevant.entries()) if (is) sum += ++met / (index + 1)
  return relevant === 0 ? 0 : sum / relevant
}

/** Grades 1 to 4 are worth 0, 1, 3 and 7. */
const gainOf = (grade: number) => (grade > 1 ? 2 ** (grade - 1) - 1 : 0)

const discounted = (gains: number[]) =>
  gains.slice(0, DEPTH).reduce((sum, gain, index) => sum + gain / Math.log2(index + 2), 0)
