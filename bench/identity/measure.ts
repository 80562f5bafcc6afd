import { performance } from 'node:perf_hooks'

type Line = { text: string; spans: string[] }
type Range = { start: number; end: number }
type Finder = (text: string) => (Range & { text: string })[]
type Judged = Line & { found: string[]; missed: string[] }

const LONG = 5_000

export function readLines(content: string): Line[] {
  return content
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line, index) => {
      const { text, spans } = JSON.parse(line)
      if (typeof text !== 'string' || !Array.isArray(spans))
        throw new Error(`Line ${index + 1} has no text or no spans.`)
      return { text, spans }
    })
}

/** Recall: spans of which every letter is pointed out. False alarms: texts without spans in which something is. */
export function measure(lines: Line[], find: Finder) {
  const judged = lines.map((line) => judge(line, find))
  const spans = judged.flatMap(({ spans }) => spans).length
  const misses = judged.flatMap(({ text, missed }) => missed.map((span) => `  missed “${span}” in: ${text}`))
  const clean = judged.filter(({ spans }) => spans.length === 0)
  const alarms = clean.filter(({ found }) => found.length > 0)
  const recall = rate(spans - misses.length, spans)
  const falseAlarms = rate(alarms.length, clean.length)
  return {
    recall,
    falseAlarms,
    report: [
      `texts          ${lines.length}, ${lines.length - clean.length} with spans`,
      `recall         ${recall.toFixed(3)} (${spans - misses.length} of ${spans} spans)`,
      `false alarms   ${falseAlarms.toFixed(3)} (${alarms.length} of ${clean.length} texts)`,
      ...misses,
      ...alarms.map(({ text, found }) => `  false alarm “${found.join('”, “')}” in: ${text}`),
      ...timesOf(lines, find),
    ].map((line) => line.replaceAll('\n', ' ⏎ ')),
  }
}

const rate = (part: number, whole: number) => (whole === 0 ? 0 : part / whole)

function judge({ text, spans }: Line, find: Finder): Judged {
  const finds = find(text)
  return {
    text,
    spans,
    found: finds.map((one) => one.text),
    missed: spans.filter((span) => !isCovered(text, span, finds)),
  }
}

/** Blanks and punctuation between two finds may stay. */
function isCovered(text: string, span: string, finds: Range[]) {
  for (let start = text.indexOf(span); start >= 0; start = text.indexOf(span, start + 1)) {
    const rest = [...span].map((letter, index) => (isWithin(start + index, finds) ? '' : letter)).join('')
    if (/[\p{L}\p{N}]/u.test(rest)) continue
    return true
  }
  return false
}

const isWithin = (place: number, finds: Range[]) => finds.some(({ start, end }) => start <= place && place < end)

function timesOf(lines: Line[], find: Finder) {
  const each = lines.map(({ text }) => timed(() => find(text))).sort((a, b) => a - b)
  const whole = lines.map(({ text }) => text).join('\n\n')
  const long = Array.from({ length: 50 }, (_, index) =>
    whole
      .slice(index * 100)
      .padEnd(LONG, whole)
      .slice(0, LONG),
  )
  // As in a server that has run for a while.
  for (const text of long) find(text)
  const longTimes = long.map((text) => timed(() => find(text))).sort((a, b) => a - b)
  return [
    `time per check median ${middle(each)} ms, slowest ${each.at(-1)!.toFixed(2)} ms`,
    `5,000 letters  median ${middle(longTimes)} ms, slowest ${longTimes.at(-1)!.toFixed(2)} ms`,
  ]
}

function timed(work: () => unknown) {
  const from = performance.now()
  work()
  return performance.now() - from
}

const middle = (sorted: number[]) => (sorted[Math.floor(sorted.length / 2)] ?? 0).toFixed(3)
