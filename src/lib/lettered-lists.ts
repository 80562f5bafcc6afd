import type { RendererThis, TokenizerAndRendererExtension, TokenizerThis, Tokens } from 'marked'

/**
 * Lists that people number with letters, which CommonMark does not know:
 *
 *     a. one          A) one          i. one
 *     b. two          B) two          ii. two
 *
 * Two markers that follow each other make a list; "a. m." or "I. Newton" alone stays a sentence.
 * It may start anywhere (c, d …), ends where the next marker does not follow, and nests like a numbered list.
 */
export const letteredLists: TokenizerAndRendererExtension = {
  name: 'letteredList',
  level: 'block',
  childTokens: ['items'],
  start: findStart,
  tokenizer: tokenize,
  renderer: render,
}

type Marker = { indent: number; label: string; delimiter: string }
type Series = { type: 'a' | 'A' | 'i' | 'I'; start: number; labels: string[] }
type LetteredList = Omit<Tokens.List, 'type'> & { type: 'letteredList'; series: Series }

const MARKER = /^( {0,3})([a-z]|[A-Z]|[ivx]{2,6}|[IVX]{2,6})([.)])[ \t]+\S/
const LONGEST_LOOK = 500
const FIRST_MARKER_OR_END = /\n(?:[ \t]*\n|(?= {0,3}[aAiI][.)][ \t]+\S))/g
const BLANK = /^[ \t]*$/
const OTHER_ITEM = /^ {0,3}(?:[*+-]|\d{1,9}[.)])[ \t]/

const letters = Array.from({ length: 26 }, (_, index) => String.fromCharCode(97 + index))
const numerals = Array.from({ length: 39 }, (_, index) => romanOf(index + 1))
const alphabets = [
  { type: 'i', labels: numerals },
  { type: 'I', labels: numerals.map((label) => label.toUpperCase()) },
  { type: 'a', labels: letters },
  { type: 'A', labels: letters.map((label) => label.toUpperCase()) },
] as const

function romanOf(number: number) {
  const ones = ['', 'i', 'ii', 'iii', 'iv', 'v', 'vi', 'vii', 'viii', 'ix']
  return 'x'.repeat(Math.floor(number / 10)) + ones[number % 10]
}

/** Where in a paragraph a list begins. Only one that starts at its beginning may interrupt a paragraph. */
function findStart(this: TokenizerThis, src: string) {
  for (const { 0: text, index } of src.slice(0, LONGEST_LOOK).matchAll(FIRST_MARKER_OR_END)) {
    if (text !== '\n') return undefined
    if (readList(src.slice(index + 1))) return index + 1
  }
  return undefined
}

/** Markers become digits of the same length, and marked's own lists do the rest. */
function tokenize(this: TokenizerThis, src: string): LetteredList | undefined {
  const found = readList(src)
  const list = found && this.lexer.options.tokenizer?.list(found.numbered)
  if (!found || !list) return undefined
  return { ...list, type: 'letteredList', raw: src.slice(0, list.raw.length), series: found.series }
}

function render(this: RendererThis, token: Tokens.Generic) {
  const { series, items } = token as LetteredList
  const start = series.start === 1 ? '' : ` start="${series.start}"`
  const body = items.map((item) => this.parser.renderer.listitem(item)).join('')
  return `<ol type="${series.type}"${start}>\n${body}</ol>\n`
}

/** The list at the start of this text with numbers for its letters, or undefined if none starts there. */
function readList(src: string) {
  const first = markerOf(src)
  if (!first) return undefined
  const lines: string[] = []
  let series: Series | undefined
  let count = 0
  let wasBlank = false
  for (const line of linesOf(src)) {
    const marker = markerOf(line)
    if (count === 0 || (marker && follows(marker))) {
      lines.push(numbered(line))
      count += 1
    } else if (marker || ends(line, first, wasBlank)) break
    else lines.push(line)
    wasBlank = BLANK.test(line)
  }
  return series && { series, numbered: lines.join('\n') }

  function follows(marker: Marker) {
    if (marker.delimiter !== first!.delimiter) return false
    series ??= seriesOf(first!.label, marker.label)
    return series?.labels[series.start - 1 + count] === marker.label
  }
}

/** Nothing but its own items and what is indented below them may follow a blank line in a list. */
function ends(line: string, { indent, label }: Marker, wasBlank: boolean) {
  const width = line.search(/[^ \t]/)
  if (width < 0 || width > indent + label.length + 1 || line.startsWith('\t')) return false
  return wasBlank || OTHER_ITEM.test(line)
}

function seriesOf(first: string, second: string): Series | undefined {
  for (const { type, labels } of alphabets) {
    const index = labels.indexOf(first)
    if (index >= 0 && labels[index + 1] === second) return { type, start: index + 1, labels: [...labels] }
  }
  return undefined
}

function markerOf(line: string): Marker | undefined {
  const [, indent, label, delimiter] = MARKER.exec(line) ?? []
  if (indent === undefined || label === undefined || delimiter === undefined) return undefined
  return { indent: indent.length, label, delimiter }
}

const numbered = (line: string) => line.replace(/[A-Za-z]+/, (label) => '1'.repeat(label.length))

function* linesOf(text: string) {
  for (let start = 0; start <= text.length; ) {
    const end = text.indexOf('\n', start)
    yield text.slice(start, end < 0 ? text.length : end)
    if (end < 0) return
    start = end + 1
  }
}
