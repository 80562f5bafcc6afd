import { Marked, type Token } from 'marked'
import sanitizeHtml from 'sanitize-html'
import { letteredLists } from './lettered-lists.ts'
import { isSafeUrl, LayRenderer } from './markdown-renderer.ts'
import { LayTokenizer, PiecewiseLexer, piecewiseParagraphs } from './markdown-tokenizer.ts'

const LONG_GAP = / {41,}/g

const marked = new Marked({ gfm: true, breaks: true, extensions: [letteredLists, piecewiseParagraphs] })

/** Safe HTML for what somebody wrote. Its highest heading becomes h2, h3 or h4; HTML they typed shows as text. */
export function renderMarkdown(markdown: string, topHeading: 2 | 3 | 4 = 3): string {
  const options = { ...marked.defaults, tokenizer: new LayTokenizer(), renderer: new LayRenderer() }
  const tokens = new PiecewiseLexer(options).lex(markdown.replace(LONG_GAP, ' '.repeat(40)))
  moveHeadings(tokens, topHeading)
  return sanitizeHtml(marked.parser(tokens, options), allowed).replaceAll(' />', '>')
}

/** The heading levels in use become levels next to each other, from `top` down. */
function moveHeadings(tokens: Token[], top: number) {
  const headings: { depth: number }[] = []
  void marked.walkTokens(tokens, (token) => {
    if (token.type === 'heading') headings.push(token as { depth: number })
  })
  const levels = [...new Set(headings.map(({ depth }) => depth))].sort()
  for (const heading of headings) heading.depth = Math.min(top + levels.indexOf(heading.depth), 6)
}

const headings = ['h2', 'h3', 'h4', 'h5', 'h6']
const blocks = [...headings, 'p', 'li', 'blockquote', 'th', 'td']
const alignments = ['align-center', 'align-right']

/** The second wall: whatever slipped past marked and ourselves ends here. */
const allowed: sanitizeHtml.IOptions = {
  allowedTags: [
    ...blocks,
    ...['ul', 'ol', 'hr', 'br', 'pre', 'code', 'em', 'strong', 'del', 'a'],
    ...['div', 'table', 'thead', 'tbody', 'tr'],
  ],
  allowedAttributes: {
    a: ['href', 'rel'],
    ol: ['start', { name: 'type', values: ['a', 'A', 'i', 'I'] }],
    pre: ['tabindex'],
    div: ['tabindex', 'aria-label', { name: 'role', values: ['group'] }],
    ...Object.fromEntries(blocks.map((tag) => [tag, ['dir']])),
    th: ['dir', { name: 'scope', values: ['col'] }],
  },
  allowedClasses: { div: ['table-scroll'], th: alignments, td: alignments },
  allowedSchemes: ['http', 'https', 'mailto'],
  allowProtocolRelative: false,
  transformTags: {
    ...Object.fromEntries(blocks.map((tag) => [tag, sanitizeHtml.simpleTransform(tag, { dir: 'auto' })])),
    a: (tagName, { href = '' }) => ({
      tagName: isSafeUrl(href) ? tagName : 'span',
      attribs: { href, rel: 'ugc nofollow noopener' },
    }),
  },
}
