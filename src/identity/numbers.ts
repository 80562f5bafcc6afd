import type { Range } from './kinds.ts'
import { wordSets } from './lists.ts'
import {
  isCount,
  isDecimal,
  isHelpline,
  isInsuranceNumber,
  isNhsNumber,
  isPhoneShaped,
  isProductCode,
  isTime,
} from './number-shapes.ts'
import { type Run, runsIn } from './runs.ts'
import { type Text, wordsAfter, wordsBefore } from './text.ts'

const { owners, marks, fillers, reach, things, products, units } = wordSets('numbers.yaml', [
  'owners',
  'marks',
  'fillers',
  'reach',
  'things',
  'products',
  'units',
])

/** What is said around a run: whose or of what it is. */
type Said = {
  /** "hospital number: …", "my passport is …" */
  isOwned: boolean
  /** Said with "number", "no." or a sign right before it, so that four digits are enough. */
  isMarked: boolean
  isReach: boolean
}

/** Numbers that belong to one person: of telephones, records, insurances, passports, cards. */
export const findNumbers = (text: Text): Range[] => [...findDigits(text), ...findSpokenDigits(text.text)]

const SPOKEN =
  /\b(?:(?:zero|oh|nought|one|two|three|four|five|six|seven|eight|nine|double|triple|treble|hundred)[ ,-]{1,2}){6,20}(?:zero|oh|nought|one|two|three|four|five|six|seven|eight|nine|hundred)\b/gi

/** "oh seven seven double oh nine …" */
const findSpokenDigits = (text: string) =>
  [...text.matchAll(SPOKEN)].map(({ index, 0: said }) => ({
    kind: 'phone' as const,
    start: index,
    end: index + said.length,
  }))

const findDigits = (text: Text) =>
  runsIn(text.text).flatMap((run): Range[] => {
    const kind = isOfThings(text, run) ? undefined : kindOf(run, saidAround(text, run))
    return kind ? [{ kind, start: withLetters(text, run, kind), end: withExtension(text, run) }] : []
  })

function kindOf({ written, digits }: Run, { isOwned, isMarked, isReach }: Said): Range['kind'] | undefined {
  const isShaped = isPhoneShaped(written, digits)
  if (isOwned && isEnough(written, digits, isMarked)) return isShaped && isReach && !isMarked ? 'phone' : 'number'
  if (isShaped) return isNhsNumber(digits) && !isReach ? 'number' : 'phone'
  if (isInsuranceNumber(written)) return 'number'
  if (isReach && digits.length >= 6 && digits.length <= 15 && !/[A-Za-z]/.test(written)) return 'phone'
  return isLong(written, digits) && !isCount(written, digits) ? 'number' : undefined
}

const isEnough = (written: string, digits: string, isMarked: boolean) =>
  isMarked || isLettered(written)
    ? digits.length >= 4 && !/^(?:19|20)\d\d$/.test(written)
    : digits.length >= 5 && !isCount(written, digits)

/** "ZBN4823" */
const isLettered = (written: string) => /^[A-Z]{2,4}-?\d{4,}|^\d{4,}-?[A-Z]{1,4}$/.test(written)

/** Long enough that hardly anything but a number of somebody's is. */
function isLong(written: string, digits: string) {
  const letters = written.replace(/[^A-Za-z]/g, '')
  if (/[a-z]/.test(letters) && !/^[a-z]{1,3}$/.test(letters)) return false
  if (letters.length > 0) return digits.length >= 6 && letters.length <= 4
  return digits.length >= 7
}

/** Of a book, a product, a price, a dose; or a date, a score, a helpline. */
function isOfThings(text: Text, { written, digits, start, end }: Run) {
  if (isTime(written) || isHelpline(written) || isProductCode(written) || /^0+$/.test(digits)) return true
  if (isDecimal(written, text.text.slice(Math.max(0, start - 2), start), text.text.slice(end, end + 2))) return true
  const [before] = wordsBefore(text, start, 1)
  const [after] = wordsAfter(text, end, 1)
  if (/[£$€₹¥] ?$/.test(text.text.slice(Math.max(0, start - 2), start))) return true
  return (
    (before !== undefined && /^[ .:#]{1,3}$/.test(before.gap) && things.has(before.word.bare)) ||
    (after !== undefined && after.gap.length <= 1 && units.has(after.word.bare) && !/^0\d{9}/.test(digits)) ||
    /^ ?[%£€°]/.test(text.text.slice(end, end + 2)) ||
    (!isPhoneShaped(written, digits) && isOfProduct(text, start))
  )
}

/** "the serial number of the stimulator is …" */
function isOfProduct(text: Text, start: number) {
  for (const { word } of wordsBefore(text, start, MOST_WORDS)) {
    if (products.has(word.bare)) return true
    if (owners.has(word.bare)) return false
  }
  return false
}

const MOST_WORDS = 11
const MOST_OTHERS = 2

function saidAround(text: Text, run: Run): Said {
  const { isOwned, isMarked } = ownerBefore(text, run)
  return {
    isOwned: isOwned || isOwnedAfter(text, run),
    isMarked,
    isReach: isReachBefore(text, run) || isReachAfter(text, run),
  }
}

function ownerBefore(text: Text, { start }: Run) {
  let others = 0
  let isMarked = false
  let steps = 0
  for (const { word, gap } of wordsBefore(text, start, MOST_WORDS)) {
    if (/\d/.test(gap)) break
    if (/[#:=]/.test(gap) && steps === 0) isMarked = true
    if (owners.has(word.bare)) return { isOwned: true, isMarked: isMarked || (marks.has(word.bare) && steps === 0) }
    if (marks.has(word.bare)) isMarked ||= steps <= 1
    else if (!fillers.has(word.bare)) others += 1
    if (others > MOST_OTHERS) break
    steps += 1
  }
  return { isOwned: false, isMarked: false }
}

function isOwnedAfter(text: Text, { end }: Run) {
  let isFirst = true
  for (const { word, gap } of wordsAfter(text, end, 5)) {
    if (/\d/.test(gap) || (isFirst && !/^[ ,(–-]{0,3}$/.test(gap))) return false
    if (owners.has(word.bare)) return true
    if (!fillers.has(word.bare) && !marks.has(word.bare)) return false
    isFirst = false
  }
  return false
}

function isReachBefore(text: Text, { start }: Run) {
  for (const { word, gap } of wordsBefore(text, start, 9)) {
    if (/\d/.test(gap) && !/\d[ )]*$/.test(gap.trimEnd())) return false
    if (reach.has(word.bare)) return true
  }
  return false
}

function isReachAfter(text: Text, { end }: Run) {
  for (const { word, gap } of wordsAfter(text, end, 4)) {
    if (/\d/.test(gap)) return false
    if (reach.has(word.bare)) return true
  }
  return false
}

const EXTENSION = /^,? ?(?:ext|extension|x)\.? ?\d{1,6}/i

const withExtension = ({ text }: Text, { end }: Run) =>
  end + (EXTENSION.exec(text.slice(end, end + 20))?.[0].length ?? 0)

/** "XYH 883 120 45", "MRN 00482917": the letters belong to the number. */
const withLetters = ({ text }: Text, { start }: Run, kind: Range['kind']) =>
  kind === 'number'
    ? start - (/(?<![A-Za-z\d])[A-Z]{2,5} $/.exec(text.slice(Math.max(0, start - 7), start))?.[0].length ?? 0)
    : start
