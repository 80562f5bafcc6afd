import type { Page } from '../plugins/views.ts'

/** `link` is a whole address. */
export type Letter = { name?: string; paragraphs: string[]; link?: string }

/** The text of a mail: greeting, paragraphs, the link on a line of its own, and the site's signature. */
export function mailText(
  { t, siteName, absolute }: Pick<Page, 't' | 'siteName' | 'absolute'>,
  { name, paragraphs, link }: Letter,
) {
  const greeting = name ? t('Hello {name},', { name: onOneLine(name) }) : t('Hello,')
  const parts = [greeting, ...paragraphs, link, `-- \n${siteName}\n${absolute('/')}`]
  return `${parts.filter(Boolean).join('\n\n')}\n`
}

const onOneLine = (text: string) => text.replace(/\s+/g, ' ').trim()
