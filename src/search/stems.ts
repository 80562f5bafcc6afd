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
  if (/(?:ch|sh|ss|x|zz)es$/.test(word) && !/(?<![eo])aches$/.test(word)) return word.slice(0, -2)
  return word.slice(0, -1)
}

const INFLECTION = /(?:(?<!e)ed|ing|ly|e)$/
const DERIVATION =
  /(?:ization|fulness|iveness|ousness|ically|ation|ition|ment|ness|ance?|ence?|able|ible|ical|ious|ion|ial|ity|ive|ism|ist|ous|ant|ent|ic|al|er|or|at|is|en|iv|[aiy])$/
const SHORTEST_ROOT = 4

/** What the forms of a word share: treat, treated, treating, treatment. Words of three letters have no relatives. */
export function rootOf(token: string): string {
  if (token.length < 4) return `${token}!`
  const plain = without(token, INFLECTION, SHORTEST_ROOT - 1).replace(/([bdfgmnprt])\1$/, '$1')
  const root = without(without(plain, DERIVATION, SHORTEST_ROOT), DERIVATION, SHORTEST_ROOT)
  return root.length < SHORTEST_ROOT && root !== plain ? plain : root
}

function without(word: string, ending: RegExp, shortest: number) {
  const found = ending.exec(word)
  if (!found || found.index < shortest || !/[aeiouy]/.test(word.slice(0, found.index))) return word
  return word.slice(0, found.index)
}
