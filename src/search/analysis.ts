import { substanceOf } from './chatter.ts'
import { readOperators } from './operators.ts'
import { type QuestionType, questionTypesOf } from './question-types.ts'
import { wordsOf } from './words.ts'

/** What somebody typed, taken apart; nothing of it knows the corpus. */
export type Analysis = {
  parts: Part[]
  types: Set<QuestionType>
  wordCount: number
  /** Words that must stand side by side. */
  phrases: string[][]
  excluded: string[]
  categoryPath?: string
}

/** A sentence: its words and how much weight it lends them. */
export type Part = { tokens: string[]; substances: number[]; emphasis: number }

const LONGEST_TEXT = 20_000
const MOST_WORDS = 1_500

/** For the ask page: whatever is typed there is prose. */
export function analyseQuestion(title: string, body: string): Analysis {
  const bodies = sentencesOf(body).map((text, index) => ({ text, emphasis: emphasisOf(text, index) }))
  return analysed([{ text: title.slice(0, LONGEST_TEXT), emphasis: title && body ? TITLE_EMPHASIS : 1 }, ...bodies])
}

/** For the search box: "…", -without and category:path mean something, anything else is a word or nothing. */
export function analyseSearch(text: string): Analysis {
  const { prose, ...operators } = readOperators(text.slice(0, LONGEST_TEXT))
  const sentences = sentencesOf(prose).map((sentence) => ({ text: sentence, emphasis: 1 }))
  return { ...analysed(sentences), ...operators }
}

const TITLE_EMPHASIS = 2
const QUESTION_EMPHASIS = 1.3
const OPENING = 4

/** A question asks more than a story tells, and the story's beginning more than its end. */
function emphasisOf(sentence: string, index: number) {
  const isQuestion = sentence.endsWith('?') || ASKS.test(sentence)
  return (isQuestion ? QUESTION_EMPHASIS : 1) / (1 + 0.06 * Math.max(0, index - OPENING))
}

const ASKS =
  /^\s*(?:what|how|why|when|where|who|which|is|are|can|could|do|does|did|should|would|will|has|have)\b|\b(?:want|like|need) to know\b|\bwonder(?:ing)?\b|\bplease (?:tell|advise|explain|help)\b/i

const sentencesOf = (text: string) => text.slice(0, LONGEST_TEXT).match(/[^.?!\n]+[.?!\n]*/g) ?? []

function analysed(sentences: { text: string; emphasis: number }[]): Analysis {
  const parts: Part[] = []
  const types = new Set<QuestionType>()
  let wordCount = 0
  for (const { text, emphasis } of sentences) {
    const tokens = wordsOf(text.trim(), MOST_WORDS - wordCount).map(({ token }) => token)
    if (tokens.length === 0) continue
    wordCount += tokens.length
    const found = questionTypesOf(tokens)
    for (const type of found.keys()) types.add(type)
    const cues = new Set([...found.values()].flatMap((places) => [...places]))
    const substances = tokens.map((token, index) => substanceOf(token) * (cues.has(index) ? CUE_SUBSTANCE : 1))
    parts.push({ tokens, substances, emphasis })
  }
  return { parts, types, wordCount, phrases: [], excluded: [] }
}

/** What kind of thing is asked is weighed by its kind; its words count less beside. */
const CUE_SUBSTANCE = 0.5
