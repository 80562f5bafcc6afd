import { readList, readLists, wordsIn } from './lists.ts'

/** What a word may be; one word can be several of them. */
export const PLAIN = 1
export const GIVEN = 2
export const SURNAME = 4
export const PLACE = 8
export const PROPER = 16
export const EPONYM = 32
export const THING = 64
export const WORD = 128
export const EVERYDAY = 256
export const COMMON = 512
export const BRAND = 1024

const LISTS: [string, number][] = [
  ['plain-names.txt', PLAIN | GIVEN],
  ['also-words.txt', GIVEN],
  ['given-names.txt', GIVEN],
  ['surnames.txt', SURNAME],
  ['places.txt', PLACE],
  ['proper.txt', PROPER],
  ['peoples-and-brands.txt', BRAND],
  ['eponyms.txt', EPONYM],
  ['things.txt', THING],
  ['words.txt', WORD],
  ['everyday.txt', EVERYDAY],
  ['common.txt', COMMON],
]

const meanings = new Map<string, number>()
for (const [file, meaning] of LISTS)
  for (const word of wordsIn(readList(file))) meanings.set(word, (meanings.get(word) ?? 0) | meaning)

const cues = new Map(
  Object.entries(readLists('cues.yaml')).flatMap(([cue, words]) => wordsIn(words).map((word) => [word, cue] as const)),
)

/** Which kind of cue a word gives of a name near it. */
export const cueOf = (word: string) => cues.get(word)

const ASCII = /^[a-z'-]*$/
const LETTERS: Record<string, string> = {
  ł: 'l',
  ø: 'o',
  ß: 'ss',
  đ: 'd',
  ð: 'd',
  ı: 'i',
  æ: 'ae',
  ə: 'a',
  œ: 'oe',
  þ: 'th',
}

/** As the lists have it: "Wróbel" is "wrobel". */
export const bare = (lower: string) =>
  ASCII.test(lower)
    ? lower
    : lower
        .normalize('NFKD')
        .replace(/[\p{M}\u00ad\u200b-\u200d\u2060]/gu, '')
        .replace(/[łøßđðıæəœþ]/g, (letter) => LETTERS[letter]!)
        .replaceAll('’', "'")

const ENDINGS: [string, string[]][] = [
  ['ies', ['y']],
  ['ied', ['y']],
  ['ing', ['', 'e']],
  ['es', ['']],
  ['s', ['']],
  ['ed', ['', 'e']],
  ['ly', ['']],
  ['er', ['', 'e']],
  ['est', ['']],
  ['ness', ['']],
]

/** The list of words holds each without its endings. */
const hasStem = (word: string) =>
  ENDINGS.some(
    ([ending, instead]) =>
      word.length > ending.length + 2 &&
      word.endsWith(ending) &&
      instead.some((letters) => isWord(word.slice(0, -ending.length) + letters) || isDoubled(word, ending)),
  )

const isWord = (word: string) => ((meanings.get(word) ?? 0) & WORD) !== 0

/** "stopped" of "stop" */
const isDoubled = (word: string, ending: string) => {
  const stem = word.slice(0, -ending.length)
  return stem.at(-1) === stem.at(-2) && isWord(stem.slice(0, -1))
}

const BRITISH: [RegExp, string][] = [
  [/our/, 'or'],
  [/ys(?=e|ing)/, 'yz'],
  [/is(?=e|ing|ation)/, 'iz'],
  [/aem/, 'em'],
  [/oe/, 'e'],
  [/tre$/, 'ter'],
  [/ae/, 'e'],
]

const isBritish = (word: string) =>
  BRITISH.some(([from, to]) => {
    const american = word.replace(from, to)
    return american !== word && (isWord(american) || hasStem(american))
  })

/** All that a word, in small bare letters, may be. */
export function meaningOf(word: string): number {
  const meaning = meanings.get(word) ?? 0
  if (meaning & WORD || word.length < 3) return meaning
  return hasStem(word) || isBritish(word) ? meaning | WORD : meaning
}
