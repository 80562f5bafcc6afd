/** A word or number of an address. `sign`: the comma or line end before it; `isLast`: a stop comes after it. */
export type Piece = { text: string; start: number; end: number; sign: '' | ',' | '\n'; isLast: boolean }

const PIECE = /[^\s,]+/g
const REACH = 120
const ABBREVIATED = /^(?:Co|St|Mt|Ft|Rd|Ave|Apt|No|Sq|Ln|Dr|Blvd|Nr|[A-Z])\.$/

/** The words and numbers that follow a place in a text, to the end of the sentence. */
export function piecesAfter(text: string, from: number): Piece[] {
  const pieces = piecesIn(text, from, Math.min(text.length, from + REACH))
  const last = pieces.findIndex(({ isLast }) => isLast)
  return /^[^\s,]/.test(text.slice(from, from + 1)) ? [] : last < 0 ? pieces : pieces.slice(0, last + 1)
}

/** Those before it, from the start of the sentence. */
export function piecesBefore(text: string, to: number): Piece[] {
  const from = text.lastIndexOf(' ', Math.max(0, to - REACH)) + 1
  const pieces = piecesIn(text, to - from > REACH * 2 ? to - REACH : from, to)
  const stop = pieces.findLastIndex(({ isLast }) => isLast)
  return pieces.slice(stop + 1)
}

function piecesIn(text: string, from: number, to: number) {
  const slice = text.slice(from, to)
  let last = 0
  return [...slice.matchAll(PIECE)].map(({ index, 0: whole }): Piece => {
    const gap = slice.slice(last, index)
    last = index + whole.length
    const lead = /^[("“'‘#]*/.exec(whole)![0].length
    const bare = ABBREVIATED.test(whole) ? whole : whole.slice(lead).replace(/[.!?;:)"”'’]+$/, '')
    const start = from + index + (ABBREVIATED.test(whole) ? 0 : lead)
    const end = start + bare.length
    return {
      text: bare,
      start,
      end,
      sign: gap.includes(',') ? ',' : gap.includes('\n') ? '\n' : '',
      isLast: end < from + last,
    }
  })
}
