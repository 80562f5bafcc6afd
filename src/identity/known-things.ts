import { BRAND, EPONYM, GIVEN, meaningOf, PLACE, PROPER, SURNAME, THING } from './lexicon.ts'
import { readList, wordSets, wordsIn } from './lists.ts'
import { type Group, isCapital, isFamily, isIntroduced, isNext, isOwning, isTitle } from './surroundings.ts'
import type { Word } from './words.ts'

const sets = wordSets('known.yaml', ['heads', 'also-names', 'tails', 'states', 'pets', 'screens', 'terms'])

/** Whether a name is that of a place, a hospital, an illness, a product or a pet. */
export const isKnownThing = (words: Word[], group: Group) =>
  isNoPerson(words, group) ||
  isScreen(words, group) ||
  isMisspelt(words, group) ||
  (!isIntroduced(words, group) &&
    !isTitle(words[group.first - 1]) &&
    (isModel(words, group) ||
      isHeaded(words, group) ||
      isTailed(words, group) ||
      isInState(words, group) ||
      isInCountry(words, group) ||
      isOneOfMany(words, group)))

/** "Dr Google, Dr YouTube" */
const isScreen = (words: Word[], { first, last }: Group) =>
  words.slice(first, last + 1).every((word) => sets.screens.has(word.bare) || isTitle(word))

const isBrand = (word: Word | undefined, unlessNamed: number) =>
  isCapital(word) && (word!.meaning & (BRAND | unlessNamed)) === BRAND && !isTitle(word)

/** "Skoda Octavia" */
const isModel = (words: Word[], { first, last }: Group) =>
  (isBrand(words[first - 1], GIVEN) && words[first]!.gap === ' ') ||
  (last > first && isBrand(words[first], GIVEN | SURNAME))

/** "Fort William", "Princess Alexandra", "St Vincent's" */
function isHeaded(words: Word[], { first, last }: Group) {
  const before = words[first - 1]
  if (before && isCapital(before) && sets.heads.has(before.bare) && /^\.? $/.test(words[first]!.gap))
    return !isTitle(words[first - 2]) && (last === first || !sets['also-names'].has(before.bare))
  const { bare } = words[first]!
  return last > first && sets.heads.has(bare) && !sets['also-names'].has(bare)
}

/** "Robert Jones Hospital", "Addenbrooke's Hospital" */
function isTailed(words: Word[], { last }: Group) {
  const next = words[last + 1]
  return next !== undefined && isNext(next) && next.shape === 'Title' && sets.tails.has(next.bare)
}

const isState = (word: Word | undefined) => word?.shape === 'CAPS' && sets.states.has(word.bare)

/** "Tracy CA", "Tracy, CA" */
function isInState(words: Word[], { first, last }: Group) {
  const next = words[last + 1]
  return (last > first && isState(words[last])) || (isState(next) && /^,? $/.test(next!.gap))
}

const PLACING = /^(?:in|near|around|outside|to|via|at)$/

/** "in Nancy, France" */
function isInCountry(words: Word[], { first, last }: Group) {
  const next = words[last + 1]
  return (
    PLACING.test(words[first - 1]?.bare ?? '') &&
    next?.gap === ', ' &&
    isCapital(next) &&
    (next.meaning & (PLACE | PROPER)) !== 0 &&
    (next.meaning & (GIVEN | SURNAME)) === 0
  )
}

/** "the Alfred", "a Coflex device" */
function isOneOfMany(words: Word[], { first, last }: Group) {
  const before = words[first - 1]?.bare
  if (!isNext(words[first]) || words[last + 1]?.cue === 'family') return false
  if (before === 'the') return last - first < 2 && !isFamily(words[last]!) && !isSaidOfSelf(words, first - 1)
  return first === last && (before === 'a' || before === 'an')
}

/** "I'm the Dorothy Eccles with the pacemaker" */
const isSaidOfSelf = (words: Word[], index: number) => words[index - 1]?.cue === 'self-is'

const eponyms = wordsIn(readList('eponyms.txt')).filter((word) => word.length >= 6)

/** "Bastrup's": a letter away from what an illness is called after. */
function isMisspelt(words: Word[], group: Group) {
  const { bare, meaning } = words[group.first]!
  if (group.last > group.first || meaning & EPONYM || bare.length < 5 || isSomebody(words[group.first - 1]))
    return false
  const isListed = (meaning & (GIVEN | SURNAME)) !== 0
  const next = words[group.last + 1]
  const isThing = isNext(next) && (meaningOf(next!.bare) & THING) !== 0
  return (isThing || (!isListed && isOwning(words, group))) && eponyms.some((eponym) => isNear(bare, eponym))
}

const isSomebody = (word: Word | undefined) =>
  /^(?:self-is|name-word|relation|carer|title|doctor-title|closing)$/.test(word?.cue ?? '')

const LONG = 9

/** One letter more, less or other; in a long word two. */
function isNear(word: string, other: string) {
  const most = Math.min(word.length, other.length) >= LONG ? 2 : 1
  return Math.abs(word.length - other.length) <= most && editsBetween(word, other) <= most
}

function editsBetween(word: string, other: string) {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index)
  for (const [at, letter] of [...word].entries()) {
    const next = [at + 1]
    for (const [index, same] of [...other].entries())
      next.push(Math.min(next[index]! + 1, row[index + 1]! + 1, row[index]! + Number(letter !== same)))
    row = next
  }
  return row.at(-1)!
}

/** "the dog, Bess", "a device called Coflex", "the word Dynesys" */
function isNoPerson(words: Word[], { first }: Group) {
  const [before, earlier] = [words[first - 1], words[first - 2]]
  if (before?.cue === 'called' && earlier)
    return sets.pets.has(earlier.bare) || sets.terms.has(earlier.bare) || (earlier.meaning & THING) !== 0
  if (before === undefined) return false
  const isTerm = sets.terms.has(before.bare) && /^ ["“'‘]?$/.test(words[first]!.gap)
  return isTerm || (sets.pets.has(before.bare) && /^[,(]? [(]?$/.test(words[first]!.gap))
}
