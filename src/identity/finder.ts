import { isEnglish } from '../lib/language.ts'
import { findAddresses } from './addresses.ts'
import { findBirths } from './births.ts'
import { findContacts } from './contacts.ts'
import type { Kind, Range } from './kinds.ts'
import { nameTags } from './name-tags.ts'
import { findNames } from './names.ts'
import { findNumbers } from './numbers.ts'
import { textOf } from './text.ts'

export type { Kind } from './kinds.ts'
export type Find = Range & { text: string }

/**
 * What in a text may tell who somebody is, in its order, none within another: of other languages than English no names.
 * @param known what is theirs, such as their name
 */
export function findIdentity(text: string, known: string[] = [], tagsOf = nameTags): Find[] {
  const read = textOf(text)
  const names = isEnglish(text) ? findNames(read, tagsOf) : []
  const ranges = [
    ...names,
    ...findContacts(text),
    ...findAddresses(read),
    ...findNumbers(read),
    ...findBirths(read, names),
    ...findKnown(text, known),
  ]
  return merged(ranges).map((range) => ({ ...range, text: text.slice(range.start, range.end) }))
}

/** Single given names are words too often. */
function findKnown(text: string, known: string[]) {
  // Of all letters this one alone grows longer in small letters.
  const lower = text.replaceAll('İ', 'I').toLowerCase()
  return known.filter((own) => /\S[\s@]+\S|@/.test(own)).flatMap((own) => occurrences(lower, own.toLowerCase()))
}

function occurrences(text: string, own: string) {
  const found: Range[] = []
  for (let start = text.indexOf(own); start >= 0; start = text.indexOf(own, start + own.length))
    found.push({ kind: own.includes('@') ? 'e-mail' : 'name', start, end: start + own.length })
  return found
}

const widthOf = ({ start, end }: Range) => end - start

/** What overlaps is one find, of the kind of its longest part. */
function merged(ranges: Range[]) {
  const found: (Range & { widest: number; kind: Kind })[] = []
  for (const range of ranges.sort((a, b) => a.start - b.start || b.end - a.end)) {
    const last = found.at(-1)
    if (!last || range.start >= last.end) found.push({ ...range, widest: widthOf(range) })
    else {
      if (widthOf(range) > last.widest) Object.assign(last, { kind: range.kind, widest: widthOf(range) })
      last.end = Math.max(last.end, range.end)
    }
  }
  return found.map(({ kind, start, end }) => ({ kind, start, end }))
}
