import { Renderer, type Tokens } from 'marked'
import { escapeHtml } from './messages.ts'

const SAFE_URL = /^(?:https?:\/\/|mailto:)\S+$/i

/** An address with a name before its host, such as https://bank.example@elsewhere.example, is there to deceive. */
export const isSafeUrl = (url: string) => SAFE_URL.test(url) && URL.parse(url)?.username === ''

/** Nothing it makes loads from elsewhere, runs, or needs a style; see the allow-list in markdown.ts. */
export class LayRenderer extends Renderer {
  #isInLink = false

  override link(token: Tokens.Link) {
    if (!isSafeUrl(token.href)) return this.parser.parseInline(token.tokens)
    this.#isInLink = true
    const html = super.link({ ...token, title: null })
    this.#isInLink = false
    return html
  }

  /** A link: an image would tell its host who reads what. */
  override image({ href, text }: Tokens.Image) {
    const words = escapeHtml(text || href)
    return isSafeUrl(href) && !this.#isInLink ? `<a href="${escapeHtml(href)}">${words}</a>` : words
  }

  override checkbox({ checked }: Tokens.Checkbox) {
    return checked ? '☑ ' : '☐ '
  }

  override code({ text }: Tokens.Code) {
    return `<pre tabindex="0"><code>${escapeHtml(text)}</code></pre>\n`
  }

  override table(token: Tokens.Table) {
    const label = token.header.map(({ text }) => text).join(', ')
    return `<div class="table-scroll" role="group" tabindex="0" aria-label="${escapeHtml(label)}">${super.table(token)}</div>\n`
  }

  override tablecell({ header, align, tokens }: Tokens.TableCell) {
    const alignment = align === 'center' || align === 'right' ? ` class="align-${align}"` : ''
    const [open, close] = header ? ['th scope="col"', 'th'] : ['td', 'td']
    return `<${open}${alignment}>${this.parser.parseInline(tokens)}</${close}>\n`
  }
}
