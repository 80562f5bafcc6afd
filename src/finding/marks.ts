import { escapeHtml } from '../lib/messages.ts'
import { type Word, wordsOf } from '../search/words.ts'

/** Words that were looked for, in each way they may be said; several in a row stand side by side. */
export type Marks = string[][]

type Range = { start: number; end: number }

/** The text as HTML, with what was looked for marked in it. */
export function markedHtml(text: string, marks: Marks) {
  let html = ''
  let from = 0
  for (const { start, end } of rangesIn(text, marks)) {
    html += `${escapeHtml(text.slice(from, start))}<mark>${escapeHtml(text.slice(start, end))}</mark>`
    from = end
  }
  return html + escapeHtml(text.slice(from))
}

const BEFORE = 40

/** The part of a text that holds most of what was looked for, or its beginning. */
export function passageOf(text: string, marks: Marks, length: number) {
  if (text.length <= length) return text
  const ranges = rangesIn(text, marks)
  const markedFrom = ({ start }: Range) =>
    ranges
      .filter((range) => range.start >= start && range.end <= start + length - BEFORE)
      .reduce((sum, range) => sum + range.end - range.start, 0)
  const best = ranges.toSorted((a, b) => markedFrom(b) - markedFrom(a) || a.start - b.start)[0]
  const start = !best || best.end <= length ? 0 : best.start - BEFORE
  return wholeWords(text, start, start + length)
}

function wholeWords(text: string, start: number, end: number) {
  const from = start <= 0 ? 0 : text.indexOf(' ', start) + 1
  const until = end >= text.length ? text.length : Math.max(text.lastIndexOf(' ', end), from + 1)
  const cut = text.slice(from, until).replace(/[\s.,;:–-]+$/, '')
  return `${from > 0 ? '…' : ''}${cut}${until < text.length ? '…' : ''}`
}

function rangesIn(text: string, marks: Marks): Range[] {
  const byFirst = Map.groupBy(
    marks.filter(({ length }) => length > 0),
    ([first]) => first!,
  )
  const words = wordsOf(text)
  const ranges: Range[] = []
  for (let index = 0; index < words.length; ) {
    const length = longestAt(words, index, byFirst.get(words[index]!.token))
    if (length > 0) add(ranges, { start: words[index]!.start, end: words[index + length - 1]!.end }, text)
    index += Math.max(1, length)
  }
  return ranges
}

/** Neighbours are marked as one. */
function add(ranges: Range[], range: Range, text: string) {
  const last = ranges.at(-1)
  if (last && text.slice(last.end, range.start) === ' ') last.end = range.end
  else ranges.push(range)
}

/** How many words the longest run takes that begins here. */
const longestAt = (words: Word[], index: number, runs: Marks = []) =>
  Math.max(
    0,
    ...runs
      .filter((run) => run.every((token, offset) => words[index + offset]?.token === token))
      .map(({ length }) => length),
  )
