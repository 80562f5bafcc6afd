import { readJsonLines } from '../../scripts/json-lines.ts'

/** A question of a collection, as it would stand in a forum that had imported it. */
export type ImportedQuestion = { id: string; title: string; body: string; answer: string }

type Line = {
  id: string
  question: string
  title?: string
  focus?: string
  synonyms?: string[]
  publisher?: string
  url?: string
  answer?: string
}

export const readCorpus = (file: string) => readJsonLines<Line>(file).map(imported)

/** Where the publisher keeps the answer, the answer is a link. */
function imported({ id, question, title, focus, synonyms = [], publisher, url, answer }: Line): ImportedQuestion {
  const named = [focus, ...synonyms].filter(Boolean).join('; ')
  const link = url ? `[${publisher ?? 'The answer'}](<${encodeURI(decodeURI(url))}>)` : ''
  return { id, title: title ?? question, body: named, answer: answer || link }
}

export type Query = { id: string; title: string; body: string }

type QueryLine = { qid: string | number; subject?: string; message?: string; summary?: string; text?: string }

/** `original`: what an asker types; `summary`: what goes into a search box. */
export function readQueries(file: string, form: 'original' | 'summary'): Query[] {
  return readJsonLines<QueryLine>(file).map(({ qid, subject = '', message, summary, text = '' }) => {
    const id = String(qid)
    if (form === 'summary') return { id, title: '', body: summary ?? text }
    return message === undefined ? { id, title: '', body: text } : { id, title: subject, body: message }
  })
}
