import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'

const FOLDER = join(import.meta.dirname, '../../seed/identity')

export const readList = (file: string) => readFileSync(join(FOLDER, file), 'utf8')
export const wordsIn = (text: string) => text.trim().replaceAll('\n', ' ').split(' ')
/** In YAML: words by the name of their list. */
export const readLists = (file: string) => parse(readList(file)) as Record<string, string>

/** Some of the lists in one file. */
export function wordSets<Name extends string>(file: string, names: readonly Name[]) {
  const lists = readLists(file)
  return Object.fromEntries(names.map((name) => [name, new Set(wordsIn(lists[name]!))])) as Record<Name, Set<string>>
}

/** One of these lists as it stands in a pattern, the longest first. */
export const anyOf = (words: Set<string>) =>
  `(?:${[...words]
    .sort((a, b) => b.length - a.length)
    .map((word) => word.replaceAll('_', ' '))
    .join('|')})`
