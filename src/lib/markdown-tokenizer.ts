import { Lexer, type Token, Tokenizer, type TokenizerExtension } from 'marked'

const DEEPEST_NESTING = 10
const LONGEST_INLINE = 1500
const LONGEST_LOOK = 500
const LONGEST_QUOTE = 10_000
/** Characters of a text that may be looked through, time and again, for the other end of a table or an emphasis. */
const SEARCH_BUDGET = 500_000

const TABLE_START = /^[^\n]*\n[ |:-]*[|:][ |:-]*(?:\n|$)/

/** Works on a very long paragraph in pieces, cut between words, or its time would grow with the square of its length. */
export class PiecewiseLexer extends Lexer {
  #depth = 0

  override inlineTokens(src: string, tokens: Token[] = []): Token[] {
    if (this.#depth === DEEPEST_NESTING) tokens.push({ type: 'text', raw: src, text: src })
    else {
      this.#depth += 1
      for (const piece of piecesOf(src)) super.inlineTokens(piece, tokens)
      this.#depth -= 1
    }
    return tokens
  }
}

function* piecesOf(text: string) {
  let rest = text
  while (rest) {
    const piece = upTo(LONGEST_INLINE, rest, ' ')
    yield piece
    rest = rest.slice(piece.length)
  }
}

/** Looks for the end of a paragraph in pieces, or marked would search the whole text from each line. */
export const piecewiseParagraphs: TokenizerExtension = {
  name: 'piece',
  level: 'block',
  start: (src) => src.indexOf('\n', LONGEST_LOOK),
  tokenizer: () => undefined,
}

/**
 * Markdown as people who know none of it mean it. One for each text.
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

  override emStrong(src: string, maskedSrc: string, prevChar?: string) {
    return /^[*_]/.test(src) && this.#maySearch(maskedSrc) ? super.emStrong(src, maskedSrc, prevChar) : undefined
  }

  override del(src: string, maskedSrc: string, prevChar?: string) {
    return src.startsWith('~~') && this.#maySearch(maskedSrc) ? super.del(src, maskedSrc, prevChar) : undefined
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

function upTo(length: number, src: string, boundary: string) {
  if (src.length <= length) return src
  const end = src.lastIndexOf(boundary, length)
  return src.slice(0, end > 0 ? end : length)
}
