import type { Page } from '../plugins/views.ts'
import type { Mail } from './queries.ts'

type Paper = Pick<Page, 't' | 'siteName' | 'absolute'>

/** Whom a letter goes to. */
export type Person = { accountId: number; name: string; email: string }

/** `link` is a whole address. */
export type Letter = { name?: string; paragraphs: string[]; link?: string }

/** The text of a mail: greeting, paragraphs, the link on a line of its own, and the site's signature. */
export function mailText({ t, siteName, absolute }: Paper, { name, paragraphs, link }: Letter) {
  const greeting = name ? t('Hello {name},', { name: onOneLine(name) }) : t('Hello,')
  const parts = [greeting, ...paragraphs, link, `-- \n${siteName}\n${absolute('/')}`]
  return `${parts.filter(Boolean).join('\n\n')}\n`
}

const onOneLine = (text: string) => text.replace(/\s+/g, ' ').trim()

type Content = { subject: string; paragraphs: string[]; path?: string }

/** The whole mail to somebody who has an account, with a link to a page of ours. */
export function letter(paper: Paper, { accountId, name, email }: Person, { subject, paragraphs, path }: Content): Mail {
  const text = mailText(paper, { name, paragraphs, link: path && paper.absolute(path) })
  return { accountId, recipient: email, subject, text }
}
