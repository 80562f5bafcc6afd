import { Tokenizer, type TokenizerExtension } from 'marked'

const DEEPEST_NESTING = 10
const LONGEST_LINK = 3000
const LONGEST_URL = 2000
const LONGEST_EMAIL = 320
const LONGEST_LOOK = 1000
const LONGEST_QUOTE = 10_000
/** Characters that may be searched in vain for the other end of something. */
const SEARCH_BUDGET = 1_000_000

const URL_START = /^(?:https?:\/\/|www\.)/i
const TABLE_START = /^[^\n]*\n[ |:-]*[|:][ |:-]*(?:\n|$)/

/**
 * Markdown as people who know none of it mean it, in time that no input can stretch. One for each text.
 * What they type as HTML is text; a line under a paragraph or blanks before it make no heading and no code;
 * "5~6 days" strikes nothing out.
 */
export class LayTokenizer extends Tokenizer {
  #depth = 0
  #searchBudget = SEARCH_BUDGET

  override html() {
    return undefined
  }

  override tag() {
    return undefined
  }

  override code() {
    return undefined
  }

  override lheading() {
    return undefined
  }

  override blockquote(src: string) {
    return this.#nested(() => super.blockquote(upTo(LONGEST_QUOTE, src, '\n')))
  }

  override list(src: string) {
    return this.#nested(() => super.list(src))
  }

  override table(src: string) {
    return TABLE_START.test(src) && this.#maySearch(src) ? super.table(src) : undefined
  }

  override link(src: string) {
    return super.link(src.slice(0, LONGEST_LINK))
  }

  override emStrong(src: string, maskedSrc: string, prevChar?: string) {
    return /^[*_]/.test(src) && this.#maySearch(maskedSrc) ? super.emStrong(src, maskedSrc, prevChar) : undefined
  }

  override del(src: string, maskedSrc: string, prevChar?: string) {
    return src.startsWith('~~') && this.#maySearch(maskedSrc) ? super.del(src, maskedSrc, prevChar) : undefined
  }

  override url(src: string) {
    return super.url(src.slice(0, URL_START.test(src) ? LONGEST_URL : LONGEST_EMAIL))
  }

  override inlineText(src: string) {
    return super.inlineText(upTo(LONGEST_LOOK, src, ' '))
  }

  #nested<Result>(read: () => Result) {
    if (this.#depth === DEEPEST_NESTING) return undefined
    this.#depth += 1
    try {
      return read()
    } finally {
      this.#depth -= 1
    }
  }

  #maySearch({ length }: string) {
    this.#searchBudget -= length
    return this.#searchBudget > 0
  }
}

/** Has marked look for the end of a paragraph in pieces, or it would search the whole text from each line. */
export const piecewiseParagraphs: TokenizerExtension = {
  name: 'piece',
  level: 'block',
  start: (src) => src.indexOf('\n', LONGEST_LOOK),
  tokenizer: () => undefined,
}

function upTo(length: number, src: string, boundary: string) {
  if (src.length <= length) return src
  const end = src.lastIndexOf(boundary, length)
  return src.slice(0, end > 0 ? end : length)
}
