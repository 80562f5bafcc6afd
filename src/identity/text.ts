import { type Word, wordsOf } from './words.ts'

/** A text with its words, read once for all that is looked for in it. */
export type Text = { text: string; words: Word[] }

export const textOf = (text: string): Text => ({ text, words: wordsOf(text) })

/** The place in `words` of the first that begins at `position` or later. */
export function wordIndexAt({ words }: Text, position: number) {
  let [low, high] = [0, words.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (words[middle]!.start < position) low = middle + 1
    else high = middle
  }
  return low
}

const SENTENCE_END = /[.!?](?=\s)|\n/

/** The words before a position, the nearest first, back to the start of the sentence. */
export function* wordsBefore(reading: Text, position: number, most: number) {
  let end = position
  const first = wordIndexAt(reading, position) - 1
  for (let index = first; index >= 0 && index > first - most; index -= 1) {
    const word = reading.words[index]!
    const gap = reading.text.slice(word.end, end)
    if (gap.length > 1 && SENTENCE_END.test(gap) && !isAbbreviated(word, gap)) return
    yield { word, gap, index }
    end = word.start
  }
}

const isAbbreviated = ({ bare }: Word, gap: string) =>
  gap.startsWith('.') &&
  !gap.includes('\n') &&
  /^(?:no|nr|tel|mob|ref|hosp|b|d|o|acc|num|ph|geb|ext|dob|pt|st|dr|sept?)$/.test(bare)

/** The words after a position, the nearest first. */
export function* wordsAfter(reading: Text, position: number, most: number) {
  let end = position
  const first = wordIndexAt(reading, position)
  for (let index = first; index < reading.words.length && index < first + most; index += 1) {
    const word = reading.words[index]!
    const gap = reading.text.slice(end, word.start)
    if (gap.length > 1 && SENTENCE_END.test(gap)) return
    yield { word, gap, index }
    end = word.end
  }
}
