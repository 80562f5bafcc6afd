import { impersonal, isShortNumber } from '../search/impersonal.ts'
import { isTerm } from '../search/synonyms.ts'
import { type Word, wordsOf } from '../search/words.ts'

const LONGEST = 100
const CAPITALISED = /^\p{Lu}\p{Ll}/u

/**
 * What of a search may be kept: its words in one spelling, without those that could lead to somebody. Names written
 * small are not told from other words.
 */
export function anonymousWords(text: string) {
  const rest = impersonal(text)
  const words = wordsOf(rest)
  const kept = words.filter((_word, index) => !isName(rest, words, index)).map(({ token }) => token)
  return shortened(kept.filter(isShortNumber))
}

/** A capital letter begins a sentence, a known term or a name. */
function isName(text: string, words: Word[], index: number) {
  const { token } = words[index]!
  const isCapitalised = (word: Word | undefined) => word !== undefined && CAPITALISED.test(text.slice(word.start))
  if (!isCapitalised(words[index]) || isTerm(token)) return false
  return index > 0 || isCapitalised(words[index + 1])
}

/** Whole words only: half of one may be a name again. */
function shortened(tokens: string[]) {
  let text = ''
  for (const token of tokens) {
    const longer = text ? `${text} ${token}` : token
    if (longer.length > LONGEST) break
    text = longer
  }
  return text
}
