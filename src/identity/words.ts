import { type Spelling, spellingOf } from './spellings.ts'

/** One word of a text. `gap` is what stands between it and the word before. */
export type Word = Spelling & { start: number; end: number; gap: string }

/** What cannot be seen does not end a word. */
const WORD = /\p{L}[\p{L}\p{M}\u00ad\u200b-\u200d\u2060]*(?:['’-]\p{L}[\p{L}\p{M}\u00ad\u200b-\u200d\u2060]*)*/gu

export function wordsOf(text: string): Word[] {
  const words: Word[] = []
  let last = 0
  for (const { 0: whole, index: start } of text.matchAll(WORD)) {
    const { text: written, bare, clitic, cue, shape, meaning, kind } = spellingOf(whole)
    const gap = text.slice(last, start)
    last = start + written.length
    words.push({ text: written, bare, clitic, cue, shape, meaning, kind, start, end: last, gap })
  }
  return words
}
