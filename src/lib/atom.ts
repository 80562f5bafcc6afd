import { escapeHtml } from './messages.ts'

type Entry = {
  id: string
  url: string
  title: string
  author: string
  summary: string
  publishedAt: Date
  updatedAt: Date
}
/** Something that was in the feed and is gone. @see https://www.rfc-editor.org/rfc/rfc6721 */
type Tombstone = { id: string; at: Date }
type Feed = { id: string; url: string; pageUrl: string; title: string; entries: Entry[]; deleted?: Tombstone[] }

/** An Atom feed. Ids are for ever: they hold nothing that may change. @see https://www.rfc-editor.org/rfc/rfc4287 */
export function atomFeed({ id, url, pageUrl, title, entries, deleted = [] }: Feed) {
  const times = [...entries.map((entry) => entry.updatedAt.getTime()), ...deleted.map(({ at }) => at.getTime())]
  const updatedAt = new Date(Math.max(0, ...times))
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    deleted.length > 0 ? `${FEED.slice(0, -1)} xmlns:at="http://purl.org/atompub/tombstones/1.0">` : FEED,
    element('id', id),
    element('title', title),
    element('updated', updatedAt.toISOString()),
    `<link rel="self" href="${escapeHtml(url)}"/>`,
    `<link rel="alternate" href="${escapeHtml(pageUrl)}"/>`,
    ...deleted.map(({ id, at }) => `<at:deleted-entry ref="${escapeHtml(id)}" when="${at.toISOString()}"/>`),
    ...entries.map(entryXml),
    '</feed>\n',
  ].join('\n')
}

const FEED = '<feed xmlns="http://www.w3.org/2005/Atom">'

const entryXml = ({ id, url, title, author, summary, publishedAt, updatedAt }: Entry) =>
  [
    '<entry>',
    element('id', id),
    element('title', title),
    `<link rel="alternate" href="${escapeHtml(url)}"/>`,
    element('published', publishedAt.toISOString()),
    element('updated', updatedAt.toISOString()),
    `<author>${element('name', author)}</author>`,
    element('summary', summary),
    '</entry>',
  ].join('\n')

const element = (name: string, text: string) => `<${name}>${escapeHtml(withoutControls(text))}</${name}>`

/** XML has no way to write them. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones meant
const withoutControls = (text: string) => text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
