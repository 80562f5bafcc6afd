import { meaningOf, SURNAME } from './lexicon.ts'
import type { Word } from './words.ts'

export type Group = { first: number; last: number }

const INTRODUCING = /^(?:self|self-is|name-word|called|relation|closing|writing|sound|filed|carer|seeing)$/
const TITLES = /^(?:title|doctor-title)$/

export const isTitle = (word: Word | undefined) => TITLES.test(word?.cue ?? '')
export const isCapital = (word: Word | undefined) => word !== undefined && word.shape !== 'small'

/** The first word of a name, its titles counted in. */
export function firstWithTitles(words: Word[], { first }: Group) {
  let start = first
  while (start > 0 && isTitle(words[start - 1])) start -= 1
  return start
}

/** Whether somebody says that this is them, theirs, or who treats them. */
export function isIntroduced(words: Word[], group: Group) {
  const start = firstWithTitles(words, group)
  const isNear = (index: number) => INTRODUCING.test(words[index]?.cue ?? '') && words[index]!.bare !== 'i'
  if (isNear(start - 1)) return true
  return isNear(start - 2) && (words[start - 1]?.cue === 'being' || words[start - 1]?.cue === 'called')
}

/** "Sims' podcast", "Goodman's" */
export const isOwning = (words: Word[], { last }: Group) =>
  /^['’]s$/.test(words[last]!.clitic) || /^['’] /.test(words[last + 1]?.gap ?? '')

/** Nothing but a blank before the word, or the end of a genitive. */
export const isNext = (word: Word | undefined) => word !== undefined && /^(?:['’]s?)? $/.test(word.gap)

/** Up to so many words on either side, no further than the sentence goes. */
export function wordsAround(words: Word[], from: number, step: 1 | -1, most: number) {
  const found: Word[] = []
  for (let index = from; found.length < most; index += step) {
    const word = words[index]
    const gap = words[step === 1 ? index : index + 1]?.gap ?? ''
    if (!word || (isSentenceEnd(gap) && !isTitle(words[index]))) break
    found.push(word)
  }
  return found
}

const isSentenceEnd = (gap: string) => /[.!?](?:\s|$)|\n/.test(gap)

/** "the Hendersons" */
export const isFamily = ({ bare }: Word) => bare.endsWith('s') && (meaningOf(bare.slice(0, -1)) & SURNAME) !== 0
