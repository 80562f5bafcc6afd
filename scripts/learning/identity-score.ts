import type { Labelled } from './identity-texts.ts'
import type { Score } from './score.ts'

type Range = { start: number; end: number }
type Finder = (text: string) => (Range & { text: string })[]

/** Recall: spans of which every letter is pointed out. False alarms: texts without spans in which something is. */
export function scoreIdentity(texts: Labelled[], find: Finder): Score {
  const judged = texts.map((labelled) => judge(labelled, find))
  const spanCount = judged.flatMap(({ spans }) => spans).length
  const misses = judged.flatMap(({ text, missed }) => missed.map((span) => `missed “${span}” in: ${text}`))
  const clean = judged.filter(({ spans }) => spans.length === 0)
  const alarmed = clean.filter(({ found }) => found.length > 0)
  return {
    recall: { part: spanCount - misses.length, all: spanCount },
    falseAlarms: { part: alarmed.length, all: clean.length },
    mistakes: [...misses, ...alarmed.map(({ text, found }) => `false alarm “${found.join('”, “')}” in: ${text}`)],
  }
}

function judge({ text, spans }: Labelled, find: Finder) {
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
