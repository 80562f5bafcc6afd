const IRREGULAR: Record<string, string> = {
  feet: 'foot',
  teeth: 'tooth',
  children: 'child',
  women: 'woman',
  men: 'man',
  vertebrae: 'vertebra',
  bursae: 'bursa',
  ganglia: 'ganglion',
  menisci: 'meniscus',
}

const GREEK_PLURAL =
  /(?:gno|meta?sta|sthe|pothe|ly|lero|teno|scolio|kypho|psycho|neuro|rombo|irrho|ecro|ibro|physi?|llo|cri)ses$/

/** Plural endings alone: a longer stem would join words that mean different things. */
export function singularOf(word: string): string {
  if (word.length < 4) return word
  const irregular = Object.hasOwn(IRREGULAR, word) ? IRREGULAR[word] : undefined
  if (irregular) return irregular
  if (!word.endsWith('s') || /(?:ss|us|is)$/.test(word)) return word
  if (/[^aeo]ies$/.test(word) && word.length > 4) return `${word.slice(0, -3)}y`
  if (GREEK_PLURAL.test(word)) return `${word.slice(0, -2)}is`
  if (/(?:ch|sh|ss|x|zz)es$/.test(word) && !/[^eo]aches$/.test(word)) return word.slice(0, -2)
  return word.slice(0, -1)
}

const ENDINGS =
  /(?:ization|isation|fulness|iveness|ousness|ically|ational|ations?|ments?|ences?|ances?|ively|ously|ially|itions?|ables?|ibles?|ness|ical|ious|ings?|ions?|ives?|ants?|ents?|isms?|ists?|ized?|ial|ity|ous|ers?|ors?|ed|ly|ic|al|is|en|es|[aeyo])$/
const SHORTEST_ROOT = 4

/** What the forms of a word share: treat, treated, treating, treatment. */
export function rootOf(token: string): string {
  const ending = ENDINGS.exec(token)
  if (!ending || ending.index < SHORTEST_ROOT) return token
  return token.slice(0, ending.index).replace(/([bdfgmnprt])\1$/, '$1')
}
