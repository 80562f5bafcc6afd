import { Context, type ContextName, type Contexts, readContexts } from './contexts.ts'
import { createLexicon, type Mention, type Mentions, type Terms } from './lexicon.ts'
import { type Words, wordsOf } from './words.ts'

export const conceptKinds = ['symptom', 'deed', 'disease', 'risk', 'crisis', 'cue'] as const
export type ConceptKind = (typeof conceptKinds)[number]

/** A text as it is understood: its words, what they mention, and which of it does not count. */
export type Reading = { words: Words; mentions: Mentions; bits: Contexts; isFigure: Uint8Array }

/** What makes a mention of each kind not count. */
const RULED_OUT_BY: Record<ConceptKind, ContextName[]> = {
  symptom: ['negated', 'past', 'chronic', 'over', 'imagined', 'asked', 'told'],
  deed: ['past', 'chronic', 'over', 'imagined', 'asked', 'told'],
  disease: ['negated', 'past', 'chronic', 'over', 'imagined', 'asked', 'told', 'feared'],
  risk: ['negated', 'imagined', 'told'],
  crisis: ['negated', 'past', 'asked', 'told'],
  cue: [],
}

const FIGURE_OF_SPEECH = 'figure of speech'

export const maskOf = (names: readonly ContextName[]) => names.reduce((mask, name) => mask | Context[name], 0)

/** The bits that make a mention not count, for each list of words. */
export const masksOf = (concepts: { name: string; is: ConceptKind }[]) =>
  new Map(concepts.map(({ name, is }) => [name, maskOf(RULED_OUT_BY[is])]))

/** Reads texts. The time it takes grows with the length of a text and in no other way. */
export function createReader(concepts: Terms[], masks: ReadonlyMap<string, number>) {
  const find = createLexicon(concepts)
  return (text: string): Reading => {
    const words = wordsOf(text)
    const found = find(words)
    const isFigure = marksOf(words.count, found.get(FIGURE_OF_SPEECH) ?? [])
    const mentions = withoutFigures(found, isFigure)
    return { words, mentions, bits: readContexts(words, mentions, termsThatMean(mentions, masks)), isFigure }
  }
}

function marksOf(count: number, mentions: Mention[]) {
  const marks = new Uint8Array(count)
  for (const { from, to } of mentions) marks.fill(1, from, to + 1)
  return marks
}

/** "My back is killing me" says nothing of being killed. */
function withoutFigures(mentions: Mentions, isFigure: Uint8Array): Mentions {
  if (!isFigure.includes(1)) return mentions
  return new Map(
    [...mentions].map(([concept, list]) => [concept, list.filter(({ from, to }) => !isFigure[from] && !isFigure[to])]),
  )
}

/** What is said with several words, of which a "no" may be one: "no feeling". */
const termsThatMean = (mentions: Mentions, masks: ReadonlyMap<string, number>) =>
  [...mentions].flatMap(([concept, list]) => (masks.get(concept) ? list.filter(({ from, to }) => to > from) : []))
