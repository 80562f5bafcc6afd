import { tokensOf } from './words.ts'

const MOST_OPERATORS = 10

/** What the three signs of a search say, and what is left of it to read as prose. */
export function readOperators(text: string) {
  const phrases: string[][] = []
  const excluded: string[] = []
  let categoryPath: string | undefined
  const prose = text
    .normalize('NFC')
    .replace(/[\u201c\u201d\u201e\u201f]/g, '"')
    .replace(/(?<=^|\s)category:([\p{L}\p{N}/-]+)/iu, (_all, path) => {
      categoryPath = path.toLowerCase().replace(/^\/+|\/+$/g, '')
      return ' '
    })
    .replace(/(?<=^|\s)-([\p{L}\p{N}][^\s"]*)/gu, (_all, word) => {
      if (excluded.length < MOST_OPERATORS) excluded.push(...tokensOf(word, MOST_OPERATORS))
      return ' '
    })
    .replace(/"([^"]*)"/g, (_all, words) => {
      const tokens = tokensOf(words, MOST_OPERATORS)
      if (tokens.length > 0 && phrases.length < MOST_OPERATORS) phrases.push(tokens)
      return ` ${words} `
    })
  return { prose, phrases, excluded, categoryPath }
}
