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
type Feed = { id: string; url: string; pageUrl: string; title: string; entries: Entry[] }

/** An Atom feed. Ids are for ever: they hold nothing that may change. @see https://www.rfc-editor.org/rfc/rfc4287 */
export function atomFeed({ id, url, pageUrl, title, entries }: Feed) {
  const updatedAt = new Date(Math.max(0, ...entries.map((entry) => entry.updatedAt.getTime())))
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<feed xmlns="http://www.w3.org/2005/Atom">',
    element('id', id),
    element('title', title),
    element('updated', updatedAt.toISOString()),
    `<link rel="self" href="${escapeHtml(url)}"/>`,
    `<link rel="alternate" href="${escapeHtml(pageUrl)}"/>`,
    ...entries.map(entryXml),
    '</feed>\n',
  ].join('\n')
}

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
