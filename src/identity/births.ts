import type { Range } from './kinds.ts'
import { anyOf, wordSets } from './lists.ts'
import { type Text, wordsAfter, wordsBefore } from './text.ts'

const { months } = wordSets('contacts.yaml', ['months'])
const MONTH = anyOf(months)
const YEAR = "(?:\\d{4}|['’]\\d{2}|\\d{2}(?!\\d))"
const DAY = '\\d{1,2}(?:st|nd|rd|th|º)?\\.?'
const NUMERIC = "\\d{1,4} ?([/.\\-–\\\\]) ?(?:\\d{1,2}|[ivx]{1,4}) ?\\1 ?['’]?\\d{1,4}"
const SPACED = '\\d{1,2} \\d{1,2} (?:19|20)?\\d{2}'
const DAY_FIRST = `${DAY}(?: day)?(?: of| de)?[ \\-.]{0,2}${MONTH}(?![a-z])\\.?(?:,? ?(?:of |de )?[ \\-/.]{0,2}${YEAR})?`
const MONTH_FIRST = `${MONTH}\\.?[ \\-]{0,2}(?:the )?${DAY}(?:,? ?${YEAR})?`
const DATE = new RegExp(
  `(?<![A-Za-z\\d/.,£$€-])(?:${NUMERIC}|${SPACED}|${DAY_FIRST}|${MONTH_FIRST}|\\d{8}|\\d{6})(?![\\d%A-Za-z]|[/-]\\d)`,
  'gi',
)

const BIRTHS = new Set(
  'dob born birth birthday birthdate birthdates bday b-day geboren geb née né nee nacido nacida nato nata delivered birthdays'.split(
    ' ',
  ),
)
/** Between a birth and a date these tell that the date is of something else. */
const OTHERWISE = new Set(
  'since diagnosed surgery surgeries operation operated op scan mri x-ray xray appointment due until till started began stopped injection jab fell accident admitted discharged seen saw ago expected weighing weighed weighs letter today'.split(
    ' ',
  ),
)
const MOST_WORDS = 16
const LATEST = 2015

/** Dates of birth, told from dates of treatment by what is said around them, and by whom they stand beside. */
export function findBirths(text: Text, people: Range[]): Range[] {
  const names = new Set(people.filter(({ kind }) => kind === 'name').map(({ end }) => end))
  return [...text.text.matchAll(DATE)].flatMap(({ index: start, 0: found }) => {
    const written = found.trimEnd().replace(/[,.]$/, '')
    const end = start + written.length
    const isBirth =
      isAfterBirth(text, start, written) ||
      isBeforeBirth(text, end) ||
      isBeside(text.text, { start, end, written }, names) ||
      isOfLongLife(text, start, written)
    return isBirth ? [{ kind: 'birth-date' as const, start, end }] : []
  })
}

function isAfterBirth(text: Text, start: number, written: string) {
  const isBare = /^\d+$/.test(written)
  let hasDigits = false
  let steps = 0
  for (const { word, gap } of wordsBefore(text, start, MOST_WORDS)) {
    hasDigits ||= /\d/.test(gap)
    if (OTHERWISE.has(word.bare)) return false
    if (BIRTHS.has(word.bare) || isAbbreviated(text, word.start, word.end)) {
      if (isBare) return !hasDigits && steps <= 2
      return (hasDigits && steps > 4) || steps > 7 ? isLongAgo(written) : true
    }
    if (
      word.bare === 'world' &&
      /\b(?:came|arrived|entered|brought|come)\b/i.test(text.text.slice(Math.max(0, word.start - 30), word.start))
    )
      return true
    steps += 1
  }
  return false
}

/** "D.O.B.", "b. 1958" */
function isAbbreviated({ text }: Text, start: number, end: number) {
  if (end - start !== 1) return false
  const around = text.slice(Math.max(0, start - 8), end + 2)
  return /\bd[./] ?o[./] ?b\b/i.test(around) || /(?:[,;(] ?|^)b\. ?$/.test(text.slice(Math.max(0, start - 2), end + 2))
}

const AFTER = new Set(
  'is was being which as that thats my his her our their the a date of in into for on under'.split(' '),
)

/** "04/11/1971 is my birthday" */
function isBeforeBirth(text: Text, end: number) {
  for (const { word, gap } of wordsAfter(text, end, 6)) {
    if (/[\d:;]/.test(gap)) return false
    if (/^(?:birthday|birth|birthdate|dob|bday)$/.test(word.bare)) return true
    if (!AFTER.has(word.bare) && !word.clitic) return false
  }
  return false
}

/** Old enough that hardly any treatment now asked about was then. */
const isLongAgo = (written: string) => yearOf(written) > 1900 && yearOf(written) <= LATEST

/** Of "96" only what cannot be this century. */
function yearOf(written: string) {
  const year = /(?:19|20)\d{2}/.exec(written)?.[0]
  const short = /^\d{1,2}\D+(?:\d{1,2}|[a-z]+)\D+([3-9]\d)$/i.exec(written)?.[1]
  return Number(year ?? (short ? `19${short}` : 0))
}

const LATEST_ALONE = 1975
const SENTENCE = 60
const TWO_SENTENCES = 120
const BIRTH_SAID = /\b(?:birth ?da(?:y|te)|date of birth|d\.?o\.?b)\b/i
const OTHER_SAID =
  /\b(?:since|surgery|operat\w+|fell|accident|war|married|wedding|died|crash|scan|admitted|appointment|diagnosed)\b/i

/** A day so long ago is hardly another; or a birth was spoken of in the sentence before. */
function isOfLongLife({ text }: Text, start: number, written: string) {
  if (!/\d\D+\d{2}/.test(written) || !isLongAgo(written)) return false
  const before = text.slice(Math.max(0, start - TWO_SENTENCES), start)
  if (BIRTH_SAID.test(before)) return true
  return yearOf(written) <= LATEST_ALONE && /\d{4}/.test(written) && !OTHER_SAID.test(before.slice(-SENTENCE))
}

const GAPS = [1, 2, 3, 4]

/** "Huang Jianguo, 13 May 1965" */
const isBeside = (
  text: string,
  { start, end, written }: { start: number; end: number; written: string },
  names: Set<number>,
) =>
  isLongAgo(written) &&
  /\D/.test(written) &&
  /^(?:[\s,.;)"”]|$)/.test(text.slice(end, end + 1)) &&
  GAPS.some((gap) => names.has(start - gap) && /^[ ,;:(–-]+$/.test(text.slice(start - gap, start)))
