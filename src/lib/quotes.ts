/** So many words in a row that are the same were copied. */
const RUN = 6
/** In quotation marks fewer are enough. */
const QUOTED_RUN = 3
const GONE = '[…]'

const WORD = /[\p{L}\p{N}]+(?:['’][\p{L}\p{N}]+)*/gu
const QUOTED_LINE = /^[ \t]*>.*$/gm
const QUOTATION = /“[^”\n]*”|"[^"\n]*"|„[^“\n]*“|«[^»\n]*»/g

type Word = { said: string; start: number; end: number }
type Span = { start: number; end: number }

/** A text without the words it repeats from others: whole quoted lines, quotations, and long runs of words. */
export function withoutQuotes(text: string, sources: string[]) {
  const words = wordsOf(text)
  const copied = new Set<Word>()
  const read = sources.map((source) => wordsOf(source).map(({ said }) => said))
  for (const word of copiedRuns(words, read)) copied.add(word)
  const spoken = read.map(spokenOf)
  for (const { least, pattern } of MARKED)
    for (const span of spansOf(text, pattern)) {
      const inside = words.filter(({ start, end }) => start >= span.start && end <= span.end)
      const said = spokenOf(inside.map((word) => word.said))
      if (inside.length >= least && spoken.some((source) => source.includes(said)))
        for (const word of inside) copied.add(word)
    }
  return cut(text, words, copied)
}

const MARKED = [
  { pattern: QUOTED_LINE, least: 1 },
  { pattern: QUOTATION, least: QUOTED_RUN },
]

const wordsOf = (text: string): Word[] =>
  [...text.matchAll(WORD)].map(({ 0: word, index }) => ({
    said: word.toLowerCase().replaceAll('’', "'"),
    start: index,
    end: index + word.length,
  }))

const spansOf = (text: string, pattern: RegExp): Span[] =>
  [...text.matchAll(pattern)].map(({ 0: found, index }) => ({ start: index, end: index + found.length }))

const spokenOf = (words: string[]) => ` ${words.join(' ')} `

function copiedRuns(words: Word[], sources: string[][]) {
  const runs = new Set(sources.flatMap((source) => source.map((_word, at) => runAt(source, at)).filter(Boolean)))
  const said = words.map((word) => word.said)
  return words.flatMap((_word, at) => (runs.has(runAt(said, at)) ? words.slice(at, at + RUN) : []))
}

const runAt = (words: string[], at: number) => (at + RUN <= words.length ? words.slice(at, at + RUN).join(' ') : '')

/** What was copied without a break leaves one mark. */
function cut(text: string, words: Word[], copied: Set<Word>) {
  let rest = ''
  let at = 0
  for (const [index, word] of words.entries()) {
    if (!copied.has(word)) continue
    if (!copied.has(words[index - 1]!)) rest += text.slice(at, word.start) + GONE
    at = word.end
  }
  return rest + text.slice(at)
}
