import { isGivenName, isPlainName } from './given-names.ts'
import { isCommon, isEponym, isInflected, isThing } from './words.ts'

/** How sure it is, before the word itself is looked at, that a name follows. */
export type Expectation = 'certain' | 'titled' | 'surname' | 'likely' | 'unlikely'

type Word = { text: string; start: number; end: number; isGenitive: boolean }

const WORD = /[ \t]{0,3}(\p{L}[\p{L}\p{M}'’-]{0,30})(\.?)/uy
const GENITIVE = /['’]s?$/
const PARTICLES = new Set([
  'al',
  'ap',
  'bin',
  'da',
  'de',
  'del',
  'della',
  'den',
  'der',
  'di',
  'dos',
  'du',
  'el',
  'la',
  'le',
  'ten',
  'van',
  'von',
])
/** Words that are surnames too, once a given name has come before. */
const SURNAMES = new Set(
  [
    'best',
    'black',
    'church',
    'day',
    'english',
    'fields',
    'french',
    'good',
    'hall',
    'hill',
    'hunt',
    'long',
    'love',
    'march',
    'may',
  ].concat([
    'moody',
    'price',
    'read',
    'scott',
    'sharp',
    'short',
    'small',
    'strong',
    'welsh',
    'white',
    'wise',
    'young',
    'park',
    'house',
    'ward',
    'stone',
    'banks',
  ]),
)
const SUFFIX = /^,? (?:jr|sr|ii|iii|iv)\b\.?/i
const MOST_WORDS = 4

const isTitleCase = (word: string) => /^\p{Lu}['’]?\p{Lu}?\p{Ll}/u.test(word)
const isInitial = (word: string) => /^\p{Lu}$/u.test(word)
const isShouted = (word: string) => /^\p{Lu}[\p{Lu}'’-]+$/u.test(word)
const isParticle = (word: string) => PARTICLES.has(word.toLowerCase())
const isOrdinary = (word: string) => isCommon(word) || isInflected(word)

/** Where a name that begins at `start` ends; undefined where none does. */
export function nameEnd(text: string, start: number, expectation: Expectation): number | undefined {
  const words = wordsAt(text, start)
  const [first, ...rest] = words
  if (
    !first ||
    !canBegin(
      first,
      rest.find(({ text }) => !isParticle(text)),
      expectation,
    )
  )
    return undefined
  const named = [first]
  for (const [index, word] of rest.entries()) {
    if (named.at(-1)!.isGenitive || !canGoOn(named.at(-1)!, word, rest[index + 1])) break
    named.push(word)
  }
  while (named.length > 1 && isParticle(named.at(-1)!.text)) named.pop()
  const last = named.at(-1)!
  if (isInitial(first.text) && named.length === 1) return undefined
  return isOfThing(words, named)
    ? undefined
    : last.end + (SUFFIX.exec(text.slice(last.end, last.end + 8))?.[0].length ?? 0)
}

/** A given name with a surname, wherever it stands. */
export function fullNameEnd(text: string, start: number) {
  const [first, ...rest] = wordsAt(text, start)
  const last = rest.find(({ text }) => !isInitial(text) && !isParticle(text))
  if (!first || !last || first.isGenitive || !isPlainName(first.text) || !isTitleCase(last.text)) return undefined
  if (isThing(last.text) || (isCommon(last.text) && !SURNAMES.has(last.text.toLowerCase()))) return undefined
  const end = nameEnd(text, start, 'likely')
  return end !== undefined && end >= last.end ? end : undefined
}

function canBegin({ text }: Word, next: Word | undefined, expectation: Expectation) {
  if (isParticle(text) && next && expectation !== 'unlikely') return isTitleCase(next.text) && !isOrdinary(next.text)
  if (isInitial(text)) return expectation !== 'unlikely' && text !== 'I' && isLeading(next)
  if (expectation === 'surname') return isLowerSurname(text)
  if (expectation === 'certain') return isGivenName(text) || !isOrdinary(text)
  if (isPlainName(text)) return true
  if (!isTitleCase(text) || isCommon(text)) return isTitleCase(text) && isGivenName(text) && isNamed(next)
  if (isGivenName(text)) return true
  if (expectation === 'titled') return !isThing(text)
  if (!isNamed(next) && VERB.test(text)) return false
  return !isInflected(text) && !isEponym(text) && !isThing(text) && (expectation === 'likely' || isNamed(next))
}

const isLeading = (word: Word | undefined) =>
  word !== undefined && (isInitial(word.text) || (isTitleCase(word.text) && !isCommon(word.text)))

/** "dr hussain", but not "dr prescribed" */
const isLowerSurname = (text: string) =>
  /^\p{Ll}{4,}$/u.test(text) &&
  !isOrdinary(text) &&
  !isThing(text) &&
  !isEponym(text) &&
  !/(?:s|ed|ing|gist|tist|est|e|id|ent|ave|old)$/.test(text)

/** "My son Plays rugby" */
const VERB = /[^s]s$/

/** Whether a word goes on with a name: it looks like a surname. */
const isNamed = (word: Word | undefined) =>
  word !== undefined && isTitleCase(word.text) && !isOrdinary(word.text) && !isThing(word.text)

function canGoOn(before: Word, { text, isGenitive }: Word, next: Word | undefined) {
  if (isInitial(text)) return text !== 'I' && (next === undefined || isLeading(next))
  if (isParticle(text))
    return next !== undefined && !isCommon(next.text) && (isTitleCase(next.text) || !isTitleCase(before.text))
  if (SURNAMES.has(text.toLowerCase())) return isTitleCase(text) && isTitleCase(before.text)
  if ((isParticle(before.text) || isInitial(before.text)) && isTitleCase(text)) return !isCommon(text)
  if (isTitleCase(text) && isPlainName(before.text)) return !isCommon(text) && (!isThing(text) || isGenitive)
  if (isOrdinary(text) && !isPlainName(text)) return false
  if (isTitleCase(before.text) || isInitial(before.text)) return isTitleCase(text) && !(isThing(text) && !isGenitive)
  if (isShouted(before.text)) return isShouted(text)
  return !isThing(text) && text.length > 2 && (isGivenName(before.text) || isPlainName(text))
}

/** "Dr Paget's disease", "the McKenzie exercises", "St Thomas Hospital": of something, not of somebody. */
function isOfThing(words: Word[], named: Word[]) {
  const next = words[named.length]
  const second = words[named.length + 1]
  if (named.at(-1)!.isGenitive && second && isThing(second.text)) return true
  if (!next || !isThing(next.text)) return false
  return named.at(-1)!.isGenitive || isEponym(named.at(-1)!.text) || ILLNESS.test(next.text)
}

const ILLNESS = /^(?:disease|syndrome|sign|test|cyst|disorder|palsy|fracture|hospital|infirmary)$/i

function wordsAt(text: string, start: number) {
  const words: Word[] = []
  WORD.lastIndex = start
  while (words.length <= MOST_WORDS) {
    const found = WORD.exec(text)
    if (!found) break
    const whole = found[1]!
    const word = whole.replace(GENITIVE, '')
    const from = WORD.lastIndex - whole.length - found[2]!.length
    words.push({ text: word, start: from, end: from + word.length, isGenitive: word !== whole })
    const isAbbreviated = found[2] === '.' && (isInitial(word) || /^(st|mc)$/i.test(word))
    if (found[2] === '.' && !isAbbreviated) break
  }
  return words
}

const PLACE =
  /(?:['’]s)?,?(?:[ \t]\p{Ll}{2,12}ly)?[ \t](?:(?:at|from|of|in|with|@)[ \t](?:the[ \t])?|(?<=,[ \t]))(?=\p{Lu})/uy
const PLACE_WORD =
  /(\p{Lu}[\p{L}'’-]{1,30}\.?)(?:[ \t](?=(?:and[ \t]|of[ \t]|&[ \t]|the[ \t])?\p{Lu}))?((?:and|of|&|the)[ \t](?=\p{Lu}))?/uy
const NO_PLACE =
  /^(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mon|tue|wed|thu|fri|sat|sun|he|she|they|we|it|my|but|and|so|i)(?:[a-z]*)?$/i
const MOST_PLACE_WORDS = 6

/** Where the places end that are told right after somebody: "at St Mary's in Leeds". */
export function placeEnd(text: string, start: number): number {
  PLACE.lastIndex = start
  if (!PLACE.exec(text)) return start
  let end = start
  PLACE_WORD.lastIndex = PLACE.lastIndex
  for (let count = 0; count < MOST_PLACE_WORDS; count += 1) {
    const found = PLACE_WORD.exec(text)
    if (!found || (count === 0 && isTime(found[1]!))) break
    end = found.index + found[1]!.length
  }
  return end === start ? start : placeEnd(text, end)
}

const isTime = (word: string) =>
  NO_PLACE.test(word) && (word.length < 4 || /(?:day|ry|ch|il|ay|ne|ly|st|er)$/i.test(word))
