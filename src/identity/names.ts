import type { Range } from './kinds.ts'
import { isKnownPerson } from './known-people.ts'
import { isKnownThing } from './known-things.ts'
import { cueOf, GIVEN, meaningOf } from './lexicon.ts'
import { Reading } from './name-reading.ts'
import type { Tagger } from './name-tags.ts'
import { placeEnd } from './practices.ts'
import { isPublicPerson } from './public-people.ts'
import { type Group, isCapital } from './surroundings.ts'
import type { Text } from './text.ts'
import type { Word } from './words.ts'

/** Everybody named in a text. */
export function findNames({ text, words }: Text, tagsOf: Tagger): Range[] {
  if (words.length === 0) return []
  const tags = tagsOf(new Reading(words, text))
  return groupsOf(words, tags)
    .filter((group) => !isOfNobodyHere(words, group))
    .map((group) => rangeOf(text, words, group))
}

const isOfNobodyHere = (words: Word[], group: Group) =>
  isPublicPerson(words, group) || isKnownPerson(words, group) || isKnownThing(words, group)

/** Words of names that stand side by side are one name. */
function groupsOf(words: Word[], tags: boolean[]) {
  const groups: Group[] = []
  for (const [index, isName] of tags.entries()) {
    const last = groups.at(-1)
    if (!isName) continue
    if (last && last.last === index - 1 && isJoint(words[index]!.gap, words[index - 1]!)) last.last = index
    else groups.push({ first: index, last: index })
  }
  return groups
}

const LONGEST_ABBREVIATION = 4

const isJoint = (gap: string, { bare }: Word) =>
  gap === '. ' ? bare.length <= LONGEST_ABBREVIATION : /^(?:['’]s)?[ .]{1,2}$/.test(gap) || gap === ', '

const SUFFIX = /^(?:,? (?:jr|sr|ii|iii|iv)\b\.?|\.(?= |$)(?<=\p{Lu}\.))/iu

function rangeOf(text: string, words: Word[], { first, last }: Group): Range {
  const { start } = words[coupleStart(words, first)]!
  const [tail] = SUFFIX.exec(text.slice(words[last]!.end, words[last]!.end + 8)) ?? ['']
  const end = words[last]!.end + tail.length
  const titled = titleBefore(words, first)
  if (titled === undefined && !isTreating(words, first)) return { kind: 'name', start, end }
  return { kind: 'doctor', start: titled ?? start, end: placeEnd(text, end) }
}

/** "Jack and Jill Hobson" */
function coupleStart(words: Word[], first: number) {
  const [couple, and] = words.slice(Math.max(0, first - 2), first)
  const isJoined = and?.cue === 'and-word' && isCapital(words[first]!) && /^ ?$/.test(words[first]!.gap.trim())
  return isJoined && couple && isCapital(couple) && and.gap === ' ' && (meaningOf(couple.bare) & GIVEN) !== 0
    ? first - 2
    : first
}

const TITLES = new Set(['doctor-title', 'title'])

/** Where the titles begin that stand right before a name: "Dr", "Mr and Mrs", "Nurse Practitioner". */
function titleBefore(words: Word[], first: number) {
  let start: number | undefined
  for (let index = first - 1; index >= 0 && /^\.? ?$/.test(words[index + 1]!.gap); index -= 1) {
    const { cue, bare } = words[index]!
    if (TITLES.has(cue ?? '') || (cue === 'carer' && isCapital(words[index]!))) start = words[index]!.start
    else if (bare !== 'and' || start === undefined || !TITLES.has(words[index - 1]?.cue ?? '')) break
  }
  return start
}

/** "my physio Ann", "the surgeon, Mr Thorne" */
const isTreating = (words: Word[], first: number) =>
  [1, 2].some((back) => {
    const word = words[first - back]
    return word !== undefined && cueOf(word.bare) === 'carer' && /^[ ,(:]{1,2}$/.test(words[first]!.gap)
  })
