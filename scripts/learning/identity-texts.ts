import { globSync } from 'node:fs'
import { basename, join } from 'node:path'
import { readJsonLines } from '../json-lines.ts'

const TESTS = join(import.meta.dirname, '../../tests')

/** `spans`: what in a text tells who somebody is. */
export type Labelled = { text: string; spans: string[] }

export const readTexts = (file: string) =>
  readJsonLines<Partial<Labelled>>(file).map(({ text = '', spans = [] }): Labelled => ({ text, spans }))

const readAll = (pattern: string) => globSync(join(TESTS, pattern)).sort().flatMap(readTexts)

/** The labelled sets by their author: those of the project's own are one. */
export function readByAuthor(): Map<string, Labelled[]> {
  const byAuthor = new Map<string, Labelled[]>()
  for (const file of globSync(join(TESTS, 'identity/*.jsonl')).sort()) {
    const name = basename(file, '.jsonl')
    const author = name.startsWith('independent') ? name : 'our own'
    byAuthor.set(author, [...(byAuthor.get(author) ?? []), ...readTexts(file)])
  }
  return byAuthor
}

/** Short texts written to learn from. */
export const readLessons = () => readAll('identity/learning/*.jsonl')

/** Worried texts with hardly a name in them. */
export const readNameless = () => readAll('safety/*.jsonl').map(({ text }) => ({ text, spans: [] }))
