/** The words of a document as they are indexed, each text joined by spaces. */
export type Tokens = { title: string; body: string; answer: string }

/** Which documents hold all of these words? */
export type Probe = { tokens: string[]; field: 'title' | 'any'; limit: number }

/** By how much a word is used more or less than before. */
export type TermChange = {
  term: string
  root: string
  prefix: string
  length: number
  documentCount: number
  questionCount: number
  titleCount: number
}
