import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { tokensOf } from './words.ts'

const FOLDER = join(import.meta.dirname, '../../seed/terms')

/** A name as it stands in a text, and the other names for the same thing. */
type Phrase = { tokens: string[]; others: string[][] }

let known: ReturnType<typeof readPhrases> | undefined

/** The longest known name that begins here. */
export function phraseAt(tokens: string[], index: number): Phrase | undefined {
  known ??= readPhrases()
  return known
    .get(tokens[index]!)
    ?.find((phrase) => phrase.tokens.every((token, offset) => tokens[index + offset] === token))
}

/** All words of the term list: somebody who misspells one of them is understood even where nobody has used it yet. */
export function isTerm(token: string) {
  known ??= readPhrases()
  return known.has(token)
}

/** By their first word, the longest first. */
function readPhrases() {
  const groups = globSync('*.yaml', { cwd: FOLDER })
    .sort()
    .flatMap((file) => parse(readFileSync(join(FOLDER, file), 'utf8')) as string[][])
  const phrases = new Map<string, Phrase>()
  for (const names of groups) addGroup(phrases, names)
  const sorted = [...phrases.values()].sort((a, b) => b.tokens.length - a.tokens.length)
  return Map.groupBy(sorted, ({ tokens }) => tokens[0]!)
}

function addGroup(phrases: Map<string, Phrase>, names: string[]) {
  const group = new Map(names.map((name) => [tokensOf(name).join(' '), tokensOf(name)]))
  for (const [key, tokens] of group) {
    const others = [...group].filter(([other]) => other !== key).map(([, other]) => other)
    const phrase = phrases.get(key)
    if (phrase) phrase.others.push(...others)
    else phrases.set(key, { tokens, others })
  }
}
