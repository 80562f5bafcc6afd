import { singularOf } from './stems.ts'

/** A word of a text: what it is found by, and where it stands. */
export type Word = { token: string; start: number; end: number }

const LONGEST_TOKEN = 40
const LONGEST_WORD = 200
/** Bounded, so that no text, however odd, takes long. */
const ADDRESSES = /\b(?:https?:\/\/|www\.)\S+|[^\s@]{1,64}@[^\s@.]{1,64}\.[^\s@]{1,64}/gi
const WORDS = /[\p{L}\p{N}][\p{L}\p{N}\p{M}]*(?:['\u2019\u02bc][\p{L}\p{M}]+)*/gu
const MARKS = /\p{M}+/gu

/** Letters and digits alone are words: whatever else somebody types separates them and means nothing. */
export function wordsOf(text: string, most = Number.POSITIVE_INFINITY): Word[] {
  const words: Word[] = []
  for (const { 0: word, index } of withoutAddresses(text).matchAll(WORDS)) {
    if (words.length >= most) break
    const token = tokenOf(word)
    if (token) words.push({ token, start: index, end: index + word.length })
  }
  return words
}

export const tokensOf = (text: string, most?: number) => wordsOf(text, most).map(({ token }) => token)

/** "Alzheimer’s" → "alzheimer", "Oedema" → "edema", "knees" → "knee" */
function tokenOf(word: string) {
  const plain = word
    .slice(0, LONGEST_WORD)
    .normalize('NFKD')
    .toLowerCase()
    .replace(MARKS, '')
    .replace(/['\u2019\u02bc]s$/, '')
    .replace(/[^\p{L}\p{N}]+/gu, '')
  return inOneSpelling(singularOf(plain)).slice(0, LONGEST_TOKEN)
}

const SPELLINGS: [RegExp, string][] = [
  [/ae(?=[cdmnst])/, 'e'],
  [/^oe(?=[dst])/, 'e'],
  [/(?<=rrh|pn|f|hom|am|man)oe(?=[abcdtuv])/, 'e'],
  [/(?<=.{3})our$/, 'or'],
  [/(?<=.{3})is(?=(?:e|ed|es|ing|ation|ations)$)/, 'iz'],
  [/tre$/, 'ter'],
  [/bre$/, 'ber'],
  [/disk/, 'disc'],
]

/** British and American spelling find each other. */
const inOneSpelling = (word: string) =>
  word.length < 4 ? word : SPELLINGS.reduce((spelt, [pattern, letters]) => spelt.replace(pattern, letters), word)

export const withoutAddresses = (text: string) => text.replace(ADDRESSES, (address) => ' '.repeat(address.length))
