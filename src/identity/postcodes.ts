import { anyOf, wordSets } from './lists.ts'

type Place = { start: number; end: number }

const STATE =
  '(?:A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[AT]|W[AIVY])'
const { states } = wordSets('contacts.yaml', ['states'])
const STATE_NAME = anyOf(states)

const BRITISH =
  /(?<![A-Za-z\d])(?:GIR ?0AA|(?:[A-PR-UWYZ]\d[A-HJKPSTUW\d]?|[A-PR-UWYZ][A-HK-Y]\d[ABEHMNPRVWXY\d]?) ?\d[ABD-HJLNP-UW-Z]{2})(?![A-Za-z\d])/g
const BRITISH_SMALL = /\b[a-z]{1,2}\d[a-z\d]? ?\d[abd-hjlnp-uw-z]{2}\b/g
const CANADIAN = /(?<![A-Za-z\d])[ABCEGHJ-NPRSTVXY]\d[A-Z][ -]?\d[A-Z]\d(?![A-Za-z\d])/g
const CANADIAN_SMALL = /(?<![A-Za-z\d])[abceghj-nprstvxy]\d[a-z] \d[a-z]\d(?![A-Za-z\d])/g
const IRISH =
  /(?<![A-Za-z\d])[AC-FHKNPRTV-Yac-fhknprtv-y]\d[\dWw] ?(?=[A-Za-z\d]{0,3}\d)(?=\d{0,3}[A-Za-z])[\dAC-FHKNPRTV-Yac-fhknprtv-y]{4}(?![A-Za-z\d])/g
const AMERICAN = new RegExp(`\\b(?:${STATE}|${STATE_NAME}),? \\d{5}(?:-\\d{4})?(?!\\d)`, 'g')
const AUSTRALIAN = /\b(?:NSW|VIC|Vic|QLD|Qld|WA|SA|TAS|Tas|ACT|NT|nsw|vic|qld|tas|nt),? \d{4}(?!\d)/g
const DUTCH = /(?<![A-Za-z\d])[1-9]\d{3} ?(?!SA|SD|SS|AM|PM|MG|ML|IU)[A-Z]{2}(?= [A-Z][a-z]|,|$)/g
const SAID =
  /\b(?:zip|post ?code|postal code|eircode|plz|pin ?code)(?: code)?[ :.]{0,2}(?:is |of |=)?[ ]?([A-Z]{0,2}\d[A-Z\d]{2,5}(?:[ -][A-Z\d]{2,4})?)\b/gi

const SAID_BEFORE = /\b(?:post ?code|address|live (?:at|in)|postal|zip|eircode|we r in)\b[^.\n]{0,40}$/i

/** "CT3 4ST", "t10 1st", "L4 5WK": levels, and what comes first to tenth. */
const isLevel = (written: string, before: string) =>
  /^[CLST]\d{1,2} ?\d(?:ST|ND|RD|TH|WK|HR|YR)$/i.test(written) || /\b[CTLS]\d{1,2}[ ,/-]*$/.test(before)

const isSmallOne = (written: string, before: string) =>
  SAID_BEFORE.test(before) ||
  (/^[a-z]{2}/.test(written) && / /.test(written) && !/(?:st|nd|rd|th|hr|wk|yr|pt|ft|lb|mg|ml)$/.test(written))

const PATTERNS: [RegExp, ((written: string, before: string) => boolean)?][] = [
  [BRITISH, (written, before) => !isLevel(written, before)],
  [BRITISH_SMALL, (written, before) => isSmallOne(written, before) && !isLevel(written, before)],
  [CANADIAN],
  [CANADIAN_SMALL],
  [IRISH, (written) => /[A-Z]/.test(written) || / /.test(written)],
  [AMERICAN],
  [AUSTRALIAN],
  [DUTCH],
]
const LOOK_BACK = 60

/** Postal codes of the countries that people here write from; American ones with their state. */
export function findPostcodes(text: string): Place[] {
  const found = PATTERNS.flatMap(([pattern, accepts]) =>
    [...text.matchAll(pattern)].flatMap(({ index, 0: written }) =>
      (accepts?.(written, text.slice(Math.max(0, index - LOOK_BACK), index)) ?? true)
        ? [{ start: index, end: index + written.length }]
        : [],
    ),
  )
  const said = [...text.matchAll(SAID)].map(({ index, 0: whole, 1: code }) => ({
    start: index + whole.length - code!.length,
    end: index + whole.length,
  }))
  return [...found, ...said]
}
