import { bare } from './lexicon.ts'
import { wordSets } from './lists.ts'
import { type Piece, piecesAfter, piecesBefore } from './pieces.ts'
import { type Text, wordsBefore } from './text.ts'
import type { Word } from './words.ts'

export type Place = { start: number; end: number }

const lists = wordSets('addresses.yaml', [
  'streets',
  'foreign',
  'endings',
  'houses',
  'rooms',
  'joins',
  'living',
  'no-streets',
])
const ENDING = new RegExp(`[a-zäöüß]{2}(?:${[...lists.endings].join('|')})$`)

/** Streets with the number of a house, houses with a name where somebody says they live, and boxes of the post. */
export const findStreets = (text: Text): Place[] =>
  outermost([...text.words.filter(isAnchor).flatMap((word) => streetsAt(text, word)), ...boxesIn(text.text)])

/** Words that begin or end the name of a street or a house. */
const PARTS = new Set([...lists.streets, ...lists.foreign, ...lists.houses, 'the'])

const isAnchor = ({ bare, gap, shape }: Word) =>
  PARTS.has(bare) || (shape !== 'small' && (ENDING.test(bare) || /\d[a-zA-Z]?,? $/.test(gap)))

function streetsAt(text: Text, word: Word): Place[] {
  const found = [
    lists.streets.has(word.bare) ? numberedStreet(text, word) : undefined,
    lists.foreign.has(word.bare) ? foreignStreet(text, word) : undefined,
    ENDING.test(word.bare) ? compoundStreet(text, word) : undefined,
    lists.houses.has(word.bare) || word.bare === 'the' ? namedHouse(text, word) : undefined,
    isCapital(word.text) && /\d[a-zA-Z]?,? $/.test(word.gap) ? numberedHouse(text, word) : undefined,
  ]
  return found.filter((place) => place !== undefined)
}

const isCapital = (text: string) => /^\p{Lu}/u.test(text)
const isNumber = (text: string) => /^\d{1,5}[a-zA-Z]?(?:[-/]\d{1,4}[a-zA-Z]?)?$/.test(text)
const MOST_NAME_WORDS = 5
const LONGEST_NAME = 60
const NUMBER_AFTER = 8

/** "Flat 2, 14 Larch Close", "27, Admiralty Way", "42 coronation rd" */
function numberedStreet(text: Text, word: Word): Place | undefined {
  if (!/\d/.test(text.text.slice(Math.max(0, word.start - LONGEST_NAME), word.end + NUMBER_AFTER))) return undefined
  const pieces = piecesBefore(text.text, word.start)
  const name: Piece[] = []
  while (pieces.length > 0 && name.length < MOST_NAME_WORDS && !isNumber(pieces.at(-1)!.text)) {
    if (name[0]?.sign === ',') return undefined
    name.unshift(pieces.pop()!)
  }
  const number = pieces.pop()
  if (!number) return streetWithNumberAfter(text, name, word)
  if (name.length === 0 || word.gap.includes(',')) return undefined
  if (!isStreetName(text, number, name, word)) return undefined
  return { start: houseStart(pieces, roomStart(pieces, number)), end: withNumber(text.text, word.end) }
}

/** "We live on Bleecker Street 14" */
function streetWithNumberAfter(text: Text, name: Piece[], word: Word): Place | undefined {
  const first = name.findLast((piece, at) => isCapital(piece.text) && !isCapital(name[at - 1]?.text ?? ''))
  const end = withNumber(text.text, word.end)
  return first && isCapital(word.text) && end > word.end && isLiving(text, first.start, SURELY)
    ? { start: first.start, end }
    : undefined
}

function isStreetName(text: Text, number: Piece, name: Piece[], word: Word) {
  if (name.some((piece) => isCapital(piece.text)))
    return (
      name.every(({ text }) => isCapital(text) || lists.joins.has(text) || /^\d+(?:st|nd|rd|th)$/.test(text)) &&
      (isCapital(word.text) || name.length < 3)
    )
  return (
    !name.some(({ text }) => lists['no-streets'].has(text.toLowerCase())) &&
    name.length <= 3 &&
    isLiving(text, number.start)
  )
}

const MOST_WORDS_OF_LIVING = 4

const SURELY = new Set(
  'live lives lived living address home at send sent post deliver delivered write moved'.split(' '),
)

function isLiving(text: Text, position: number, living = lists.living) {
  for (const { word, gap } of wordsBefore(text, position, MOST_WORDS_OF_LIVING)) {
    if (/\d/.test(gap)) return false
    if (living.has(word.bare) || (living === lists.living && /m|re/.test(word.clitic))) return true
  }
  return false
}

/** "Flat 2," and "Unit 9," before the number of the house. */
function roomStart(pieces: Piece[], number: Piece) {
  let first = number
  while (pieces.length > 0) {
    const [kind, which] = [pieces.at(-2), pieces.at(-1)!]
    if (first === number && number.sign === '' && lists.rooms.has(bare(which.text.toLowerCase()))) first = pieces.pop()!
    else if (kind && lists.rooms.has(bare(kind.text.toLowerCase())) && which.text.length <= 5)
      first = pieces.splice(-2)[0]!
    else break
  }
  return first.start
}

