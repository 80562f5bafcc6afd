import { renderMarkdown } from './markdown.ts'

/** Enough of a text for its beginning, however much of it is addresses of links. */
const LOOKED_AT = 4000
const ENTITIES: Record<string, string> = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&amp;': '&' }

/** The beginning of what somebody wrote, as plain text of whole words on one line. */
export function excerptOf(markdown: string, length = 160): string {
  return shortened(plainTextOf(renderMarkdown(markdown.slice(0, LOOKED_AT))), length)
}

/** @param html from `renderMarkdown`, whose tags end where they seem to */
export const plainTextOf = (html: string) =>
  unescaped(html.replace(/<[^>]*>/g, ' '))
    .replace(/\s+/g, ' ')
    .trim()

const unescaped = (html: string) => html.replace(/&(?:lt|gt|quot|amp);/g, (entity) => ENTITIES[entity]!)

function shortened(text: string, length: number) {
  if (text.length <= length) return text
  const start = text.slice(0, length)
  const end = text[length - 1] === ' ' ? length - 1 : start.lastIndexOf(' ')
  return `${(end > 0 ? start.slice(0, end) : start.slice(0, -1)).replace(/[\s,;:–-]+$/, '')}…`
}
