import { createHash } from 'node:crypto'
import { type Find, findIdentity, type Kind } from './finder.ts'

export type Texts = Record<string, string>
/** `id` says in which field and where, as a form can carry it. */
export type FieldFind = Find & { field: string; id: string }

/** More than anybody checks one by one; once these are settled the next are shown. */
const MOST = 40
const ID = /^([a-zA-Z]{1,40}\d{0,10}):(\d{1,6})-(\d{1,6})$/

/** What in these fields may tell who somebody is. */
export const findInFields = (texts: Texts, known: string[] = []): FieldFind[] =>
  Object.entries(texts).flatMap(([field, text]) =>
    findIdentity(text, known).map((find) => ({ ...find, field, id: `${field}:${find.start}-${find.end}` })),
  )

export const mayIdentify = (texts: Texts) => findInFields(texts).length > 0

/** Not yet seen by whoever wrote them, whose form carries `seen`. */
export function unseenFinds(finds: FieldFind[], seen = '') {
  const known = new Set(seen.split('.'))
  return finds.filter((find) => !known.has(markOf(find))).slice(0, MOST)
}

/** What a form carries once its writer has looked at these, and not what they say. */
export const seenOf = (finds: FieldFind[], before = '') =>
  [...new Set([...before.split('.'), ...finds.map(markOf)])].filter(Boolean).join('.').slice(0, LONGEST_SEEN)

const LONGEST_SEEN = 1_000

const markOf = ({ text }: Find) => createHash('sha256').update(text.toLowerCase()).digest('base64url').slice(0, 8)

/** The fields with a word such as [name] in the place of each find ticked; `all` stands for every one. */
export function blurred(texts: Texts, ticked: string[], wordFor: (kind: Kind) => string, known: string[] = []): Texts {
  const isTicked = (id: string) => ticked.includes('all') || ticked.includes(id)
  const finds = findInFields(texts, known).filter(({ id }) => isTicked(id))
  const blurredText = (field: string, text: string) =>
    finds
      .filter((find) => find.field === field)
      .reduceRight((rest, { start, end, kind }) => rest.slice(0, start) + wordFor(kind) + rest.slice(end), text)
  return Object.fromEntries(Object.entries(texts).map(([field, text]) => [field, blurredText(field, text)]))
}

/** The ticked boxes of a form, of those that a form of ours could hold; a button names several, with blanks between them. */
export const tickedIn = (sent: unknown) =>
  [sent]
    .flat()
    .flatMap((ids) => (typeof ids === 'string' ? ids.split(' ') : []))
    .filter((id) => id === 'all' || ID.test(id))
