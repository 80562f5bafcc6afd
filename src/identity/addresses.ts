import type { Range } from './kinds.ts'
import { bare, COMMON, meaningOf, PLACE, PROPER } from './lexicon.ts'
import { wordSets } from './lists.ts'
import { type Piece, piecesAfter, piecesBefore } from './pieces.ts'
import { findPostcodes } from './postcodes.ts'
import { findStreets, outermost } from './streets.ts'
import type { Text } from './text.ts'

const { joins } = wordSets('addresses.yaml', ['joins'])

/** Addresses, each as far as it runs: house, street, town, country and postal code in one. */
export function findAddresses(text: Text): Range[] {
  const postcodes = findPostcodes(text.text)
  const byStart = new Map(postcodes.map(({ start, end }) => [start, end]))
  const streets = findStreets(text).map((street) => ({
    kind: 'address' as const,
    start: street.start,
    end: townEnd(text.text, street.end, byStart),
  }))
  const others = postcodes.map(({ start, end }) => rangeOf(text.text, townStart(text.text, start), end))
  return outermost<Range>([...streets, ...others])
}

const rangeOf = (text: string, start: number, end: number): Range => ({
  kind: /[A-Z][a-z]{2}/.test(text.slice(start, end)) ? 'address' : 'postcode',
  start,
  end,
})

const isCapital = ({ text }: Piece) => /^\p{Lu}/u.test(text)
const isCode = ({ text }: Piece) => /^[A-Z]{2,3}$/.test(text)
const meaningOfPiece = ({ text }: Piece) => meaningOf(bare(text.toLowerCase()))
const isPlace = (piece: Piece) => (meaningOfPiece(piece) & (PLACE | PROPER)) !== 0
const isOrdinary = (piece: Piece) =>
  (meaningOfPiece(piece) & COMMON) !== 0 &&
  !/^(?:The|St|Upper|Lower|Great|Little|Old|New|North|South|East|West)$/.test(piece.text)

/** From the end of a street on, over town and country, to the end of its postal code. */
function townEnd(text: string, from: number, postcodes: Map<number, number>) {
  let end = from
  let pieces = piecesAfter(text, from)
  while (pieces.length > 0) {
    const next = postcodes.get(pieces[0]!.start) ?? partEnd(pieces)
    if (next === undefined) break
    end = next
    pieces = pieces.filter((piece) => piece.start >= end)
  }
  return end
}

/** The end of "Leighton Buzzard", "Apt 4B", "67000 Strasbourg" or "Auckland 1025" where that comes next. */
function partEnd(pieces: Piece[]) {
  const part: Piece[] = []
  for (const piece of pieces) {
    if (part.length > 0 && (piece.sign !== '' || part.at(-1)!.isLast)) break
    if (!isCapital(piece) && !/^#?\d/.test(piece.text) && !(part.length > 0 && joins.has(piece.text))) break
    if (part.length > 0 && isOrdinary(piece) && isCapital(piece) && !joins.has(part.at(-1)!.text)) break
    part.push(piece)
  }
  while (part.length > 0 && joins.has(part.at(-1)!.text)) part.pop()
  return part.length > 0 && isTown(part) ? part.at(-1)!.end : smallTownEnd(pieces)
}

/** After a comma any name may be a town; after a blank only what is known as one. */
function isTown(part: Piece[]) {
  const [first] = part as [Piece]
  if (/^\d/.test(first.text))
    return part.length > 1 ? /^\d{3,6}$/.test(first.text) : /^\d{4,6}$/.test(first.text) && first.sign !== ''
  if (/\d/.test(part.map(({ text }) => text).join(''))) return true
  if (first.sign === ',') return !isOrdinary(first)
  return (isPlace(first) || isCode(first)) && !isOrdinary(first)
}

/** "alice springs", in the text of somebody who writes no capitals. */
function smallTownEnd(pieces: Piece[]) {
  const [first, second] = pieces
  if (
    first?.sign !== ',' ||
    !/^\p{Ll}/u.test(first.text) ||
    (meaningOfPiece(first) & COMMON) !== 0 ||
    (!isPlace(first) && first.text.length < 5)
  )
    return undefined
  if (!isPlace(first) && meaningOfPiece(first) !== 0) return undefined
  return second && second.sign === '' && !first.isLast && isPlace(first) && isPlace(second) ? second.end : first.end
}

const MOST_PARTS = 5

/** From a postal code back over town and street to the house. */
function townStart(text: string, from: number) {
  let start = from
  const pieces = piecesBefore(text, from)
  for (let count = 0; count < MOST_PARTS; count += 1) {
    const part = partBefore(pieces, count === 0)
    if (part === undefined) break
    start = part
  }
  return start
}

/** Takes one part, up to the comma before it, off the end of the pieces. */
function partBefore(pieces: Piece[], isNearest: boolean) {
  const part: Piece[] = []
  while (pieces.length > 0) {
    const piece = pieces.at(-1)!
    if (piece.isLast && part.length > 0) break
    if (!isCapital(piece) && !/^\d{1,5}[a-zA-Z]?$/.test(piece.text) && !(part.length > 0 && joins.has(piece.text)))
      break
    if (isOrdinary(piece) || (isNearest && part.length > 3)) break
    part.unshift(pieces.pop()!)
    if (piece.sign !== '') break
  }
  while (part.length > 0 && joins.has(part[0]!.text)) part.shift()
  if (part.length === 0) return undefined
  if (part[0]!.sign === '') pieces.length = 0
  return part[0]!.start
}
