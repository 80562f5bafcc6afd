import { globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'

const TESTS = join(import.meta.dirname, '../../tests')

/** `spans`: what in a text tells who somebody is. */
export type Labelled = { text: string; spans: string[] }

const readTexts = (file: string) =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim())
    .map((line): Labelled => {
      const { text, spans = [] } = JSON.parse(line)
      return { text, spans }
    })

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