/** "Flat 9, Garrick House," and "The Old Forge," before the number; takes from `pieces` what it reads. */
function houseStart(pieces: Piece[], from: number): number {
  const name: Piece[] = []
  while (pieces.length > 0 && name.length < 4 && (name[0]?.sign ?? '') === '' && isCapital(pieces.at(-1)!.text))
    name.unshift(pieces.pop()!)
  const words = name.map(({ text }) => bare(text.toLowerCase()))
  const isHouse = words[0] === 'the' || lists.houses.has(words.at(-1) ?? '') || lists.streets.has(words.at(-1) ?? '')
  return isHouse && name.length > 1 ? roomStart(pieces, name[0]!) : from
}

/** "Via Garibaldi 48", "Skovvej 12", "Highway 61" */
const withNumber = (text: string, end: number) =>
  end + (/^,? (?:n[.º°o]{1,2} ?)?\d{1,4}[a-zA-Z]?(?![\dA-Za-z])/.exec(text.slice(end, end + 12))?.[0].length ?? 0)

/** "77 Rue de la Roquette", "Calle Mayor 5" */
function foreignStreet(text: Text, word: Word): Place | undefined {
  const name: Piece[] = []
  for (const piece of piecesAfter(text.text, word.end)) {
    if (
      piece.sign !== '' ||
      !(
        isCapital(piece.text) ||
        /^(?:de|del|della|dei|delle|di|da|do|dos|das|du|des|la|le|les|los|las|el|y|e|et|von|van|d['’].*|l['’].*)$/.test(
          piece.text,
        )
      )
    )
      break
    name.push(piece)
    if (piece.isLast) break
  }
  const last = name.findLast(({ text }) => isCapital(text) || /['’]/.test(text))
  if (!last) return undefined
  const end = withNumber(text.text, last.end)
  const before = piecesBefore(text.text, word.start).slice(-2)
  const number = before.findLast(({ text }) => isNumber(text))
  if (number && (before.at(-1) === number || /^(?:bis|ter)$/.test(before.at(-1)!.text)))
    return { start: number.start, end }
  return end > last.end ? { start: word.start, end } : undefined
}

function compoundStreet(text: Text, word: Word): Place | undefined {
  const end = withNumber(text.text, word.end + (text.text[word.end] === '.' ? 1 : 0))
  return isCapital(word.text) && end > word.end + 1 ? { start: word.start, end } : undefined
}

/** "Rose Cottage" where somebody says they live there; "7 The Green" */
function namedHouse(text: Text, word: Word): Place | undefined {
  if (!isCapital(word.text)) return undefined
  const pieces = piecesBefore(text.text, word.start)
  if (word.bare === 'the') return houseOfThe(text, word, pieces)
  const name: Piece[] = []
  while (pieces.length > 0 && name.length < 3 && isCapital(pieces.at(-1)!.text) && (name[0]?.sign ?? '') === '')
    name.unshift(pieces.pop()!)
  const [first] = name
  return first &&
    isLiving(text, first.start) &&
    /^(?:live|lives|living|address|home)$/.test(
      [...wordsBefore(text, first.start, 3)]
        .map(({ word }) => word.bare)
        .find((bare) => lists.living.has(bare) && !/^(?:at|in|is|on|to)$/.test(bare)) ?? '',
    )
    ? { start: first.start, end: word.end }
    : undefined
}

function houseOfThe(text: Text, word: Word, pieces: Piece[]): Place | undefined {
  const number = pieces.pop()
  const [name] = piecesAfter(text.text, word.end)
  return number && isNumber(number.text) && name && isCapital(name.text) && isLiving(text, number.start)
    ? { start: number.start, end: name.end }
    : undefined
}

/** "5 Gort na Mona, Carraroe" where somebody says they live there. */
function numberedHouse(text: Text, word: Word): Place | undefined {
  const number = piecesBefore(text.text, word.start).at(-1)
  if (!number || !isNumber(number.text) || word.cue === 'time' || !isLiving(text, number.start, SURELY))
    return undefined
  const name = [...piecesAfter(text.text, number.end)]
  const end = name.findIndex((piece, at) => at > 0 && piece.sign === ',')
  const isName = end > 0 && end <= 4 && name.slice(0, end).every(({ text }) => isCapital(text) || lists.joins.has(text))
  return isName && isCapital(name[end]!.text) ? { start: number.start, end: name[end - 1]!.end } : undefined
}

const BOX = /\b(?:p\.? ?o\.? ?box|post office box|gpo box|postfach|apartado)\.? ?\d+/gi

const boxesIn = (text: string): Place[] =>
  [...text.matchAll(BOX)].map(({ index, 0: found }) => ({ start: index, end: index + found.length }))

/** Of places within each other the outer one. */
export function outermost<Kept extends Place>(places: Kept[]) {
  const kept: Kept[] = []
  for (const place of places.sort((a, b) => a.start - b.start || b.end - a.end))
    if (place.end > (kept.at(-1)?.end ?? 0)) kept.push(place)
  return kept
}
