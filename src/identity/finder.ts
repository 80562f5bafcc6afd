import { findNames } from './names.ts'
import { type Kind, PATTERNS } from './patterns.ts'

export type { Kind } from './patterns.ts'
export type Find = { kind: Kind; start: number; end: number; text: string }
type Range = Omit<Find, 'text'>

const LOOK_BACK = 60

/** What in a text may tell who somebody is, in its order, none within another. `known`: what is theirs, such as their name. */
export function findIdentity(text: string, known: string[] = []): Find[] {
  const ranges = [...matches(text), ...findNames(text), ...findKnown(text, known)]
  return merged(ranges).map((range) => ({ ...range, text: text.slice(range.start, range.end) }))
}

const matches = (text: string) =>
  PATTERNS.filter(({ needs }) => needs?.test(text) ?? true).flatMap(({ kind, pattern, group = 0, accepts }) =>
    [...text.matchAll(pattern)].flatMap((match): Range[] => {
      const written = match[group]!.trimEnd()
      const start = match.index + (group === 0 ? 0 : match[0].lastIndexOf(match[group]!))
      const end = start + written.length
      const before = text.slice(Math.max(0, start - LOOK_BACK), start)
      const after = text.slice(end, end + LOOK_BACK)
      const isMeant = accepts?.({ written, before, after, digits: written.replace(/\D/g, '') }) ?? true
      return isMeant ? [{ kind, start, end }] : []
    }),
  )

/** Single given names are words too often. */
function findKnown(text: string, known: string[]) {
  const lower = text.toLowerCase()
  return known.filter((own) => /\S[\s@]+\S|@/.test(own)).flatMap((own) => occurrences(lower, own.toLowerCase()))
}

function occurrences(text: string, own: string) {
  const found: Range[] = []
  for (let start = text.indexOf(own); start >= 0; start = text.indexOf(own, start + own.length))
    found.push({ kind: own.includes('@') ? 'e-mail' : 'name', start, end: start + own.length })
  return found
}

function merged(ranges: Range[]) {
  const found: Range[] = []
  for (const range of ranges.sort((a, b) => a.start - b.start || b.end - a.end)) {
    const last = found.at(-1)
    if (!last || range.start >= last.end) found.push({ ...range })
    else if (range.end > last.end) last.end = range.end
  }
  return found
}
