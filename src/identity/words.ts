import { bare, cueOf } from './lexicon.ts'

/** One word of a text, without the "'s" at its end. `gap` is what stands between it and the word before. */
export type Word = {
  text: string
  bare: string
  start: number
  end: number
  gap: string
  clitic: string
  cue: string | undefined
}

/** What cannot be seen does not end a word. */
const WORD = /\p{L}[\p{L}\p{M}\u00ad\u200b-\u200d\u2060]*(?:['’-]\p{L}[\p{L}\p{M}\u00ad\u200b-\u200d\u2060]*)*/gu
const CLITIC = /['’](?:s|m|re|ll|ve|d)$/i

export function wordsOf(text: string): Word[] {
  const words: Word[] = []
  let last = 0
  for (const { 0: whole, index } of text.matchAll(WORD)) {
    words.push(wordAt(whole, index, text.slice(last, index)))
    last = words.at(-1)!.end
  }
  return words
}

function wordAt(whole: string, start: number, gap: string): Word {
  const lower = whole.toLowerCase()
  const clitic = (whole.includes("'") || whole.includes('’')) && CLITIC.exec(lower)?.[0]
  const text = clitic ? whole.slice(0, -clitic.length) : whole
  const plain = bare(clitic ? lower.slice(0, -clitic.length) : lower)
  return {
    text,
    bare: plain,
    start,
    end: start + text.length,
    gap,
    clitic: clitic || '',
    cue: (clitic && cueOf(plain + clitic.replace('’', "'"))) || cueOf(plain),
  }
}
